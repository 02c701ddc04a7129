/**
 * `targets:` which video each loss matches, how strongly, and in which layers.
 * @module
 */
import { z } from "zod";
import type { LayerChoice, TargetSettings, TermSettings } from "../../synthesis/settings.ts";
import {
  expects,
  keyframes,
  name,
  nonnegative,
  oneOf,
  problemIssue,
  settingsMap,
} from "../../workflow/fields.ts";

const length = oneOf(["strict", "loop", "pingpong", "hold"]);

const share = keyframes(nonnegative);

const mixtureItemMap = settingsMap({
  video: name.describe("A video, or a stage that makes one."),
  share: share.default(1).describe("Its share in the mixture, relative to the others'."),
  length: length.default("strict").describe("What it does after its last frame."),
});

const mixtureItem = z.union([name, mixtureItemMap], { error: expects("mixture_item") })
  .transform((value): TargetSettings =>
    typeof value === "string" ? { video: value, share: 1, length: "strict" } : value
  );

const mixture = z.array(mixtureItem).min(1).check((context) => {
  if (context.value.every(({ share }) => !hasShare(share))) {
    context.issues.push({ ...problemIssue({ code: "no_share" }), input: context.value });
  }
});

/** True when the share is above 0 at some frame. */
function hasShare(share: TargetSettings["share"]): boolean {
  return typeof share === "number" ? share > 0 : Object.values(share).some((value) => value > 0);
}

const layerList = z.array(z.string()).min(1).check((context) => {
  const repeated = context.value.find((layer, index) => context.value.indexOf(layer) !== index);
  if (repeated !== undefined) {
    context.issues.push({ ...problemIssue({ code: "repeated", value: repeated }), input: context.value });
  }
});

const layerWeights = z.record(z.string(), nonnegative).check((context) => {
  if (Object.keys(context.value).length === 0) {
    context.issues.push({ ...problemIssue({ code: "too_few_items", needed: 1 }), input: context.value });
  }
});

const layers = z.union([oneOf(["default", "all"]), layerList, layerWeights], { error: expects("layers") })
  .transform((value): LayerChoice =>
    Array.isArray(value) ? Object.fromEntries(value.map((layer) => [layer, 1])) : value
  );

const termMap = settingsMap({
  video: name.exactOptional().describe("The video that is matched, or a stage that makes one."),
  mixture: mixture.exactOptional().describe(
    "Several videos: their Gram matrices, or content losses, are mixed by share.",
  ),
  weight: keyframes(nonnegative).default(1).describe("Weight of the term in the loss."),
  layers: layers.prefault("default").describe(
    "The model's layers that are matched: a list, a map from layer to weight, `all`, or the model's `default`.",
  ),
  length: length.exactOptional().describe(
    "What the video does after its last frame; of a mixture each video says so itself.",
  ),
});

const term = z.union([name, mixture, termMap], { error: expects("target") }).transform(
  (value, context): TermSettings => {
    if (typeof value === "string") return oneTarget({ video: value, share: 1, length: "strict" });
    if (Array.isArray(value)) return { weight: 1, layers: "default", targets: alone(value) };
    const { video, mixture, weight, layers, length } = value;
    if (video !== undefined && mixture === undefined) {
      return { weight, layers, targets: [{ video, share: 1, length: length ?? "strict" }] };
    }
    if (mixture === undefined || video !== undefined) {
      const found = mixture === undefined ? [] : ["video", "mixture"];
      context.issues.push({
        ...problemIssue({ code: "exactly_one", keys: ["video", "mixture"], found }),
        input: value,
      });
      return z.NEVER;
    }
    if (length !== undefined) {
      context.issues.push({
        ...problemIssue({ code: "not_together", other: "mixture" }, ["length"]),
        input: value,
      });
    }
    return { weight, layers, targets: alone(mixture) };
  },
);

function oneTarget(target: TargetSettings): TermSettings {
  return { weight: 1, layers: "default", targets: [target] };
}

/** A mixture of one video is that video: its share has no meaning. */
function alone(targets: readonly TargetSettings[]): readonly TargetSettings[] {
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? [{ ...only, share: 1 }] : targets;
}

/** From YAML to the terms' settings. */
export const targets = settingsMap({
  spatial_content: term.exactOptional().describe(
    "What is where in the frame: activations of the spatial model.",
  ),
  spatial_texture: term.exactOptional().describe("Appearance: Gram matrices of the spatial model."),
  temporal_content: term.exactOptional().describe("What moves where: activations of the temporal model."),
  temporal_texture: term.exactOptional().describe("Dynamics: Gram matrices of the temporal model."),
}).check((context) => {
  if (Object.keys(context.value).length === 0) {
    context.issues.push({ ...problemIssue({ code: "no_target" }), input: context.value });
  }
});
