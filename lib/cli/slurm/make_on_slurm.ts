/**
 * `run --executor slurm`: what is not there is made by jobs; this process submits and watches them.
 * @module
 */
import { join } from "node:path";
import { isUserError, RunError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { exitCodeOf, stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { InstanceJob } from "../../slurm/jobs.ts";
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
import { describeArrays, describeGoingOn, describeSubmitted } from "./describe.ts";
import { followJobs, isHeld } from "./follow.ts";
import { notMade } from "./not_made.ts";
import { isLive, jobsOf, recordedJobsOf } from "./queue.ts";
import { arrange, submit, type SubmitOptions } from "./submit.ts";

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
  const toMake = missingOf(plan);
  if (toMake.length === 0) return undefined;
  if (options.scriptOnly !== true) await requireSlurm();
  await requireWritable(loaded.runs, otherRuns);
  await requireUsableWeights(plan);
  const goingOn = describeGoingOn(options.command);
  const stop = new Stopper();
  using _signals = stopOnSignals(stop, () => display.say(goingOn));
  await submitMissing(toMake, plan, { ...options, stop }, display);
  if (stop.signal !== undefined) return exitCodeOf[stop.signal];
  if (options.scriptOnly === true) return 0;

  if (!options.wait) {
    display.say(goingOn);
    return 0;
  }
  display.say("Watching the jobs; Ctrl-C leaves them running.");
  const followed = await followJobs(toMake, loaded, display, stop);
  if (followed === undefined) return exitCodeOf[stop.signal ?? "SIGINT"];
  if (followed.unfinished.length === 0) return undefined;
  throw await notMade(followed, loaded);
}

/** What jobs make: clips are made by whoever needs them first. */
function missingOf({ instances }: WorkflowPlan): readonly PlannedInstance[] {
  return instances.filter(({ section, status }) => section === "stages" && status !== "cached");
}

/** Throws RunError when something is not whole that jobs have made: it is not made here. */
export function requireMade(plan: WorkflowPlan): void {
  const missing = missingOf(plan);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  throw new RunError(
    `${names}: made by jobs, and not whole in the store; the same command submits what is missing`,
  );
}

/** Which jobs would be submitted, for `--dry-run`; nothing where all is there. */
export async function describeJobs(plan: WorkflowPlan, options: SubmitOptions): Promise<readonly string[]> {
  const notes: string[] = [];
  const jobs = await jobsIfKnown(plan, (note) => notes.push(note));
  const { missing } = await sortOut(missingOf(plan), plan, jobs);
  if (missing.length === 0) return notes;
  const arrays = arrange(missing, plan, jobs, { ...options, largestIndex: Number.MAX_SAFE_INTEGER - 1 });
  return [...notes, describeArrays("A run would submit to Slurm", arrays)];
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
  const jobs = options.scriptOnly === true
    ? await jobsIfKnown(plan, (note) => display.say(note))
    : await recordedJobsOf(loaded);
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
  say: (note: string) => void,
): Promise<ReadonlyMap<string, InstanceJob>> {
  try {
    return await jobsOf(loaded);
  } catch (error) {
    if (!isUserError(error)) throw error;
    say(`What Slurm has already is not known, and not left out: ${error.message}`);
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
