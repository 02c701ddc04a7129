/** A folder with a workflow of stub stages, run in this process. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { findRemovables } from "../../../lib/cli/clean/find.ts";
import { removeAll } from "../../../lib/cli/clean/remove.ts";
import { planWorkflow, type WorkflowPlan } from "../../../lib/cli/plan/plan_workflow.ts";
import { type RunOutcome, runPlan } from "../../../lib/runner/run_plan.ts";
import { Stopper } from "../../../lib/runner/signals.ts";
import type { WorkOrder } from "../../../lib/runner/work_order.ts";
import type { RunEvent } from "../../../lib/store/events.ts";
import { instancePaths, workflowPaths } from "../../../lib/store/layout.ts";
import { askForRemake } from "../../../lib/store/remake.ts";
import { writeRunFolder } from "../../../lib/store/run_folder.ts";
import { doStubWork, loadStubWorkflow } from "./stub_workflow.ts";

/** The name of the workflow, and of its folder among the results. */
export const workflowName = "random";

/** What can be edited. */
export interface Edited {
  /** The byte that the clip's file consists of. */
  readonly content: number;
  /** Of the first stage. */
  readonly seed: number;
  /** The name of the first stage. */
  readonly name: string;
  /** Of the first stage and of the one that reads it, which has no more. */
  readonly frames: readonly [number, number];
}

/** What is told of a run while it goes on. */
export interface Watcher {
  planned(plan: WorkflowPlan): void;
  /** The names that the workflow has, and the keys that they mean, are written. */
  named(): void;
  /** A stage begins. */
  begun(order: WorkOrder): void;
  /** A frame is in the store and has its record. */
  recorded(order: WorkOrder, frame: number): void;
  /** The logs tell of it as well. */
  logged(order: WorkOrder, frame: number): void;
  happened(event: RunEvent): void;
}

/** How a run is asked for. */
export interface Asked {
  readonly force: readonly string[];
  /** It is told to stop at the event of that number. */
  readonly stopAt?: number;
}

/** Where it all lies. */
export interface Workplace {
  readonly home: string;
  readonly runs: string;
}

const me = {
  host: Deno.hostname(),
  pid: Deno.pid,
  user: "ada",
  since: "2026-03-01T09:00:00.000Z",
  command: "run",
};

/** Writes the clip and the workflow. */
export async function write({ home }: Workplace, { content, seed, name, frames }: Edited): Promise<void> {
  await Deno.writeFile(join(home, "clip.bin"), Uint8Array.of(content));
  await Deno.writeTextFile(
    join(home, `${workflowName}.yaml`),
    `metamer: 1
videos:
  clip: { file: clip.bin }
stages:
  ${name}: { kind: painted, source: clip, seed: ${seed}, frames: ${frames[0]} }
  second: { kind: painted, source: ${name}, seed: 1, frames: ${frames[1]} }
  table: { kind: listed, of: second }
`,
  );
}

/** What would be run. */
export async function plan(
  { home, runs }: Workplace,
  force: readonly string[] = [],
): Promise<WorkflowPlan> {
  const loaded = await loadStubWorkflow(join(home, `${workflowName}.yaml`), runs);
  return await planWorkflow(loaded, { force: [...force] });
}

/** Runs the workflow as the program does, with the work of the stages in this process. */
export async function run(place: Workplace, { force, stopAt }: Asked, watcher: Watcher): Promise<RunOutcome> {
  const planned = await plan(place, force);
  const { instances, loaded: { path, name, runs, digests } } = planned;
  watcher.planned(planned);
  await writeRunFolder(runs, {
    ...{ name, file: path, text: await Deno.readTextFile(path), resolved: () => "", others: [] },
    instances: instances.map(({ name, key }) => ({ name, key })),
  }, me);
  watcher.named();
  for (const { key, remake } of instances) {
    if (remake === "asked") await askForRemake(instancePaths(runs, key), name);
  }
  const stop = new Stopper();
  let events = 0;
  return await runPlan(instances, {
    ...{ runs, me, stop, digests, wait: false, command: ["run"], version: "0.0.0" },
    log: workflowPaths(runs, name).events,
    provenance: () => Promise.resolve({ ffmpeg: undefined, repository: undefined }),
    machine: { host: "lab-1", os: "linux", cpu: "test" },
    equipment: { engine: {}, offline: true, checkpointEvery: 0 },
    doWork: (order, onEvent) => {
      watcher.begun(order);
      return doStubWork(order, (event) => {
        if (event.type === "frame.finished") watcher.recorded(order, event.frame);
        onEvent(event);
        if (event.type === "frame.finished") watcher.logged(order, event.frame);
      });
    },
    encodeViews: () => Promise.resolve(),
    show(event) {
      watcher.happened(event);
      if (events++ === stopAt) stop.stop("SIGTERM");
    },
  });
}

/** Removes what no workflow needs. Throws RunError when that cannot be told. */
export async function clean({ runs }: Workplace): Promise<void> {
  const { free } = await findRemovables(runs);
  const { kept } = await removeAll(runs, free, me);
  assert.deepEqual(kept, []);
}
