/**
 * Runs the instances of a plan, in an order in which their inputs are there, beside other processes that do the same.
 * @module
 */
import { isUserError, RunError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { openEventLog } from "../store/event_log.ts";
import type { RunEvent } from "../store/events.ts";
import { describeHolder, type LockHolder } from "../store/lock.ts";
import { measurePauses } from "./pauses.ts";
import { createReporter, type Reporter } from "./reporter.ts";
import { type InstanceRun, runInstance } from "./run_instance.ts";
import { exitCodeOf, isStopped, type StopSignal } from "./signals.ts";

/** How often a held lock is tried again. */
const tryAgainAfter = 500;

/** Makes the playable files of a finished instance, where they are not there yet. */
export type EncodeViews = (instance: PlannedInstance, reporter: Reporter) => Promise<void>;

/** What a run needs beside its plan. */
export interface RunOptions extends Omit<InstanceRun, "reporter"> {
  /** The run's `events.jsonl`. */
  readonly log: string;
  /** For the record. */
  readonly command: readonly string[];
  /** False: end instead of waiting when another process holds all that is left. */
  readonly wait: boolean;
  /** To be told at the beginning. */
  readonly warnings?: readonly { readonly code: string; readonly text: string }[];
  readonly encodeViews: EncodeViews;
  readonly show: (event: RunEvent) => void;
}

/** How a run ended. */
export interface RunOutcome {
  /** 0, or 130 or 143 after a signal. */
  readonly code: number;
  readonly signal?: StopSignal;
  /** Names of the instances that were computed by this process. */
  readonly computed: readonly string[];
}

/**
 * Runs what is not cached. Inputs stand before the instances that read them.
 * Throws the first error of a stage or an encoding, after it was reported.
 */
export async function runPlan(
  instances: readonly PlannedInstance[],
  options: RunOptions,
): Promise<RunOutcome> {
  using log = await openEventLog(options.log);
  using pauses = measurePauses();
  const started = performance.now();
  const reporter = createReporter(log, options.show);
  const { command, version, me: { pid, host } } = options;
  reporter.report({ type: "run.started", command: [...command], version, pid, host });
  for (const warning of options.warnings ?? []) reporter.report({ type: "warning", ...warning });
  let code = 1;
  try {
    const outcome = await runAll(instances, { ...options, reporter });
    code = outcome.code;
    if (outcome.signal !== undefined) reporter.report({ type: "run.interrupted", signal: outcome.signal });
    return outcome;
  } catch (error) {
    if (isUserError(error)) code = error.exitCode;
    throw error;
  } finally {
    const seconds = (performance.now() - started) / 1000;
    reporter.report({ type: "run.finished", code, seconds, longest_pause_ms: pauses.longest() });
    await options.digests.save();
  }
}

async function runAll(
  instances: readonly PlannedInstance[],
  run: RunOptions & { readonly reporter: Reporter },
): Promise<RunOutcome> {
  for (const instance of instances) {
    const { status, reasons } = instance;
    run.reporter.about(instance)({ type: "instance.planned", status, reasons: [...reasons] });
  }
  const computed: string[] = [];
  const left = new Set(instances);
  const waiting = new Map<PlannedInstance, string>();
  while (left.size > 0) {
    let progress = false;
    for (const instance of left) {
      if (isStopped(run.stop.flag)) return stopped(run.stop.signal, computed);
      if (needsAnyOf(instance, left)) continue;
      const outcome = instance.status === "cached"
        ? { became: "finished" as const, computed: false }
        : await runInstance(instance, run);
      if (outcome.became === "stopped") return stopped(run.stop.signal, computed);
      if (outcome.became === "held") {
        announceHolder(instance, outcome.by, waiting, run);
        continue;
      }
      try {
        await run.encodeViews(instance, run.reporter);
      } catch (error) {
        if (isStopped(run.stop.flag)) return stopped(run.stop.signal, computed); // ffmpeg gets the signal, too
        throw error;
      }
      if (outcome.computed) computed.push(instance.name);
      left.delete(instance);
      progress = true;
    }
    if (!progress) await waitForOthers(waiting, run.wait);
  }
  return { code: 0, computed };
}

function stopped(signal: StopSignal | undefined, computed: readonly string[]): RunOutcome {
  return { code: exitCodeOf[signal ?? "SIGINT"], signal: signal ?? "SIGINT", computed };
}

function needsAnyOf(instance: PlannedInstance, left: ReadonlySet<PlannedInstance>): boolean {
  const inputs = new Set(instance.inputs.map(({ key }) => key));
  return left.values().some(({ key }) => inputs.has(key));
}

/** Says once per holder who is waited for. */
function announceHolder(
  instance: PlannedInstance,
  holder: LockHolder | undefined,
  waiting: Map<PlannedInstance, string>,
  { reporter }: { readonly reporter: Reporter },
): void {
  const text = `${instance.name} is ${describeHolder(holder)}`;
  if (waiting.get(instance) === text) return;
  waiting.set(instance, text);
  reporter.about(instance)({ type: "instance.waiting", ...(holder && { held_by: holder }) });
}

async function waitForOthers(waiting: ReadonlyMap<PlannedInstance, string>, wait: boolean): Promise<void> {
  if (!wait) throw new RunError([...waiting.values()].join("\n"));
  await new Promise((resolve) => setTimeout(resolve, tryAgainAfter));
}
