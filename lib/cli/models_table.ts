/**
 * Models and their weights in words.
 * @module
 */
import type { NamedModel } from "../models/model_entry.ts";
import { checksumPath } from "../models/weights/weights_file.ts";
import type { WeightsState } from "../models/weights/weights_state.ts";
import { isFetched } from "../models/weights/published_weights.ts";
import { dataSize } from "./display/data_size.ts";
import { textTable } from "./display/table.ts";

/** A model of the catalog, and its weights on this machine. */
export interface FoundModel {
  readonly entry: NamedModel;
  readonly weights: WeightsState;
}

/** One line per model: what it is, where its weights are, and whether they are the published ones. */
export function describeModels(models: readonly FoundModel[]): string {
  const rows = models.map(({ entry, weights }) => [
    entry.declaration.name,
    entry.declaration.stream,
    layersInWords(entry.declaration.layers),
    checksumInWords(weights),
    whereInWords(entry, weights),
  ]);
  return textTable(["model", "stream", "layers", "checksum", "weights"], rows);
}

/** One line per model: what its weights are, and what is to be done about them. */
export function describeVerified({ entry, weights }: FoundModel): string {
  const { name } = entry.declaration;
  switch (weights.state) {
    case "embedded":
      return `${name}: needs no weights`;
    case "missing":
      return `${name}: ${whereInWords(entry, weights)}`;
    case "official":
      return `${name}: the published file, ${weights.path}`;
    case "checked":
      return `${name}: the file whose checksum is beside it, ${weights.path}`;
    case "other":
      if (isByHand(entry)) {
        return `${name}: its weights can be used, ${weights.path}; no checksum is published, to have it compared keep its ` +
          `sha256 (${weights.sha256}) in ${checksumPath(weights.path)}`;
      }
      return `${name}: warning: ${weights.path} is not the published file, but its weights can be used; ` +
        `results record it as not official (sha256 ${weights.sha256})`;
    case "damaged":
      return `${name}: damaged: ${weights.reason}; remove ${weights.path} and fetch it again`;
  }
}

function isByHand(entry: NamedModel): boolean {
  return "weights" in entry && !isFetched(entry.weights);
}

/** The first and the last where there are many. */
function layersInWords(layers: readonly string[]): string {
  const [first = "", ...others] = layers;
  return layers.length <= 4 ? layers.join(", ") : `${first} ... ${others.at(-1)} (${layers.length})`;
}

function checksumInWords({ state }: WeightsState): string {
  const words = {
    embedded: "",
    missing: "missing",
    official: "official",
    checked: "the user's",
    other: "not official",
    damaged: "unreadable",
  } as const satisfies Readonly<Record<WeightsState["state"], string>>;
  return words[state];
}

function whereInWords(entry: NamedModel, weights: WeightsState): string {
  if (!("weights" in entry)) return "embedded, no file needed";
  if (weights.state === "embedded" || weights.state === "missing") {
    const { weights } = entry;
    return isFetched(weights)
      ? `not here: ${dataSize(weights.bytes)}, ${weights.page}`
      : `not here, to be fetched by hand: ${weights.page}`;
  }
  return weights.path;
}
