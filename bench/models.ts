/**
 * The models that are timed: with their weights when these are on this machine, else with random ones, which take as long.
 * @module
 */
import { msoe } from "../lib/models/msoe/entry.ts";
import type { WeightedModel } from "../lib/models/model_entry.ts";
import type { StreamModel } from "../lib/models/stream_model.ts";
import { vgg19 } from "../lib/models/vgg19/entry.ts";
import { findWeights } from "../lib/models/weights/weights_file.ts";
import { weightsFolder } from "../lib/models/weights/weights_folder.ts";

/** A model, and which weights it has. */
export interface BenchModel {
  readonly model: StreamModel;
  readonly weights: "from file" | "random";
}

/** The spatial model of the paper. */
export function spatialModel(): Promise<BenchModel> {
  return openOrStandIn(vgg19);
}

/** The temporal model of the paper. */
export function temporalModel(): Promise<BenchModel> {
  return openOrStandIn(msoe);
}

async function openOrStandIn(entry: WeightedModel): Promise<BenchModel> {
  const path = await findWeights(entry.weights, weightsFolder());
  if (path === undefined) return { model: await entry.standIn(), weights: "random" };
  return { model: await entry.open(await Deno.readFile(path), path), weights: "from file" };
}
