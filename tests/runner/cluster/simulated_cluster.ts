/**
 * A cluster in this process: each node is a host of its own name that runs jobs one after the other, all of them on one folder of
 * results, with its locks. Only the work of the stages is a stub.
 */
import { join } from "node:path";
import type { LoadedWorkflow } from "../../../lib/cli/load_workflow.ts";
import { type PlanOptions, planWorkflow } from "../../../lib/cli/plan/plan_workflow.ts";
import { prepareRunFolder } from "../../../lib/cli/run/prepare_run_folder.ts";
import { type EncodeVideo, encodeViews } from "../../../lib/runner/encode_views.ts";
import { runPlan } from "../../../lib/runner/run_plan.ts";
import { Stopper } from "../../../lib/runner/signals.ts";
import { openDigests } from "../../../lib/store/digests.ts";
import { readEvents } from "../../../lib/store/event_log.ts";
import { openFindings } from "../../../lib/store/findings.ts";
import { readInstanceIndex } from "../../../lib/store/instance_index.ts";
import { digestsPath, findingsPath, instancePaths, workflowPaths } from "../../../lib/store/layout.ts";
import { durableWrite } from "../../../lib/store/durable_write.ts";
import type { LockHolder } from "../../../lib/store/lock.ts";
import { countFileOperations, type FileOperations } from "./counted_files.ts";
import { doStubWork, loadStubWorkflow } from "../random_runs/stub_workflow.ts";

/** What a node is told to do, beside the workflow. */
export type Job = Pick<PlanOptions, "part" | "shard">;

/** Writes a clip and a workflow of so many renders of it. */
export async function writeSweep(home: string, renders: number): Promise<void> {
  await Deno.writeFile(join(home, "clip.bin"), Uint8Array.of(7));
  // Files that were changed just now are read again and again: nobody knows yet whether they will be changed once more.
  await Deno.utime(join(home, "clip.bin"), new Date("2026-01-01"), new Date("2026-01-01"));
  const seeds = Array.from({ length: renders }, (_, index) => index + 1);
  await Deno.writeTextFile(
    join(home, "sweep.yaml"),
    `metamer: 1
videos:
  clip: { file: clip.bin }
stages:
  render:
    kind: painted
    matrix: { seed: [${seeds.join(", ")}] }
    source: clip
    seed: $seed
    frames: 2
`,
  );
}

/** Loads what was written there. */
export async function loadSweep(home: string): Promise<LoadedWorkflow> {
  return await loadStubWorkflow(join(home, "sweep.yaml"), join(home, "runs"));
}

/** The names of the renders. */
export function rendersOf({ workflow }: LoadedWorkflow): readonly string[] {
  return workflow.instances.filter(({ section }) => section === "stages").map(({ name }) => name);
}

/** Has the nodes take the jobs from a queue, and resolves when all are done. */
export async function runJobs(loaded: LoadedWorkflow, nodes: number, jobs: readonly Job[]): Promise<void> {
  const queue = jobs.values();
  await Promise.all(Array.from({ length: nodes }, async (_, node) => {
    for (const job of queue) await runJob(loaded, `node-${node + 1}`, job);
  }));
}

/** What is written where the jobs are submitted. */
export async function submit(loaded: LoadedWorkflow): Promise<void> {
  await prepareRunFolder(await planWorkflow(loaded), holderOn("login"), encoders);
}

function holderOn(host: string): LockHolder {
  return { host, pid: 1, user: "ada", since: new Date().toISOString(), command: "run sweep.yaml" };
}

const text: EncodeVideo = async ({ frames }, _video, path) => {
  await durableWrite(path, `${frames} frames`);
  return undefined;
};

const encoders = { txt: text };

/** What `run` does, with what it has read of a clip's digests and of earlier findings. */
async function runJob(workflow: LoadedWorkflow, host: string, job: Job): Promise<void> {
  const { runs, name } = workflow;
  const loaded = {
    ...workflow,
    digests: await openDigests(digestsPath(runs)),
    findings: await openFindings(findingsPath(runs)),
  };
  const me = holderOn(host);
  const plan = await planWorkflow(loaded, job);
  await prepareRunFolder(plan, me, encoders);
  const stop = new Stopper();
  await runPlan(plan.instances, {
    ...{ runs, me, stop, wait: true, command: ["run", "sweep.yaml"], version: "0.0.0" },
    digests: loaded.digests,
    log: workflowPaths(runs, name).events,
    provenance: () => Promise.resolve({ ffmpeg: undefined, repository: undefined }),
    machine: { host, os: "linux", cpu: "test" },
    equipment: { engine: {}, offline: true, checkpointEvery: 0 },
    doWork: doStubWork,
    encodeViews: (instance, reporter) =>
      encodeViews(instance, { runs, workflow: name, encoders, me, signal: stop.abort }, reporter),
    show: () => undefined,
  });
}

/** Has nodes make each render as a job of its own, as an array does that was submitted, and says what that asked of the disk. */
export async function renderOnNodes(
  loaded: LoadedWorkflow,
  { nodes, jobs }: { readonly nodes: number; readonly jobs: readonly string[] },
): Promise<FileOperations> {
  using counted = countFileOperations();
  await runJobs(loaded, nodes, jobs.map((name) => ({ part: [name] })));
  const { locks, others, bytesRead, bytesWritten } = counted;
  return { locks, others, bytesRead, bytesWritten };
}

/** How often each instance was begun and finished, by its own log: `1, 1` for all, unless something is wrong. */
export async function timesMade({ runs, name }: LoadedWorkflow): Promise<ReadonlyMap<string, string>> {
  const index = await readInstanceIndex(workflowPaths(runs, name).instances);
  const made = Object.entries(index?.instances ?? {}).map(async ([instance, { key }]) => {
    const events = await readEvents(instancePaths(runs, key).events);
    const times = ["instance.started", "instance.finished"].map((type) =>
      events.filter((event) => event.type === type).length
    );
    return [instance, times.join(", ")] as const;
  });
  return new Map(await Promise.all(made));
}
