/**
 * `models list | pull NAME | verify`: which models there are, and their weights.
 * @module
 */
import type { Command } from "commander";
import { z } from "zod";
import { MissingError, WorkflowError } from "../../errors.ts";
import { namedModels } from "../../models/catalog.ts";
import type { NamedModel } from "../../models/model_entry.ts";
import { byHand, downloadWeights } from "../../models/weights/download.ts";
import { isFetched, type PublishedWeights } from "../../models/weights/published_weights.ts";
import { inspectWeights } from "../../models/weights/weights_state.ts";
import { weightsFolder } from "../../models/weights/weights_folder.ts";
import { quoted, suggestion } from "../../workflow/wording.ts";
import type { Output } from "../display/output.ts";
import { openDisplay } from "../display/open_display.ts";
import { fetched } from "../display/wording.ts";
import { commandLine } from "../invocation.ts";
import { describeModels, describeVerified, type FoundModel } from "../models_table.ts";
import type { Verb } from "./verb.ts";

const optionsSchema = z.object({ weights: z.string().exactOptional() });

/** Adds `models`. */
export const modelsVerb: Verb = (program, { output, finish }) => {
  const models = program.command("models").description("list the models, fetch their weights, check them");
  withWeights(models.command("list", { isDefault: true }))
    .description("show every model, its layers, and where its weights are")
    .action(async (options: unknown) => finish(await list(folderOf(options), output)));
  withWeights(models.command("pull").argument("<names...>", "models, or all"))
    .description("fetch weights that are not here, and check them")
    .action(async (names: readonly string[], options: unknown) =>
      finish(await pull(entriesNamed(names), areNamed(names), folderOf(options), output))
    );
  withWeights(models.command("verify").argument("[names...]", "models; left out: all"))
    .description("read the weights that are here, and compare them with the published ones")
    .action(async (names: readonly string[], options: unknown) =>
      finish(await verify(entriesNamed(names), areNamed(names), folderOf(options), output))
    );
};

function withWeights(command: Command): Command {
  return command.option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)");
}

function folderOf(options: unknown): string {
  return weightsFolder({ chosen: optionsSchema.parse(options).weights });
}

/** The models of these names; all of them for no name, or "all". Throws WorkflowError for a name that is none. */
function entriesNamed(names: readonly string[]): readonly NamedModel[] {
  if (names.length === 0 || names.includes("all")) return [...namedModels.values()];
  return names.map((name) => {
    const entry = namedModels.get(name);
    if (entry !== undefined) return entry;
    const known = [...namedModels.keys()];
    throw new WorkflowError(
      `models: error: there is no model ${quoted(name)}; there is ${known.join(", ")}${
        suggestion(name, known)
      }`,
    );
  });
}

/** False for all models: then those that no program can fetch may be missing. */
function areNamed(names: readonly string[]): boolean {
  return names.length > 0 && !names.includes("all");
}

async function list(folder: string, output: Output): Promise<number> {
  const found: FoundModel[] = [];
  for (const entry of namedModels.values()) {
    found.push({ entry, weights: await inspectWeights(entry, folder, { opens: false }) });
  }
  output.write(`${describeModels(found)}\n\nWeights are kept in ${folder}.\n`);
  const canBeFetched = ({ entry, weights }: FoundModel) =>
    weights.state === "missing" && "weights" in entry && isFetched(entry.weights);
  if (found.some(canBeFetched)) {
    output.write(`Fetch those that are not here:\n  ${commandLine(["models", "pull", "all"])}\n`);
  }
  return 0;
}

/** 0 when all are here and the published ones; 1 when another file is in the way; MissingError when one cannot be had. */
async function pull(
  entries: readonly NamedModel[],
  named: boolean,
  folder: string,
  output: Output,
): Promise<number> {
  let code = 0;
  const refused: string[] = [];
  for (const entry of entries) {
    const weights = await inspectWeights(entry, folder, { opens: true });
    if (weights.state === "missing" && "weights" in entry && isFetched(entry.weights)) {
      const text = await fetchWeights(entry.declaration.name, entry.weights, folder, output);
      if (text !== undefined) refused.push(text);
      continue;
    }
    if (named && weights.state === "missing" && "weights" in entry && !isFetched(entry.weights)) {
      refused.push(
        byHand(entry.weights, folder, `no program can fetch the weights of ${entry.declaration.name}`)
          .message,
      );
      continue;
    }
    output.write(`${describeVerified({ entry, weights })}\n`);
    if (!("weights" in entry) || !isFetched(entry.weights)) continue;
    if (weights.state === "other" || weights.state === "damaged") {
      output.write(`  nothing was fetched: move that file away, then pull again\n`);
      code = 1;
    }
  }
  if (refused.length > 0) throw new MissingError(refused.join("\n"));
  return code;
}

/** Resolves to what is wrong when the file cannot be had: the others are fetched all the same. */
async function fetchWeights(
  name: string,
  weights: PublishedWeights,
  folder: string,
  output: Output,
): Promise<string | undefined> {
  using display = openDisplay(output, false);
  try {
    const path = await downloadWeights(weights, folder, {
      onProgress: ({ fileName, received, bytes }) => display.progress(fetched(fileName, received, bytes)),
    });
    display.say(`${name}: fetched and checked, ${path}`);
    return undefined;
  } catch (error) {
    if (error instanceof MissingError) return error.message;
    throw error;
  }
}

/** 0 when all that is asked for can be used; 1 when a file is damaged; 3 when one is missing. */
async function verify(
  entries: readonly NamedModel[],
  named: boolean,
  folder: string,
  output: Output,
): Promise<number> {
  const states = new Set<string>();
  for (const entry of entries) {
    const weights = await inspectWeights(entry, folder, { opens: true });
    if (named || !("weights" in entry) || isFetched(entry.weights) || weights.state !== "missing") {
      states.add(weights.state);
    }
    output.write(`${describeVerified({ entry, weights })}\n`);
  }
  return states.has("damaged") ? 1 : states.has("missing") ? 3 : 0;
}
