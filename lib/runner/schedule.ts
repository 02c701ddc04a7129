/**
 * Which instance is next: inputs before what reads them, what others hold last, and one that fails stops only those that
 * need it.
 * @module
 */
import { resolve } from "node:path";
import { isUserError, ProgramError, RunError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { totalsOf } from "../plan/totals.ts";
import { instancePaths } from "../store/layout.ts";
import { describeHolder, type LockHolder } from "../store/lock.ts";
import { DamagedFrame } from "../store/stored_frame.ts";
import { ListenerFailed, type Reporter, reportFailure } from "./reporter.ts";
import { type InstanceRun, runInstance } from "./run_instance.ts";
import { isStopped } from "./signals.ts";

/** How often a held lock is tried again, in milliseconds. */
const tryAgainAfter = 500;

/** Makes the playable files of a finished instance, where they are not there yet. */
export type EncodeViews = (instance: PlannedInstance, reporter: Reporter) => Promise<void>;

/** What going through the instances needs. */
export interface Schedule extends InstanceRun {
  /** False: end instead of waiting when other processes hold all that is left. */
  readonly wait: boolean;
  readonly encodeViews: EncodeViews;
}

/** Something that could not be made. */
export interface Failure {
  /** Absent when it is about several instances. */
  readonly instance?: string;
  readonly error: unknown;
}

/** How far it went. */
export interface ScheduleOutcome {
  readonly stopped: boolean;
  /** Names of the instances that were computed here. */
  readonly computed: readonly string[];
  readonly failures: readonly Failure[];
}

interface Progress {
  readonly instances: readonly PlannedInstance[];
  readonly left: Set<PlannedInstance>;
  readonly computed: Set<string>;
  readonly failures: Failure[];
  readonly waiting: Map<PlannedInstance, string>;
  /** Keys of instances that are not what the plan took them for. */
  readonly suspected: Set<string>;
  /** Frames that were found damaged and given another chance. */
  readonly damaged: Set<string>;
}

/** Goes through the instances, which stand after their inputs. Throws only what is no failure of an instance. */
export async function runInstances(
  instances: readonly PlannedInstance[],
  run: Schedule,
): Promise<ScheduleOutcome> {
  const progress: Progress = {
    instances,
    left: new Set(instances),
    computed: new Set(),
    failures: [],
    waiting: new Map(),
    suspected: new Set(),
    damaged: new Set(),
  };
  const { left, computed, failures, waiting } = progress;
  const ended = (stopped: boolean) => ({ stopped, computed: [...computed], failures });
  while (left.size > 0) {
    let moved = false;
    for (const instance of left) {
      if (isStopped(run.stop.flag)) return ended(true);
      if (needsAnyOf(instance, left)) continue;
      const became = await attempt(instance, progress, run);
      if (became === "stopped") return ended(true);
      if (became !== "held") moved = true;
    }
    if (moved) continue;
    if (!run.wait) {
      failures.push({ error: new RunError([...waiting.values()].join("\n")) });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, tryAgainAfter));
  }
  return ended(false);
}

async function attempt(
  instance: PlannedInstance,
  progress: Progress,
  run: Schedule,
): Promise<"stopped" | "held" | "settled"> {
  const { left, computed, waiting, suspected } = progress;
  try {
    if (instance.status !== "cached" || suspected.has(instance.key)) {
      const outcome = await runInstance(instance, { ...run, secondsAfter: plannedAfter(instance, left) });
      if (outcome.became === "stopped") return "stopped";
      if (outcome.became === "held") {
        announceHolder(instance, outcome.by, waiting, run);
        return "held";
      }
      waiting.delete(instance);
      if (outcome.computed) computed.add(instance.name);
    }
    await encode(instance, run);
    left.delete(instance);
  } catch (error) {
    if (error instanceof ListenerFailed) throw error;
    // Ctrl-C reaches ffmpeg as well.
    if (isStopped(run.stop.flag) && error instanceof ProgramError) return "stopped";
    if (error instanceof DamagedFrame) {
      if (makeAgain(error, progress, run)) return "settled";
      reportFailure(run.reporter.about(instance), error);
    }
    forgetSources(instance, run);
    progress.failures.push({ instance: instance.name, error });
    leaveOut(instance, progress, run);
  }
  return "settled";
}

