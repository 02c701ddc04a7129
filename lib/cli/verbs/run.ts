/**
 * `run FILE`: makes what is not there yet.
 * @module
 */
import { relative } from "node:path";
import { z } from "zod";
import { stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { Output } from "../display/output.ts";
import { fetched } from "../display/wording.ts";
import { openDisplay } from "../display/open_display.ts";
import { commandLine } from "../invocation.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { runOptionsSchema, withRunOptions } from "../options.ts";
import { describePlan } from "../plan_table.ts";
import { type PlanOptions, planWorkflow } from "../plan_workflow.ts";
import { type RunOptions, runWorkflow, type WorkflowOutcome } from "../run_workflow.ts";
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
interface RunVerbOptions extends LoadOptions, PlanOptions, Pick<RunOptions, "engine" | "threads" | "wait"> {
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
  display.say(describePlan(plan));

  const stop = new Stopper();
  using _signals = stopOnSignals(stop, () => {
    display.say("stopping after the iteration in progress; Ctrl-C again stops at once");
  });
  const outcome = await runWorkflow(plan, { ...options, stop, onEvent: display.show });
  if (outcome.code === 0) display.say(describeOutcome(file, options.command, plan.instances, outcome));
  return outcome.code;
}

/** The videos stand last, where they are seen, each path on a line of its own. */
function describeOutcome(
  file: string,
  command: readonly string[],
  instances: readonly PlannedInstance[],
  outcome: WorkflowOutcome,
): string {
  const videos = Object.entries(outcome.videos);
  const next = describeNext(file, command, instances);
  if (videos.length === 0) return next;
  const paths = videos.map(([name, { mp4 = "", mkv = "" }]) =>
    `  ${name}: ${fromHere(mp4)}\n  ${" ".repeat(name.length)}  ${fromHere(mkv)} (lossless)`
  );
  return [next, "", videos.length === 1 ? "The video:" : "The videos:", ...paths].join("\n");
}

/** The shorter of the paths from the working folder and from the root. */
function fromHere(path: string): string {
  const here = relative(Deno.cwd(), path);
  return here.length < path.length ? here : path;
}

/** Another sample of the same ensemble where there is a seed, else the plan. */
function describeNext(
  file: string,
  command: readonly string[],
  instances: readonly PlannedInstance[],
): string {
  for (const { section, stage, factors, settings } of instances) {
    const parsed = seeded.safeParse(settings);
    if (section === "videos" || "seed" in factors || !parsed.success) continue;
    const again = [...command, "--set", `stages.${stage}.seed=${parsed.data.seed + 1}`];
    return `Next, another sample with the same statistics:\n  ${commandLine(again)}`;
  }
  return `Next, see what a change would make again:\n  ${commandLine(["plan", file])}`;
}

const seeded = z.object({ seed: z.int() });
