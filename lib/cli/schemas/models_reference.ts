/**
 * The section "Models" of `docs/reference.md`, from the catalog.
 * @module
 */
import type { ModelEntry, NamedModel, PredictiveModel } from "../../models/model_entry.ts";
import { isFetched } from "../../models/weights/published_weights.ts";
import { dataSize } from "../display/data_size.ts";

/** Every model by what it declares of itself. */
export function modelsReference(entries: Iterable<NamedModel>): string {
  return [
    "## Models",
    "The models that are built in, for `streams` and for `layers`, and those that predict frames. Weights that are not on the " +
    "machine are fetched when they are needed, or by `models pull`, where their publisher lets a program fetch them.",
    ...Array.from(entries, describeModel),
  ].join("\n\n");
}

function describeModel(entry: NamedModel): string {
  const { name, citation } = entry.declaration;
  const rows = [
    ...("version" in entry || "standIn" in entry ? streamRows(entry) : predictorRows(entry)),
    ["weights", weightsOf(entry)],
    ["citation", citation],
  ];
  const table = rows.map(([key = "", value = ""]) => `| ${key} | ${value.replaceAll("|", "\\|")} |`);
  return [`### \`${name}\``, ["| of the model | |", "|---|---|", ...table].join("\n")].join("\n\n");
}

function streamRows(entry: ModelEntry): readonly (readonly string[])[] {
  const { stream, frames, layers, smallestSide } = entry.declaration;
  const { defaultTextureLayers, defaultContentLayers } = entry.declaration;
  return [
    ["stream", `${stream}, sees ${frames === 1 ? "1 frame" : `${frames} frames`} at a time`],
    ["layers", coded(layers)],
    ["layers of a texture target, left out", coded(defaultTextureLayers)],
    ["layers of a content target, left out", coded(defaultContentLayers)],
    ["smallest side", `${smallestSide} ${smallestSide === 1 ? "pixel" : "pixels"}, at every octave`],
    ...repeated(entry),
  ];
}

function predictorRows({ declaration: { layers, sideMultiple } }: PredictiveModel): readonly string[][] {
  return [
    ["stream", "none: it predicts the next frame, for `prediction` and `predicted_frames`"],
    ["what it gives", coded(layers)],
    ["sides", `multiples of ${sideMultiple} pixels`],
  ];
}

function repeated({ declaration: { repeatsBelow = {} } }: ModelEntry): readonly (readonly string[])[] {
  const layers = Object.entries(repeatsBelow).map(([layer, side]) => `\`${layer}\` below ${side} pixels`);
  return layers.length === 0 ? [] : [[
    "small frames",
    `${
      layers.join(", ")
    } of the shorter side is the same as the layer before it, so that this counts more than once`,
  ]];
}

function weightsOf(entry: NamedModel): string {
  if (!("weights" in entry)) return "none: it is computed";
  const { weights } = entry;
  const { fileName, page, license } = weights;
  return isFetched(weights)
    ? `\`${fileName}\`, ${dataSize(weights.bytes)}, ${license}, ${page}`
    : `\`${fileName}\`, ${license}, ${page}; to be fetched by hand: ${weights.steps}`;
}

function coded(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
