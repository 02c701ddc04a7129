/** Runs plans of fake instances as the program does, in workers. */
import { join } from "node:path";
import type { PlannedInput, PlannedInstance } from "../../lib/plan/planned_instance.ts";
import { type RunOptions, type RunOutcome, runPlan } from "../../lib/runner/run_plan.ts";
import { Stopper } from "../../lib/runner/signals.ts";
import { runInWorker } from "../../lib/runner/worker.ts";
import { type Digests, openDigests } from "../../lib/store/digests.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { inspectInstance } from "../../lib/store/instance_state.ts";
import { digestsPath, instancePaths, remakePaths } from "../../lib/store/layout.ts";
import { askForRemake } from "../../lib/store/remake.ts";
import type { FakeSettings } from "./fake_worker.ts";

const worker = new URL("fake_worker.ts", import.meta.url);

/** What a fake instance is. */
export interface FakeInstance {
  readonly name: string;
  readonly frames: number;
  readonly settings?: Partial<FakeSettings>;
  readonly inputs?: readonly PlannedInput[];
  /** Made again although it is there: asked for now, or by an earlier run. */
  readonly remake?: PlannedInstance["remake"];
}

/** A fake instance as it is planned now. */
export async function planFake(
  runs: string,
  { name, frames, settings, inputs = [], remake }: FakeInstance,
  digests?: Digests,
): Promise<PlannedInstance> {
  const key = `fake-${name}`;
  const video = { height: 2, width: 2, frames, fps: "25/1" };
  const known = digests ?? await openDigests(digestsPath(runs));
  const paths = instancePaths(runs, key);
  if (remake === "asked") await askForRemake(paths, "fake");
  const state = await inspectInstance(remake === undefined ? paths : remakePaths(paths), frames, known);
  return {
    name,
    stage: name,
    section: "stages",
    factors: {},
    kind: "fake",
    format: 1,
    key,
    hashed: `{"v":1,"kind":"fake","name":"${name}"}`,
    settings: { ...settings },
    facts: { videos: {}, models: {} },
    artifact: { made: "video", video },
    folder: runs,
    inputs,
    models: [],
    precision: "float32",
    work: [{ height: 2, width: 2, iterations: 10 * frames, parts: ["fake"] }],
    deviations: [],
    status: state.status,
    reasons: [],
    ...(remake && { remake }),
    finishedFrames: state.finishedFrames,
    seconds: 1,
    bytes: 0,
  };
}

/** An input that is another fake instance. */
export function fakeInput(name: string, frames: number): PlannedInput {
  return { role: "video", name, key: `fake-${name}`, video: { height: 2, width: 2, frames, fps: "25/1" } };
}

/** What a run said and how it ended. */
export interface FakeRun {
  readonly outcome: RunOutcome;
  readonly events: readonly RunEvent[];
}

/** Plans and runs fake instances; `events` receives the events as they come, `show` may act on them. */
export async function runFake(
  runs: string,
  instances: readonly FakeInstance[],
  options: Partial<RunOptions> & { readonly events?: RunEvent[] } = {},
): Promise<FakeRun> {
  const { events = [], show, ...rest } = options;
  await Deno.mkdir(runs, { recursive: true });
  const digests = await openDigests(digestsPath(runs));
  const planned = await Promise.all(instances.map((instance) => planFake(runs, instance, digests)));
  const outcome = await runPlan(planned, {
    runs,
    log: join(runs, "events.jsonl"),
    command: ["run", "fake.yaml"],
    version: "0.0.0",
    provenance: () => Promise.resolve({ ffmpeg: "6.1", repository: undefined }),
    me: {
      host: "lab-1",
      pid: Deno.pid,
      user: "ada",
      since: "2026-03-01T09:00:00.000Z",
      command: "run fake.yaml",
    },
    machine: { host: "lab-1", os: "linux", cpu: "test" },
    equipment: { engine: {}, offline: true, checkpointEvery: 30 },
    wait: true,
    stop: new Stopper(),
    digests,
    doWork: (order, onEvent) => runInWorker(worker, order, onEvent),
    encodeViews: () => Promise.resolve(),
    ...rest,
    show: (event) => {
      events.push(event);
      show?.(event);
    },
  });
  return { outcome, events };
}

/** How often each frame was finished, by instance: `{ a: [0, 1, 2] }`. */
export function framesFinished(events: readonly RunEvent[]): Record<string, number[]> {
  const frames: Record<string, number[]> = {};
  for (const event of events) {
    if (event.type === "frame.finished") (frames[event.instance ?? ""] ??= []).push(event.frame);
  }
  return frames;
}
