/**
 * The section "Models" of `docs/reference.md`, from the catalog.
 * @module
 */
import type { ModelEntry } from "../../models/model_entry.ts";
import { dataSize } from "../display/data_size.ts";

/** Every model by what it declares of itself. */
export function modelsReference(entries: Iterable<ModelEntry>): string {
  return [
    "## Models",
    "The models that are built in, for `streams` and for `layers`. Weights that are not on the machine are fetched when they " +
    "are needed, or by `models pull`.",
    ...Array.from(entries, describeModel),
  ].join("\n\n");
}

function describeModel(entry: ModelEntry): string {
  const { name, stream, frames, layers, smallestSide, citation } = entry.declaration;
  const { defaultTextureLayers, defaultContentLayers } = entry.declaration;
  const rows = [
    ["stream", `${stream}, sees ${frames === 1 ? "1 frame" : `${frames} frames`} at a time`],
    ["layers", coded(layers)],
    ["layers of a texture target, left out", coded(defaultTextureLayers)],
    ["layers of a content target, left out", coded(defaultContentLayers)],
    ["smallest side", `${smallestSide} ${smallestSide === 1 ? "pixel" : "pixels"}, at every octave`],
    ...repeated(entry),
    ["weights", weightsOf(entry)],
    ["citation", citation],
  ];
  const table = rows.map(([key = "", value = ""]) => `| ${key} | ${value.replaceAll("|", "\\|")} |`);
  return [`### \`${name}\``, ["| of the model | |", "|---|---|", ...table].join("\n")].join("\n\n");
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

function weightsOf(entry: ModelEntry): string {
  if (!("weights" in entry)) return "none: it is computed";
  const { fileName, bytes, page, license } = entry.weights;
  return `\`${fileName}\`, ${dataSize(bytes)}, ${license}, ${page}`;
}

function coded(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
