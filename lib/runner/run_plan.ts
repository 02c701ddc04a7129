/**
 * Runs the instances of a plan, in an order in which their inputs are there, beside other processes that do the same.
 * @module
 */
import { isUserError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { openEventLog } from "../store/event_log.ts";
import type { RunEvent } from "../store/events.ts";
import { measurePauses } from "./pauses.ts";
import { createReporter, ListenerFailed, type Report } from "./reporter.ts";
import type { Schedule } from "./attempt.ts";
import { runInstances, togetherAsError } from "./schedule.ts";
import { exitCodeOf, type StopSignal } from "./signals.ts";

/** What a run needs beside its plan. */
export interface RunOptions extends Omit<Schedule, "reporter"> {
  /** The run's `events.jsonl`. */
  readonly log: string;
  /** For the record. */
  readonly command: readonly string[];
  /** Hash of the frozen file, when the plan is what it registers. */
  readonly frozen?: string;
  /** To be told at the beginning. */
  readonly warnings?: readonly { readonly code: string; readonly text: string }[];
  /** Called when all instances are there; may report. */
  readonly afterwards?: (report: Report) => Promise<void>;
  /** Is told what happens; when it throws, the run ends. */
  readonly show: (event: RunEvent) => void;
}

/** How a run ended. */
export interface RunOutcome {
  /** 0, or 130, 143 or 75 after a signal. */
  readonly code: number;
  readonly signal?: StopSignal;
  /** Names of the instances that were computed by this process. */
  readonly computed: readonly string[];
}

/**
 * Runs what is not cached. Inputs stand before the instances that read them; what does not need an instance that fails is
 * made all the same. Throws at the end what went wrong, after it was reported, and at once what `show` throws.
 */
export async function runPlan(
  instances: readonly PlannedInstance[],
  options: RunOptions,
): Promise<RunOutcome> {
  try {
    return await reportedRun(instances, options);
  } catch (error) {
    throw error instanceof ListenerFailed ? error.cause : error;
  }
}

async function reportedRun(
  instances: readonly PlannedInstance[],
  options: RunOptions,
): Promise<RunOutcome> {
  using log = await openEventLog(options.log);
  using pauses = measurePauses();
  const started = performance.now();
  const reporter = createReporter(log, options.show);
  let code = 1;
  try {
    const { command, version, me: { pid, host }, frozen } = options;
    reporter.report({
      ...{ type: "run.started", command: [...command], version, pid, host },
      ...(frozen !== undefined && { frozen }),
    });
    for (const warning of options.warnings ?? []) reporter.report({ type: "warning", ...warning });
    for (const instance of instances) {
      const { status, reasons } = instance;
      reporter.about(instance)({ type: "instance.planned", status, reasons: [...reasons] });
    }
    const { stopped, computed, failures } = await runInstances(instances, { ...options, reporter });
    if (!stopped && failures.length > 0) throw togetherAsError(failures);
    if (!stopped) await options.afterwards?.(reporter.report);
    const signal = stopped ? options.stop.signal ?? "SIGINT" : undefined;
    code = signal === undefined ? 0 : exitCodeOf[signal];
    if (signal !== undefined) reporter.report({ type: "run.interrupted", signal });
    return { code, ...(signal !== undefined && { signal }), computed };
  } catch (error) {
    if (isUserError(error)) code = error.exitCode;
    throw error;
  } finally {
    await options.digests.save();
    const seconds = (performance.now() - started) / 1000;
    reporter.report({ type: "run.finished", code, seconds, longest_pause_ms: pauses.longest() });
  }
}
