/**
 * `run --executor slurm`: what is not there is made by jobs; this process submits and watches them.
 * @module
 */
import { join } from "node:path";
import { isUserError, MissingError, RunError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { exitCodeOf, stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { InstanceJob } from "../../slurm/jobs.ts";
import { outcomesOf } from "../../slurm/outcomes.ts";
import { requireSlurm } from "../../slurm/programs.ts";
import { workflowPaths } from "../../store/layout.ts";
import { waitForLock } from "../../store/lock.ts";
import type { Display } from "../display/display.ts";
import { fromHere } from "../from_here.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { describeProcess } from "../run/machine.ts";
import { prepareRunFolder } from "../run/prepare_run_folder.ts";
import { requireUsableWeights } from "../run/require_weights.ts";
import { otherRuns, requireWritable } from "../usable_folder.ts";
import { describeGoingOn, describeOutcomes, describeSubmitted } from "./describe.ts";
import { failureOf, type Followed, followJobs, isHeld } from "./follow.ts";
import { isLive, jobsOf } from "./queue.ts";
import { lastLinesOf } from "./log_tail.ts";
import { submit, type SubmitOptions } from "./submit.ts";

/** How jobs are submitted and watched. */
export interface SlurmOptions extends SubmitOptions {
  /** False: ends when they are submitted. */
  readonly wait: boolean;
}

/**
 * Submits what is neither there, nor being made, nor queued, and watches until all jobs have ended. Returns undefined when everything
 * is made, else the exit code: 0 where it does not watch, 130 when Ctrl-C ended that. Throws what a run of its own would throw:
 * RunError or MissingError when instances failed.
 */
export async function makeOnSlurm(
  plan: WorkflowPlan,
  options: SlurmOptions,
  display: Display,
): Promise<number | undefined> {
  const { loaded } = plan;
  const toMake = plan.instances.filter(({ section, status }) => section === "stages" && status !== "cached");
  if (toMake.length === 0) return undefined;
  if (options.scriptOnly !== true) await requireSlurm();
  await requireWritable(loaded.runs, otherRuns);
  await requireUsableWeights(plan);
  await submitMissing(toMake, plan, options, display);
  if (options.scriptOnly === true) return 0;

  const goingOn = describeGoingOn(options.command);
  if (!options.wait) {
    display.say(goingOn);
    return 0;
  }
  display.say("Watching the jobs; Ctrl-C leaves them running.");
  const stop = new Stopper();
  using _signals = stopOnSignals(stop, () => display.say(goingOn));
  const followed = await followJobs(toMake, loaded, display, stop);
  if (followed === undefined) return exitCodeOf[stop.signal ?? "SIGINT"];
  if (followed.unfinished.length === 0) return undefined;
  throw await errorOf(followed, plan);
}

async function submitMissing(
  toMake: readonly PlannedInstance[],
  plan: WorkflowPlan,
  options: SlurmOptions,
  display: Display,
): Promise<void> {
  const { loaded } = plan;
  const { folder } = workflowPaths(loaded.runs, loaded.name);
  const me = describeProcess(options.command);
  // Two that submit at the same time would both find nothing queued.
  await using _lock = await waitForLock(join(folder, "slurm.lock"), me);
  await prepareRunFolder(plan, me);
  const jobs = options.scriptOnly === true ? await jobsIfKnown(plan, display) : await jobsOf(loaded);
  const { missing, queued, held } = await sortOut(toMake, plan, jobs);
  if (queued.length > 0) display.say(`Not submitted again, for Slurm has them: ${queued.length}.`);
  if (held.length > 0) display.say(`Not submitted, for other processes make them: ${held.length}.`);
  if (missing.length === 0) return;
  const submitted = await submit(missing, plan, jobs, options);
  display.say(describeSubmitted(submitted));
  if (options.scriptOnly === true) {
    display.say(`Submit them with:\n  bash ${fromHere(join(submitted.folder, "submit.sh"))}`);
  }
}

/** Scripts may be written where no Slurm is. */
async function jobsIfKnown(
  { loaded }: WorkflowPlan,
  display: Display,
): Promise<ReadonlyMap<string, InstanceJob>> {
  try {
    return await jobsOf(loaded);
  } catch (error) {
    if (!isUserError(error)) throw error;
    display.say(`What Slurm has already is not known, and not left out: ${error.message}`);
    return new Map();
  }
}

async function sortOut(
  toMake: readonly PlannedInstance[],
  { loaded }: WorkflowPlan,
  jobs: ReadonlyMap<string, InstanceJob>,
) {
  const [missing, queued, held]: PlannedInstance[][] = [[], [], []];
  for (const instance of toMake) {
    const job = jobs.get(instance.key);
    const isQueued = job !== undefined && isLive(job);
    const place = isQueued ? queued : await isHeld(instance, loaded) ? held : missing;
    place?.push(instance);
  }
  return { missing: missing ?? [], queued: queued ?? [], held: held ?? [] };
}

/** One error for all that was not made: what failed, then what was not run for it. */
async function errorOf(
  { unfinished, jobs }: Followed,
  { loaded }: WorkflowPlan,
): Promise<RunError | MissingError> {
  const failures = await Promise.all(unfinished.map((instance) => failureOf(instance, loaded)));
  const stored = unfinished.map(({ name, key }, index) => {
    const failure = failures[index]?.text;
    return { name, key, isDone: false, ...(failure !== undefined && { failure }) };
  });
  const outcomes = outcomesOf(stored, jobs);
  const told = await Promise.all(stored.map(async ({ name, key }) => {
    const outcome = outcomes.get(key);
    return outcome === undefined ? [] : [{ name, outcome, lastLines: await lastLinesOf(outcome) }];
  }));
  const text = describeOutcomes(told.flat()).join("\n");
  const failed = unfinished.flatMap(({ key }, index) =>
    outcomes.get(key)?.became === "failed" ? failures[index] ?? [] : []
  );
  const codes = new Set(failed.map(({ code }) => code));
  return codes.size === 1 && codes.has(3) ? new MissingError(text) : new RunError(text);
}
