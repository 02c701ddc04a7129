/**
 * What the command line may say, checked: commander hands its options over without types.
 * @module
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { backendNames, engineNames, providerNames } from "../engines/choices.ts";

const texts = z.array(z.string()).exactOptional();

const workflowOptions = {
  set: texts,
  frames: z.int().exactOptional(),
  out: z.string().exactOptional(),
  name: z.string().exactOptional(),
  preview: z.boolean().exactOptional(),
};

/** Options of `validate`. */
export const validateOptionsSchema = z.object({ ...workflowOptions, resolved: z.boolean().exactOptional() });

/** Options of `cancel`. */
export const cancelOptionsSchema = z.object(workflowOptions);

/** Options of the verbs that plan. */
export const planningOptionsSchema = z.object({
  ...workflowOptions,
  only: texts,
  weights: z.string().exactOptional(),
});

const forceOption = { force: texts };

/** Options of `plan`. */
export const planOptionsSchema = z.object({
  ...planningOptionsSchema.shape,
  ...forceOption,
  graph: z.boolean().exactOptional(),
  json: z.boolean().exactOptional(),
  exact: z.boolean().exactOptional(),
  workers: z.int().exactOptional(),
});

/** Options of `run`. */
export const runOptionsSchema = z.object({
  ...planningOptionsSchema.shape,
  ...forceOption,
  dryRun: z.boolean().exactOptional(),
  sameEngine: z.boolean().exactOptional(),
  offline: z.boolean().exactOptional(),
  json: z.boolean().exactOptional(),
  threads: z.int().exactOptional(),
  workers: z.int().exactOptional(),
  devices: z.array(z.int()).exactOptional(),
  device: z.int().exactOptional(),
  engine: z.enum(engineNames).exactOptional(),
  provider: z.enum(providerNames).exactOptional(),
  backend: z.enum(backendNames).exactOptional(),
  exact: z.boolean().exactOptional(),
  frozen: z.boolean().exactOptional(),
  allowDeviations: z.boolean().exactOptional(),
  shard: z.string().exactOptional(),
  executor: z.enum(["local", "slurm"]).exactOptional(),
  perTask: z.int().exactOptional(),
  scriptOnly: z.boolean().exactOptional(),
  slurmTask: z.string().exactOptional(),
  /** Commander's name for the absence of `--no-wait`. */
  wait: z.boolean(),
});

/** Adds the options that say what a workflow is; `[file]` is one that may be left out. */
export function withWorkflowOptions(command: Command, file: "<file>" | "[file]" = "<file>"): Command {
  return command
    .argument(file, "the workflow, a YAML file")
    .option("--set <path=value>", "change a value, as stages.metamer.seed=2; may be repeated", collect)
    .option("--frames <number>", "make so many frames in every stage", wholeNumber)
    .option(
      "--preview",
      "a quick look: quarter size, five frames, a tenth of the iterations; kept beside the real results",
    )
    .option("--out <folder>", "folder of the results (METAMER_RUNS; otherwise runs)")
    .option("--name <name>", "name of the workflow's own folder there (otherwise the file's)");
}

/** Adds the options that say what is planned. */
export function withPlanningOptions(command: Command, file: "<file>" | "[file]" = "<file>"): Command {
  return withWorkflowOptions(command, file)
    .option("--only <stage>", "this stage or instance, and what it needs; may be repeated", collect)
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)");
}

/** Adds the options that say how a plan is run. */
export function withRunOptions(command: Command): Command {
  return withWorkersOption(withEngineOptions(withForceOption(withPlanningOptions(command))))
    .option("--dry-run", "show what would be made, fetched and written, and do nothing of it")
    .option("--same-engine", "refuse results of another engine, version, machine or number of threads")
    .option("--offline", "never fetch weights")
    .option("--json", "write events to standard output, one JSON object per line")
    .option("--frozen", "refuse to run anything but what was registered; FILE may be the frozen file")
    .option("--allow-deviations", "with --frozen: run all the same, and record what differs")
    .option(
      "--devices <numbers>",
      "make one instance at a time on each of these devices of the engine, as 0,1 (for engines that have several)",
      deviceNumbers,
    )
    .option(
      "--shard <i/n>",
      "make only the i-th of n parts, as one job of an array: its share of the instances, and what they need",
    )
    .addOption(
      new Option(
        "--executor <name>",
        "where instances are made: by this process, or by jobs of a Slurm cluster",
      )
        .choices(["local", "slurm"]),
    )
    .option(
      "--per-task <number>",
      "with --executor slurm: instances that one job makes (otherwise 1)",
      wholeNumber,
    )
    .option("--script-only", "with --executor slurm: write the batch scripts, and submit nothing")
    // What those scripts call.
    .addOption(new Option("--slurm-task <task>").hideHelp())
    .option(
      "--no-wait",
      "end when other processes hold all that is left, or the jobs are submitted, instead of waiting for them",
    );
}

/** Adds the options that say what computes. */
export function withEngineOptions(command: Command): Command {
  return withExactOption(command)
    .option("--threads <number>", "threads of the engine", wholeNumber)
    .addOption(new Option("--engine <name>", "what computes").choices(engineNames))
    .addOption(
      new Option("--provider <name>", "what ONNX Runtime computes with (otherwise cpu)").choices(
        providerNames,
      ),
    )
    .addOption(
      new Option(
        "--backend <name>",
        "what TensorFlow.js computes with (otherwise the first that is installed)",
      )
        .choices(backendNames),
    )
    .option("--device <number>", "index of the engine's device, where it has several", deviceNumber);
}

/** Adds the option that makes several instances at a time. */
export function withWorkersOption(command: Command): Command {
  return command.option(
    "--workers <number>",
    "make so many instances at a time that do not need each other; they share the threads (otherwise 1)",
    wholeNumber,
  );
}

/** Adds the option that makes again what is there. */
export function withForceOption(command: Command): Command {
  return command.option(
    "--force <stage>",
    "make this stage or instance again although it is there; what is there stays until then; may be repeated",
    collect,
  );
}

/** Adds the option that turns off Winograd's algorithm. */
export function withExactOption(command: Command): Command {
  return command.option(
    "--exact",
    "convolutions term by term: slower, right for flat regions as in drawn stimuli; finished frames stay as they are",
  );
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1.");
  }
  return number;
}

function deviceNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be the number of a device, from 0.");
}

function deviceNumbers(text: string): readonly number[] {
  const numbers = text.split(",");
  if (numbers.every((number) => /^\d+$/.test(number))) return numbers.map(Number);
  throw new InvalidArgumentError("It must be numbers of devices, as 0,1.");
}
