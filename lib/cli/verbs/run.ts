/**
 * `run FILE`: makes what is not there yet.
 * @module
 */
import { stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { EngineOptions } from "../../engines/engine.ts";
import type { Output } from "../display/output.ts";
import { fetched } from "../display/wording.ts";
import { openDisplay } from "../display/open_display.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { runOptionsSchema, withRunOptions } from "../options.ts";
import { describePlan } from "../plan/table.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { describeEnding } from "../run/ending.ts";
import { driftsIn } from "../run/results.ts";
import { type RunOptions, runWorkflow } from "../run/run_workflow.ts";
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

/** Options of `run`. */
interface RunVerbOptions extends LoadOptions, PlanOptions, Pick<RunOptions, keyof EngineOptions | "wait"> {
  /** The arguments of the program, for the record and for the next command. */
  readonly command: readonly string[];
  /** Events on standard output, for programs. */
  readonly json?: boolean;
}

/** Returns the exit code; throws WorkflowError, MissingError or RunError. */
async function run(file: string, options: RunVerbOptions, output: Output): Promise<number> {
  using display = openDisplay(output, options.json ?? false);
  const loaded = await loadWorkflow(file, options);
  const plan = await planWorkflow(loaded, {
    ...options,
    fetchWeights: true,
    onDownload: ({ fileName, received, bytes }) => display.progress(fetched(fileName, received, bytes)),
  });
  for (const note of loaded.notes) display.say(note);
  display.say(describePlan(plan, output.columns));

  const stop = new Stopper();
  using _signals = stopOnSignals(stop, (signal) => {
    const again = signal === "SIGUSR1" ? "to be started again" : "Ctrl-C again stops at once";
    display.say(`stopping after the iteration in progress; ${again}`);
  });
  const outcome = await runWorkflow(plan, { ...options, stop, onEvent: display.show });
  if (outcome.code === 0) {
    const { command } = options;
    const { instances } = plan;
    const drifts = await driftsIn(instances, loaded.runs);
    display.say(describeEnding({ file, name: loaded.name, command, instances, outcome, drifts }));
  }
  return outcome.code;
}
