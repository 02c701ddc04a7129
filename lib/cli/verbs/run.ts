/**
 * `run FILE`: makes what is not there yet.
 * @module
 */
import { WorkflowError } from "../../errors.ts";
import { stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { ComputeOptions } from "../engine_options.ts";
import type { Output } from "../display/output.ts";
import { fetched } from "../display/wording.ts";
import { openDisplay } from "../display/open_display.ts";
import { openRegistration, type Registration } from "../freeze/frozen_path.ts";
import { checkRegistered, describeRegistered } from "../freeze/registered.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { runOptionsSchema, withRunOptions } from "../options.ts";
import { planJson } from "../plan/json.ts";
import { describePlan } from "../plan/table.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { describeWholePlan, planWithTimes } from "../plan/whole_plan.ts";
import { describeWrites, requireRunnable } from "../run/dry_run.ts";
import { describeEnding } from "../run/ending.ts";
import { describeMadeOtherwise } from "../run/made_otherwise.ts";
import { driftsIn } from "../run/results.ts";
import { describeLeft, describeShard } from "../run/shards.ts";
import { type RunOptions, runWorkflow } from "../run/run_workflow.ts";
import { describeJobs, makeOnSlurm, requireMade } from "../slurm/make_on_slurm.ts";
import { jobProgress, readTask, requireAsSubmitted } from "../slurm/task.ts";
import { terminalWidth, type Verb } from "./verb.ts";

/** Adds `run`. */
export const runVerb: Verb = (program, { args, output, finish }) => {
  withRunOptions(program.command("run"))
    .description("make what a workflow describes and is not there yet")
    .action(async (file: string, options: unknown) => {
      const chosen = { ...terminalWidth(output), ...runOptionsSchema.parse(options), command: args };
      finish(await run(file, chosen, output));
    });
};

/** Arguments that are about a registration. */
const registering: readonly string[] = ["--frozen", "--allow-deviations"];

/** Options of `run`. */
interface RunVerbOptions
  extends LoadOptions, PlanOptions, Pick<RunOptions, keyof ComputeOptions | "wait" | "sameEngine"> {
  /** The arguments of the program, for the record and for the next command. */
  readonly command: readonly string[];
  /** Events on standard output, for programs. */
  readonly json?: boolean;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
  /** Where instances are made. */
  readonly executor?: "local" | "slurm";
  /** How many instances a job makes. */
  readonly perTask?: number;
  /** Only writes the scripts of the jobs. */
  readonly scriptOnly?: boolean;
  /** The task of a job, when this is one. */
  readonly slurmTask?: string;
  /** Refuses to run anything but what was registered. */
  readonly frozen?: boolean;
  /** Records what differs from what was registered, and runs it. */
  readonly allowDeviations?: boolean;
}

/** Returns the exit code; throws WorkflowError, MissingError or RunError. */
async function run(
  named: string,
  { frozen = false, ...options }: RunVerbOptions,
  output: Output,
): Promise<number> {
  if (options.allowDeviations === true && !frozen) {
    throw new WorkflowError(
      "--allow-deviations: error: it says what to do with --frozen, which is not given",
    );
  }
  requireExecutor(options);
  const registration = frozen ? await openRegistration(named) : undefined;
  const file = registration?.workflow ?? named;
  if (options.dryRun === true) return await dryRun(file, registration, options, output);
  using display = openDisplay(output, options.json ?? false);
  const loaded = await loadWorkflow(file, options);
  const task = options.slurmTask === undefined ? undefined : await readTask(loaded, options.slurmTask);
  const planning: PlanOptions = {
    ...options,
    ...(task && { part: task.map(({ name }) => name) }),
    fetchWeights: true,
    onDownload: ({ fileName, received, bytes }) => display.progress(fetched(fileName, received, bytes)),
  };
  let plan = await planWorkflow(loaded, planning);
  if (task !== undefined) requireAsSubmitted(task, plan, file);
  const registered = registration && await checkRegistered(plan, registration, options);
  for (const note of loaded.notes) display.say(note);
  display.say([...describeShard(options.shard, plan), describePlan(plan, output.columns)].join("\n"));

  if (options.executor === "slurm") {
    const code = await makeOnSlurm(plan, { ...options, wait: options.wait ?? true }, display);
    if (code !== undefined) return code;
    // All is there: what is left are the views.
    plan = await planWorkflow(loaded, { ...planning, force: [] });
    requireMade(plan);
  }
  const stop = new Stopper();
  using _signals = stopOnSignals(stop, (signal) => {
    const again = signal === "SIGUSR1" ? "to be started again" : "Ctrl-C again stops at once";
    display.say(`stopping after the iteration in progress; ${again}`);
  });
  const progress = jobProgress();
  const outcome = await runWorkflow(plan, {
    ...options,
    // Jobs have compared; this machine is another one.
    sameEngine: options.sameEngine === true && options.executor !== "slurm",
    stop,
    onEvent(event) {
      progress.follow(event);
      display.show(event);
    },
    ...(registered && { frozen: registered }),
  });
  if (task !== undefined) progress.requireSaved(outcome.code);
  if (outcome.code === 0) {
    // What comes next is no part of what was registered.
    const command = options.command.filter((argument) => !registering.includes(argument))
      .map((argument) => argument === named ? file : argument);
    const { instances } = plan;
    const drifts = await driftsIn(instances, loaded.runs);
    const { shard } = options;
    // What comes next is nothing that a job of an array goes on with.
    if (task !== undefined) display.say(`Done: ${task.map(({ name }) => name).join(", ")}.`);
    else if (shard === undefined) {
      display.say(describeEnding({ file, name: loaded.name, command, instances, outcome, drifts }));
    } else display.say(describeLeft(shard, outcome.left ?? []));
    if (registered !== undefined) {
      const { instances } = plan;
      display.say(describeRegistered(registered, { instances, computed: outcome.computed }, output.columns));
    }
  }
  return outcome.code;
}

/** Throws WorkflowError for options that do not go together with where instances are made. */
function requireExecutor(
  { executor, perTask, scriptOnly, shard, devices, workers, json, dryRun }: RunVerbOptions,
): void {
  const refuse = (option: string, reason: string) => {
    throw new WorkflowError(`${option}: error: ${reason}`);
  };
  if (executor !== "slurm") {
    if (perTask !== undefined) refuse("--per-task", "it is about jobs, as --executor slurm makes them");
    if (scriptOnly === true) refuse("--script-only", "it is about jobs, as --executor slurm makes them");
    return;
  }
  if (shard !== undefined) refuse("--shard", "--executor slurm shares the work out itself");
  if (devices !== undefined) {
    refuse("--devices", "--executor slurm makes an instance on the GPUs that its job gets");
  }
  if (workers !== undefined) {
    refuse(
      "--workers",
      "with --executor slurm each job makes one instance at a time, on the cores that it gets",
    );
  }
  if (json === true && dryRun !== true) {
    refuse(
      "--json",
      "with --executor slurm the events are the jobs'; `status --json` tells how far they are",
    );
  }
}

/** Returns 0; throws what `run` would throw before it makes anything. Offline, weights that are not here are missing. */
async function dryRun(
  file: string,
  registration: Registration | undefined,
  options: RunVerbOptions,
  output: Output,
): Promise<number> {
  const loaded = await loadWorkflow(file, options);
  const plan = await planWithTimes(loaded, { ...options, fetchWeights: options.offline === true });
  if (registration !== undefined) await checkRegistered(plan, registration, options);
  await requireRunnable(plan, options);
  if (options.json === true) output.write(planJson(plan));
  else {
    const warnings = (await describeMadeOtherwise(plan, options)).map(({ text }) => `warning: ${text}`);
    const jobs = options.executor === "slurm" ? await describeJobs(plan, options) : [];
    const shown = [describeWholePlan(plan, output.columns), ...warnings, ...jobs, await describeWrites(plan)];
    output.write([...describeShard(options.shard, plan), ...shown, ""].join("\n"));
  }
  return 0;
}
