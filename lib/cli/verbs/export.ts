/**
 * `export FILE STAGE --as png16`: finished frames as files to take elsewhere; `export FILE --as snakemake`: the workflow for
 * another engine.
 * @module
 */
import { type Command, Option } from "commander";
import { z } from "zod";
import { ProgramError, WorkflowError } from "../../errors.ts";
import { exitCodeOf, isStopped, stopOnSignals, Stopper } from "../../runner/signals.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { Output } from "../display/output.ts";
import { type DeliveredFormat, deliveredFormats } from "../export/deliver.ts";
import { recordSources } from "../export/pipeline/sources.ts";
import { type PipelineFormat, pipelineFormats, writePipeline } from "../export/pipeline/write_pipeline.ts";
import { deliveredValues } from "../export/values.ts";
import { requireFinished, requireKnown } from "../export/choice.ts";
import { exportInstances, Interrupted, planExport } from "../export/export_instances.ts";
import { commandLine } from "../invocation.ts";
import { type LoadedWorkflow, loadWorkflow, loadWorkflowFrom } from "../load_workflow.ts";
import { planningOptionsSchema, withWorkflowOptions } from "../options.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { terminalWidth, type Verb } from "./verb.ts";

const formats = [...deliveredFormats, ...pipelineFormats] as const;

const { only: _, ...planShape } = planningOptionsSchema.shape;

const optionsSchema = z.object({
  ...planShape,
  as: z.enum(formats),
  values: z.enum(deliveredValues).exactOptional(),
  to: z.string().exactOptional(),
  force: z.boolean().exactOptional(),
});

type ExportOptions = z.infer<typeof optionsSchema>;

/** With one kind of formats. */
type ExportOptionsAs<Format> = Omit<ExportOptions, "as"> & { readonly as: Format };

/** Adds `export`. */
export const exportVerb: Verb = (program, { args, output, finish }) => {
  withExportOptions(withWorkflowOptions(program.command("export")))
    .description(
      "write finished frames as images, an array or a video; or the workflow itself for Snakemake or DVC, which then run it",
    )
    .action(async (file: string, stage: string | undefined, options: unknown) => {
      const { as, ...others } = optionsSchema.parse(options);
      finish(
        as === "snakemake" || as === "dvc"
          ? await exportPipeline(file, stage, { ...others, as, command: args }, output)
          : await exportStage(file, requireStage(stage, as), { ...others, as }, output),
      );
    });
};

function withExportOptions(command: Command): Command {
  return command
    .argument(
      "[stage]",
      "a stage, one of its instances, or a video (snakemake, dvc: only what this needs; otherwise all)",
    )
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)")
    .addOption(new Option("--as <format>", "what to write").choices(formats).makeOptionMandatory())
    .addOption(
      new Option(
        "--values <values>",
        "coded by sRGB (usual for images and videos), or stored, as a stage with a transfer made them (usual for npy)",
      ).choices(deliveredValues),
    )
    .option(
      "--to <path>",
      "the folder of frames (otherwise exports/ in the workflow's own folder), or the file for Snakemake or DVC " +
        "(otherwise Snakefile or dvc.yaml here)",
    )
    .option("--force", "replace what an earlier export has written there");
}

/** Frames are of some stage. Throws WorkflowError without one. */
function requireStage(stage: string | undefined, as: DeliveredFormat): string {
  if (stage !== undefined) return stage;
  throw new WorkflowError(`--as ${as}: error: say which stage's frames: export FILE STAGE --as ${as}`);
}

/** The options of an export that a run has, too. */
function optionsOfRun(
  { set = [], frames, preview, out, name, weights }: Omit<ExportOptions, "as">,
): readonly string[] {
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
function planOptions({ weights }: Pick<ExportOptions, "weights">): PlanOptions {
  return { ...(weights !== undefined && { weights }), remakes: false };
}

/** Returns the exit code; throws WorkflowError, MissingError or RunError. */
async function exportStage(
  file: string,
  stage: string,
  options: ExportOptionsAs<DeliveredFormat>,
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

/** Returns the exit code; throws WorkflowError, MissingError or RunError. */
async function exportPipeline(
  file: string,
  stage: string | undefined,
  { as, ...options }: ExportOptionsAs<PipelineFormat> & { readonly command: readonly string[] },
  output: Output,
): Promise<number> {
  if (options.values !== undefined) {
    throw new WorkflowError(`--values: error: it is about frames, and --as ${as} writes none`);
  }
  const { read, sources } = recordSources();
  const loaded = await loadWorkflowFrom({ read }, file, { ...terminalWidth(output), ...options });
  if (stage !== undefined) requireKnown(stage, loaded.inspected.map(({ instance }) => instance));
  const plan = await planWorkflow(loaded, {
    ...planOptions(options),
    ...(stage !== undefined && { only: [stage] }),
  });
  const { out: _, ...others } = options;
  const written = await writePipeline(plan, {
    as,
    ...options,
    ...(stage !== undefined && { only: stage }),
    run: optionsOfRun(others),
    sources: sources(),
  });
  output.write(`${written}\n`);
  return 0;
}

/** A run reads of a clip what its stages need: where that is all that is there, it is what is meant. */
async function withFramesThatAreRead(
  meant: readonly PlannedInstance[],
  loaded: LoadedWorkflow,
  options: ExportOptionsAs<DeliveredFormat>,
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
