/**
 * Writing a workflow down for another engine.
 * @module
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { MissingError, WorkflowError } from "../../../errors.ts";
import { shellWord } from "../../../slurm/shell_word.ts";
import { cannotWrite, durableWrite } from "../../../store/durable_write.ts";
import { isSystemError, readTextIfThere, unlessAbsent } from "../../../store/presence.ts";
import { resolveWorkflow } from "../../../workflow/resolved.ts";
import { listed } from "../../../workflow/wording.ts";
import { fromHere } from "../../from_here.ts";
import { inParallel } from "../../in_parallel.ts";
import { commandLine, invocation } from "../../invocation.ts";
import type { WorkflowPlan } from "../../plan/plan_workflow.ts";
import { dvcYamlOf } from "./dvc_yaml.ts";
import { filesReadBy } from "./files_read.ts";
import { demandOf, jobsOf, type Pipeline } from "./pipeline.ts";
import { snakefileOf } from "./snakefile.ts";

/** An engine that takes a workflow as a file of its own. */
export type PipelineFormat = "snakemake" | "dvc";

/** All of them. */
export const pipelineFormats = ["snakemake", "dvc"] as const satisfies readonly PipelineFormat[];

interface FormatFacts {
  /** What the engine looks for. */
  readonly fileName: string;
  /** What is typed where the file lies. */
  command(path: string): string;
}

const facts: Readonly<Record<PipelineFormat, FormatFacts>> = {
  snakemake: {
    fileName: "Snakefile",
    command: (path) =>
      ["snakemake", ...(path === "Snakefile" ? [] : ["--snakefile", shellWord(path)]), "--cores all"].join(
        " ",
      ),
  },
  dvc: {
    fileName: "dvc.yaml",
    command: (path) => ["dvc repro", ...(path === "dvc.yaml" ? [] : [shellWord(path)])].join(" "),
  },
};

/** What a pipeline is made from beside the plan. */
export interface PipelineOptions {
  readonly as: PipelineFormat;
  /** A file, or a folder in which it gets the name that the engine looks for. Left out: the working folder. */
  readonly to?: string;
  /** Replaces what was written there before. */
  readonly force?: boolean;
  /** The stage that it is for; left out: all stages. */
  readonly only?: string;
  /** Arguments that jobs have in common, after the workflow's file. */
  readonly run: readonly string[];
  /** The program's arguments. */
  readonly command: readonly string[];
  readonly sources: Pipeline["sources"];
}

/**
 * Writes the file; resolves to what was written and how it is used, in words. Throws WorkflowError when something is there that
 * is not to be replaced, MissingError when weights are not here that keys depend on, and RunError when it cannot be written.
 */
export async function writePipeline(plan: WorkflowPlan, options: PipelineOptions): Promise<string> {
  const { as, force = false } = options;
  requireKeys(plan);
  requireStages(plan, options);
  const path = await placeOf(options);
  await requireFree(path, as, force);
  const pipeline = await pipelineOf(plan, options);
  const text = as === "snakemake"
    ? snakefileOf(pipeline)
    : dvcYamlOf(pipeline, relative(dirname(path), Deno.cwd()));
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await durableWrite(path, text);
  } catch (error) {
    throw isSystemError(error) ? cannotWrite(path, error, "--to") : error;
  }
  const here = fromHere(path);
  const { length } = pipeline.jobs;
  const jobs = length === 1 ? "1 job; run it" : `${length} jobs; run them`;
  return `${here}: ${jobs} with\n  ${facts[as].command(here)}`;
}

/** Without keys nobody would see that a result is to be made again. */
function requireKeys({ missingWeights }: WorkflowPlan): void {
  if (missingWeights.length === 0) return;
  const models = [...new Set(missingWeights)];
  throw new MissingError(
    `the weights of ${listed(models)} are not here, and what is made depends on them; fetch them first:\n` +
      models.map((name) => `  ${commandLine(["models", "pull", name])}`).join("\n"),
  );
}

/** Throws WorkflowError for a part of a workflow that is a video. */
function requireStages({ instances }: WorkflowPlan, { only = "this" }: PipelineOptions): void {
  if (instances.some(({ section }) => section === "stages")) return;
  throw new WorkflowError(`${only} is a video, which is decoded with what reads it; name a stage`);
}

async function placeOf({ as, to = "." }: PipelineOptions): Promise<string> {
  const path = resolve(to);
  const isFolder = to.endsWith("/") || (await unlessAbsent(path, () => Deno.stat(path)))?.isDirectory;
  return isFolder ? join(path, facts[as].fileName) : path;
}

/** What is there is left alone; with --force what an export has written is not. */
async function requireFree(path: string, as: PipelineFormat, force: boolean): Promise<void> {
  if (as === "dvc" && basename(path) !== "dvc.yaml") {
    throw new WorkflowError(`--to ${fromHere(path)}: error: DVC reads files of the name dvc.yaml alone`);
  }
  const before = await readTextIfThere(path);
  if (before === undefined) return;
  if (!force) {
    throw new WorkflowError(
      `${fromHere(path)} is there already; write --force to replace it, or another file with --to`,
    );
  }
  if (before.startsWith("# Written by Metamer ")) return;
  throw new WorkflowError(
    `${fromHere(path)} was not written by an export; write another file with --to`,
  );
}

async function pipelineOf(plan: WorkflowPlan, options: PipelineOptions): Promise<Pipeline> {
  const { loaded: { path, name, runs, workflow }, instances } = plan;
  const workflowFile = fromHere(resolve(path));
  const files = await inParallel(
    instances,
    async (instance) => [instance.name, await filesReadBy(instance)] as const,
  );
  const runsHere = fromHere(runs);
  return {
    workflow: workflowFile,
    name,
    runs: runsHere,
    program: invocation(),
    run: [workflowFile, ...options.run, "--out", runsHere],
    ...(options.only !== undefined && { only: options.only }),
    writtenBy: commandLine(options.command.filter((argument) => argument !== "--force")),
    sources: options.sources.map(({ path, sha256 }) => ({ path: fromHere(resolve(path)), sha256 })),
    jobs: jobsOf(instances, {
      files: new Map(files),
      plainNames: resolveWorkflow(workflow, workflow.folder).names,
      run: workflow.run,
    }),
    overview: demandOf(workflow.run),
  };
}
