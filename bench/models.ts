/**
 * The models that are timed: with their weights when these are on this machine, else with random ones, which take as long.
 * @module
 */
import { catalog } from "../lib/models/catalog.ts";
import type { ModelEntry } from "../lib/models/model_entry.ts";
import type { ModelSource } from "../lib/models/stream_model.ts";
import { findWeights } from "../lib/models/weights/weights_file.ts";
import { weightsFolder } from "../lib/models/weights/weights_folder.ts";

/** Opens the models of the catalog without ever fetching anything. */
export const models: ModelSource = {
  async open(name) {
    const entry = entryOf(name);
    if (!("weights" in entry)) return await entry.open();
    const path = await findWeights(entry.weights, weightsFolder());
    return path === undefined ? await entry.standIn() : await entry.open(await Deno.readFile(path), path);
  },
};

/** False where the model is opened with random weights. */
export async function hasWeights(name: string): Promise<boolean> {
  const entry = entryOf(name);
  return !("weights" in entry) || await findWeights(entry.weights, weightsFolder()) !== undefined;
}

function entryOf(name: string): ModelEntry {
  const entry = catalog.get(name);
  if (entry === undefined) throw new Error(`no model ${name}`);
  return entry;
}