async function encode(instance: PlannedInstance, { encodeViews, reporter, stop }: Schedule): Promise<void> {
  try {
    await encodeViews(instance, reporter);
  } catch (error) {
    const isKnown = error instanceof DamagedFrame || error instanceof ListenerFailed;
    const isStop = isStopped(stop.flag) && error instanceof ProgramError;
    if (!isKnown && !isStop) reportFailure(reporter.about(instance), error);
    throw error;
  }
}

/**
 * Damage that size and times of a file do not show is found by who reads it. Has the instance that the file belongs to
 * looked at again before its readers; false when that was in vain once.
 */
function makeAgain(
  { folder, file }: DamagedFrame,
  { instances, left, suspected, damaged }: Progress,
  { runs, digests }: Schedule,
): boolean {
  const owner = instances.find(({ key }) => instancePaths(runs, key).folder === folder);
  digests.forget(file);
  if (owner === undefined || damaged.has(file)) return false;
  damaged.add(file);
  suspected.add(owner.key);
  left.add(owner);
  return true;
}

/** What failed may have read a file that is not the planned one any more: the next plan reads it anew. */
function forgetSources({ facts, folder, models }: PlannedInstance, { digests }: Schedule): void {
  const clip = facts.inspected?.origin?.file;
  if (clip !== undefined) digests.forget(resolve(folder, clip));
  for (const { file } of models) if (file !== undefined) digests.forget(file);
}

/** Takes an instance out that failed, and all that cannot be made without it. */
function leaveOut(failed: PlannedInstance, { instances, left }: Progress, { reporter }: Schedule): void {
  left.delete(failed);
  const lost = new Set([failed.key]);
  for (const instance of instances) {
    if (!left.has(instance) || !instance.inputs.some(({ key }) => lost.has(key))) continue;
    left.delete(instance);
    lost.add(instance.key);
    const text = `${instance.name} is left out, for it needs ${failed.name}`;
    reporter.about(instance)({ type: "warning", code: "left_out", text });
  }
}

/** Seconds for the other instances that are left, by the plan. */
function plannedAfter(instance: PlannedInstance, left: ReadonlySet<PlannedInstance>): number {
  return totalsOf([...left].filter(({ key }) => key !== instance.key)).seconds;
}

function needsAnyOf(instance: PlannedInstance, left: ReadonlySet<PlannedInstance>): boolean {
  const inputs = new Set(instance.inputs.map(({ key }) => key));
  return left.values().some(({ key }) => inputs.has(key));
}

/** Says once per holder who is waited for; who does not wait is told at the end. */
function announceHolder(
  instance: PlannedInstance,
  holder: LockHolder | undefined,
  waiting: Map<PlannedInstance, string>,
  { reporter, wait }: Pick<Schedule, "reporter" | "wait">,
): void {
  const text = `${instance.name} is ${describeHolder(holder)}`;
  if (waiting.get(instance) === text) return;
  waiting.set(instance, text);
  if (wait) reporter.about(instance)({ type: "instance.waiting", ...(holder && { held_by: holder }) });
}

/** One error for all failures: the only one itself, else a bug, else a list. */
export function togetherAsError(failures: readonly Failure[]): unknown {
  const [first, ...others] = failures;
  if (first === undefined || others.length === 0) return first?.error;
  const bug = failures.find(({ error }) => !isUserError(error));
  if (bug !== undefined) return bug.error;
  const lines = failures.map(({ instance, error }) => {
    const text = error instanceof Error ? error.message : String(error);
    return instance === undefined ? text : `${instance}: ${text}`;
  });
  return new RunError(`${failures.length} failures\n${lines.join("\n")}`);
}
