/**
 * `export FILE STAGE --as png16`: finished frames as files to take elsewhere.
 * @module
 */
import { type Command, Option } from "commander";
import { z } from "zod";
import { ProgramError } from "../../errors.ts";
import { exitCodeOf, isStopped, stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { Output } from "../display/output.ts";
import { deliveredFormats } from "../export/deliver.ts";
import { deliveredValues } from "../export/values.ts";
import { requireFinished, requireKnown } from "../export/choice.ts";
import { exportInstances, Interrupted, planExport } from "../export/export_instances.ts";
import { commandLine } from "../invocation.ts";
import { type LoadedWorkflow, loadWorkflow } from "../load_workflow.ts";
import { planningOptionsSchema, withWorkflowOptions } from "../options.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { terminalWidth, type Verb } from "./verb.ts";

const { only: _, ...planShape } = planningOptionsSchema.shape;

const optionsSchema = z.object({
  ...planShape,
  as: z.enum(deliveredFormats),
  values: z.enum(deliveredValues).exactOptional(),
  to: z.string().exactOptional(),
  force: z.boolean().exactOptional(),
});

type ExportOptions = z.infer<typeof optionsSchema>;

/** Adds `export`. */
export const exportVerb: Verb = (program, { output, finish }) => {
  withExportOptions(withWorkflowOptions(program.command("export")))
    .description("write finished frames as images, an array or a video")
    .action(async (file: string, stage: string, options: unknown) => {
      finish(await exportStage(file, stage, optionsSchema.parse(options), output));
    });
};

function withExportOptions(command: Command): Command {
  return command
    .argument("<stage>", "a stage, one of its instances, or a video")
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)")
    .addOption(new Option("--as <format>", "what to write").choices(deliveredFormats).makeOptionMandatory())
    .addOption(
      new Option(
        "--values <values>",
        "coded by sRGB (usual for images and videos), or stored, as a stage with a transfer made them (usual for npy)",
      ).choices(deliveredValues),
    )
    .option("--to <folder>", "where to (otherwise exports/ in the workflow's own folder)")
    .option("--force", "replace what an earlier export has written there");
}

/** The options of an export that a run has, too. */
function optionsOfRun({ set = [], frames, preview, out, name, weights }: ExportOptions): readonly string[] {
  return [
    ...set.flatMap((assignment) => ["--set", assignment]),
    ...(frames === undefined ? [] : ["--frames", `${frames}`]),
    ...(preview === true ? ["--preview"] : []),
    ...(out === undefined ? [] : ["--out", out]),
    ...(name === undefined ? [] : ["--name", name]),
    ...(weights === undefined ? [] : ["--weights", weights]),
  ];
}

/** What is there is exported as it is, also while it is made again. */
function planOptions({ weights }: ExportOptions): PlanOptions {
  return { ...(weights !== undefined && { weights }), remakes: false };
}

/** Returns the exit code; throws WorkflowError, MissingError or RunError. */
async function exportStage(
  file: string,
  stage: string,
  options: ExportOptions,
  output: Output,
): Promise<number> {
  const loaded = await loadWorkflow(file, { ...terminalWidth(output), ...options });
  requireKnown(stage, loaded.inspected.map(({ instance }) => instance));
  const { instances } = await planWorkflow(loaded, { ...planOptions(options), only: [stage] });
  const isMeant = (instance: PlannedInstance) => instance.stage === stage || instance.name === stage;
  const whole = instances.filter(isMeant);
  const meant = await withFramesThatAreRead(whole, loaded, options, output);
  requireFinished(meant, commandLine(["run", file, ...optionsOfRun(options), "--only", stage]));
  const plan = await planExport(meant, loaded, options);

  const stop = new Stopper();
  using _signals = stopOnSignals(stop, () => {});
  try {
    await exportInstances(plan, stop, (text) => output.write(`${text}\n`));
    return 0;
  } catch (error) {
    // Ctrl-C reaches ffmpeg as well.
    const isStop = isStopped(stop.flag) && (error instanceof Interrupted || error instanceof ProgramError);
    if (!isStop) throw error;
    output.write("stopped; what was begun is removed\n");
    return exitCodeOf[stop.signal ?? "SIGINT"];
  }
}

/** A run reads of a clip what its stages need: where that is all that is there, it is what is meant. */
async function withFramesThatAreRead(
  meant: readonly PlannedInstance[],
  loaded: LoadedWorkflow,
  options: ExportOptions,
  output: Output,
): Promise<readonly PlannedInstance[]> {
  if (meant.every(({ section, status }) => section === "stages" || status === "cached")) return meant;
  const { instances } = await planWorkflow(loaded, planOptions(options));
  return meant.map((instance) => {
    const read = instances.find(({ name, status }) => name === instance.name && status === "cached");
    if (instance.status === "cached" || read === undefined || read.artifact.made !== "video") return instance;
    output.write(`${read.name}: ${read.artifact.video.frames} frames, as many as the stages read\n`);
    return read;
  });
}
