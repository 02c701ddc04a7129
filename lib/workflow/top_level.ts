/**
 * The frame of a workflow: its top level, `run:` and `models:`.
 * @module
 */
import { z } from "zod";
import { expects, filePath, nonnegative, problemIssue, settingsMap, wholeNumber } from "./fields.ts";
import { slurmSettings } from "./slurm_settings.ts";

const run = settingsMap({
  engine: z.enum(["onnxruntime", "tensorflow", "reference"]).exactOptional().describe(
    "Which engine computes.",
  ),
  provider: z.enum(["auto", "cpu", "webgpu", "cuda", "tensorrt", "coreml", "directml"]).exactOptional()
    .describe(
      "What ONNX Runtime computes with; `auto` is the first of them that is on this machine and computes right. Left out: `cpu`.",
    ),
  backend: z.enum(["auto", "node-gpu", "node", "webgpu", "wasm", "cpu"]).exactOptional().describe(
    "What TensorFlow.js computes with; `auto` is the first of them that is installed and starts. Left out: `auto`.",
  ),
  device: wholeNumber(0).exactOptional().describe(
    "Index of the device, where the provider has several. Left out: its first.",
  ),
  threads: wholeNumber(1).exactOptional().describe(
    "Threads of the engine. Left out: one for each physical core.",
  ),
  workers: wholeNumber(1).exactOptional().describe(
    "How many instances are made at a time where they do not need each other, 1 when left out. They share the threads.",
  ),
  exact: z.boolean().exactOptional().describe(
    "Convolutions term by term, so that equal neighborhoods give equal bits: for drawn stimuli, whose flat regions tie in " +
      "max pooling. Left out: Winograd's algorithm where it is faster.",
  ),
  checkpoint_every: z.union([nonnegative, z.literal("off")], { error: expects("checkpoint_every") })
    .exactOptional().describe(
      "Seconds between two checkpoints inside a frame, 30 when left out. 0 or `off`: only where octaves end and runs stop.",
    ),
  out: filePath.exactOptional().describe("Folder of the results, relative to this file. Left out: `runs`."),
  slurm: slurmSettings.exactOptional().describe("What jobs ask Slurm for, with `--executor slurm`."),
}).check((context) => {
  const { engine, provider } = context.value;
  if (provider === undefined || engine === undefined || engine === "onnxruntime") return;
  // Providers are ONNX Runtime's.
  const problem = problemIssue({ code: "not_together", other: `engine: ${engine}` }, ["provider"]);
  context.issues.push({ ...problem, input: context.value });
});

/** How this machine is to be used; never in a key. */
export type RunSettings = z.infer<typeof run>;

const model = settingsMap({
  file: filePath.describe(
    "An .onnx file, or the JSON of the same name beside it that declares how frames become its input; relative to this file.",
  ),
});

/** Sections hold values that are read later, each by the schema of its kind. */
const section = z.record(z.string(), z.unknown());

/** The top level, apart from what stands in `videos` and `stages`. */
export const topLevelSchema = settingsMap({
  metamer: z.literal(1, { error: expects("version") }).describe("Version of the workflow language."),
  title: z.string().exactOptional().describe("What the workflow is, in a line."),
  extends: z.string().exactOptional().describe("A workflow file whose maps this one is merged into."),
  videos: section.exactOptional().describe("The videos, by name."),
  models: z.record(z.string(), model).exactOptional().describe(
    "Models beside the built-in ones, by name: for streams of a synthesis, and for analyses inside models.",
  ),
  stages: section.exactOptional().describe("The stages, by name."),
  run: run.exactOptional().describe("How this machine is to be used. Nothing of it changes a result."),
});

/** The top level as it was read. */
export type TopLevel = z.infer<typeof topLevelSchema>;
