/**
 * One instance's turn, and what becomes of the others by it: damage has its owner made again, and one that fails stops only
 * those that need it.
 * @module
 */
import { resolve } from "node:path";
import { ProgramError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { totalsOf } from "../plan/totals.ts";
import { instancePaths } from "../store/layout.ts";
import { describeHolder, type LockHolder } from "../store/lock.ts";
import { DamagedFrame } from "../store/stored_frame.ts";
import { restoreKeyRecord } from "./key_record.ts";
import { ListenerFailed, type Reporter, reportFailure } from "./reporter.ts";
import { type InstanceRun, runInstance } from "./run_instance.ts";
import { isStopped } from "./signals.ts";

/** Makes the playable files of a finished instance, where they are not there yet. */
export type EncodeViews = (instance: PlannedInstance, reporter: Reporter) => Promise<void>;

/** What going through the instances needs. */
export interface Schedule extends InstanceRun {
  /** False: end instead of waiting when other processes hold all that is left. */
  readonly wait: boolean;
  /** So many instances are computed at a time; left out: one after the other. */
  readonly workers?: number;
  /** The devices of the engine, one for each worker; left out: the engine has one or chooses. */
  readonly devices?: readonly number[];
  readonly encodeViews: EncodeViews;
}

/** Something that could not be made. */
export interface Failure {
  /** Absent when it is about several instances. */
  readonly instance?: string;
  readonly error: unknown;
}

/** How far the instances are. */
export interface Progress {
  readonly instances: readonly PlannedInstance[];
  /** What is not finished yet. */
  readonly left: Set<PlannedInstance>;
  /** What of that is at work. */
  readonly running: Map<PlannedInstance, Promise<void>>;
  readonly computed: Set<string>;
  readonly failures: Failure[];
  /** Who is waited for, in words. */
  readonly waiting: Map<PlannedInstance, string>;
  /** Keys of instances that are not what the plan took them for. */
  readonly suspected: Set<string>;
  /** Frames that were found damaged, and by which readers: each gives them another chance. */
  readonly damaged: Set<string>;
}

/** Makes what is missing of an instance whose inputs are there. Throws what ends the run: ListenerFailed, or that a log cannot be written. */
export async function attempt(
  instance: PlannedInstance,
  progress: Progress,
  run: Schedule,
): Promise<"stopped" | "held" | "settled"> {
  const { left, computed, waiting, suspected } = progress;
  try {
    if (instance.status !== "cached" || suspected.has(instance.key)) {
      const outcome = await runInstance(instance, {
        ...run,
        secondsAfter: plannedAfter(instance, progress, run),
      });
      if (outcome.became === "stopped") return "stopped";
      if (outcome.became === "held") {
        announceHolder(instance, outcome.by, waiting, run);
        return "held";
      }
      waiting.delete(instance);
      if (outcome.computed) computed.add(instance.name);
    } else await restoreKeyRecord(instance, run);
    await encode(instance, run);
    left.delete(instance);
  } catch (error) {
    if (error instanceof ListenerFailed) throw error;
    if (isOfStop(error, run)) return "stopped";
    if (error instanceof DamagedFrame) {
      if (makeAgain(error, instance, progress, run)) return "settled";
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
    if (!isKnown && !isOfStop(error, { stop })) reportFailure(reporter.about(instance), error);
    throw error;
  }
}

/** True for what a stop ends: waiting for another process, and ffmpeg, which Ctrl-C reaches as well. */
function isOfStop(error: unknown, { stop }: Pick<Schedule, "stop">): boolean {
  return isStopped(stop.flag) && (error instanceof ProgramError || error === stop.abort.reason);
}

/**
 * Damage that size and times of a file do not show is found by who reads it. Has the instance that the file belongs to
 * looked at again before its readers; false when that was in vain once for this reader.
 */
function makeAgain(
  { folder, file }: DamagedFrame,
  reader: PlannedInstance,
  { instances, left, suspected, damaged }: Progress,
  { runs, digests }: Schedule,
): boolean {
  const owner = instances.find(({ key }) => instancePaths(runs, key).folder === folder);
  digests.forget(file);
  const found = `${file} by ${reader.name}`;
  if (owner === undefined || damaged.has(found)) return false;
  damaged.add(found);
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

/** Seconds for what is not begun yet, by the plan. */
function plannedAfter({ key }: PlannedInstance, { left, running }: Progress, { workers }: Schedule): number {
  return totalsOf([...left].filter((other) => other.key !== key && !running.has(other)), workers).seconds;
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
