/**
 * Watches jobs until they end: the queue and the store are looked at, nothing is computed here.
 * @module
 */
import { RunError } from "../../errors.ts";
import { wantedFrames } from "../../runner/run_instance.ts";
import { isStopped, type StopRequest } from "../../runner/signals.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { InstanceJob } from "../../slurm/jobs.ts";
import { readLastEvents } from "../../store/event_log.ts";
import { inspectInstance } from "../../store/instance_state.ts";
import { instancePaths } from "../../store/layout.ts";
import { findHolder } from "../../store/lock.ts";
import { sizeIfThere } from "../../store/presence.ts";
import { remakeAskedBy } from "../../store/remake.ts";
import type { Display } from "../display/display.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";
import { jobName } from "./describe.ts";
import { isLive, jobsOf } from "./queue.ts";

/** In milliseconds: Slurm's controller serves all users. */
const lookEvery = 5000;

/** How often a request to stop is noticed meanwhile. */
const stopWithin = 100;

/**
 * How often a job is looked for before its instance counts as not made: on a network disk what it wrote may come later than
 * the news that it is over.
 */
const looksAfterEnd = 2;

/** How it ended: the instances that are not done, and the jobs as they were seen last. */
export interface Followed {
  readonly unfinished: readonly PlannedInstance[];
  readonly jobs: ReadonlyMap<string, InstanceJob>;
}

/** Watches until none of the instances' jobs is left, or a stop is asked for (then undefined). */
export async function followJobs(
  instances: readonly PlannedInstance[],
  loaded: LoadedWorkflow,
  display: Display,
  stop: StopRequest,
): Promise<Followed | undefined> {
  const left = new Set(instances);
  const seen = new Map<PlannedInstance, "queued" | "running">();
  const missed = new Map<PlannedInstance, number>();
  let done = 0;
  let jobs: ReadonlyMap<string, InstanceJob> = new Map();
  let silent = false;
  const unfinished: PlannedInstance[] = [];
  while (left.size > 0) {
    if (!await pause(lookEvery, stop)) return undefined;
    try {
      jobs = await jobsOf(loaded);
      silent = false;
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      // Ctrl-C ended squeue as well.
      if (isStopped(stop.flag)) return undefined;
      if (!silent) display.say(`Slurm does not answer (${error.message}); asking again`);
      silent = true;
      continue;
    }
    for (const instance of left) {
      const job = jobs.get(instance.key);
      const state = job?.state === "queued" || job?.state === "running" ? job.state : undefined;
      if (state !== "queued" && await isMade(instance, loaded)) {
        left.delete(instance);
        display.say(`${instance.name}: finished (${++done} of ${instances.length})`);
      } else if (job !== undefined && state !== undefined) {
        missed.delete(instance);
        const before = seen.get(instance);
        seen.set(instance, state);
        if (state === "running" && before !== state) {
          display.say(
            `${instance.name}: runs${job.node === undefined ? "" : ` on ${job.node}`} (job ${jobName(job)})`,
          );
        }
        if (state === "queued" && before === "running") {
          display.say(`${instance.name}: saved and queued again (job ${jobName(job)})`);
        }
      } else if (await isHeld(instance, loaded)) {
        missed.delete(instance);
      } else {
        const times = (missed.get(instance) ?? 0) + 1;
        missed.set(instance, times);
        if (times < looksAfterEnd) continue;
        left.delete(instance);
        unfinished.push(instance);
        // What was not run for want of another is told at the end.
        const isFirst = !job?.needs.some((key) => unfinished.some((other) => other.key === key));
        const failure = isFirst ? await failureOf(instance, loaded) : undefined;
        if (failure !== undefined) display.say(`${instance.name}: failed: ${failure.text}`);
        else if (isFirst && job?.state === "ended") display.say(`${instance.name}: ended without a result`);
      }
    }
    if (left.size > 0) display.progress(inWords(left, jobs, done, instances.length));
  }
  return { unfinished, jobs };
}

/** "2 running, 24 queued, 1 of 27 done" */
function inWords(
  left: ReadonlySet<PlannedInstance>,
  jobs: ReadonlyMap<string, InstanceJob>,
  done: number,
  of: number,
): string {
  const states = [...left].flatMap(({ key }) => jobs.get(key) ?? []).filter(isLive);
  const running = states.filter(({ state }) => state === "running").length;
  return `${running} running, ${states.length - running} queued, ${done} of ${of} done`;
}

/** True when all that is wanted of it is there, and it is not being made again. */
export async function isMade(
  instance: PlannedInstance,
  { runs, name, digests }: LoadedWorkflow,
): Promise<boolean> {
  const paths = instancePaths(runs, instance.key);
  if (await sizeIfThere(paths.manifest) === undefined) return false;
  if (instance.remake !== undefined && (await remakeAskedBy(paths)).includes(name)) return false;
  return (await inspectInstance(paths, wantedFrames(instance), digests)).status === "cached";
}

/** True while a process makes it. */
export async function isHeld({ key }: PlannedInstance, { runs }: LoadedWorkflow): Promise<boolean> {
  return await findHolder(instancePaths(runs, key).lock, Deno.hostname()) !== undefined;
}

/** How its last attempt failed; undefined when it did not. */
export async function failureOf(
  { key }: Pick<PlannedInstance, "key">,
  { runs }: Pick<LoadedWorkflow, "runs">,
): Promise<{ readonly code: number; readonly text: string } | undefined> {
  const events = await readLastEvents(instancePaths(runs, key).events);
  const last = events.findLast(({ type }) => type === "instance.failed" || type === "instance.started");
  return last?.type === "instance.failed" ? last : undefined;
}

/** False when a stop was asked for meanwhile. */
async function pause(milliseconds: number, stop: StopRequest): Promise<boolean> {
  for (let passed = 0; passed < milliseconds && !isStopped(stop.flag); passed += stopWithin) {
    await new Promise((resolve) => setTimeout(resolve, stopWithin));
  }
  return !isStopped(stop.flag);
}
