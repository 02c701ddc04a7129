/**
 * How far each condition is from the reference in the paper's four features, in one line.
 * @module
 */
import type { ConditionSummary } from "./compare_conditions.ts";
import type { FrameFeature } from "./measured_frame.ts";

/** The four of Greco & Siegel's figure 2, in words, with the unit of an absolute difference. */
const told = {
  intensity: { words: "intensity", unit: "" },
  contrast: { words: "contrast", unit: "" },
  pixel_change: { words: "pixel change", unit: "" },
  flow_magnitude: { words: "optical flow", unit: " px per frame" },
} as const satisfies Partial<Record<FrameFeature, { readonly words: string; readonly unit: string }>>;

type Told = keyof typeof told;

const toldFeatures: readonly Told[] = ["intensity", "contrast", "pixel_change", "flow_magnitude"];

/** Below this a mean of the reference is no measure for a difference. */
const nothing = 1e-6;

/** "beside natural: metamer intensity +0.3 %, contrast -2 %, ...; scrambled ..."; of the reference alone its values. */
export function headline(
  [reference, ...others]: readonly ConditionSummary[],
  areAlike: boolean,
): string {
  if (reference === undefined) return "nothing was measured";
  if (others.length === 0) return `${reference.condition}: ${values(reference)}`;
  const described = others.map((condition) => `${condition.condition} ${differences(condition)}`);
  const caution = areAlike ? "" : " (sizes or frame rates differ: see cautions in the summary)";
  return `beside ${reference.condition}: ${described.join("; ")}${caution}`;
}

function values({ features }: ConditionSummary): string {
  return toldFeatures.flatMap((feature) => {
    const mean = features[feature]?.mean.mean;
    return mean === undefined ? [] : [`${told[feature].words} ${inShort(mean)}${told[feature].unit}`];
  }).join(", ");
}

function differences({ features }: ConditionSummary): string {
  const parts = toldFeatures.flatMap((feature) => {
    const found = features[feature];
    const difference = found?.mean_difference?.mean;
    const reference = found?.reference_mean?.mean;
    if (difference === undefined || reference === undefined) return [];
    return [`${told[feature].words} ${relative(difference, reference, told[feature].unit)}`];
  });
  return parts.length === 0 ? "is the same video" : parts.join(", ");
}

/** In percent of the reference's mean, else in the feature's unit. */
function relative(difference: number, reference: number, unit: string): string {
  if (Math.abs(reference) < nothing) return `${signed(inShort(difference))}${unit} (0 in the reference)`;
  return `${signed(inShort(100 * difference / reference))} %`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

function inShort(value: number): number {
  const rounded = Number(value.toPrecision(2));
  return Math.abs(rounded) < 1e-6 ? 0 : rounded;
}
