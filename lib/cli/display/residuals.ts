/**
 * In one line: how far a synthesis is from its targets.
 * @module
 */
import type { Drift, MeanResiduals } from "../../store/residuals.ts";

/** What the numbers of residual lines mean. */
export const residualScale = "0 is a perfect match, 1 as far off as an empty frame";

/** What residuals are of. */
export const residualTime = "Measured when a frame's optimization ends, before its colors are transferred";

/** The first and the last frames of a stage differ by more than this factor where it is told. */
const toldFactor = 1.5;

/** Above this a term is far from its target. */
const farOff = 0.5;

/** What is to be said once below residuals. */
export function residualNotes(residuals: readonly MeanResiduals[]): readonly string[] {
  const all = residuals.flatMap(termMeans);
  if (all.length === 0) return [];
  return [
    `Residuals: ${residualScale}.`,
    `${residualTime};`,
    "a match stage measures the frames as delivered.",
    ...(all.some(({ mean }) => mean > farOff)
      ? [`Above ${farOff} is far off: more iterations bring a stage nearer to its targets.`]
      : []),
  ];
}

/**
 * "spatial_texture 0.081 (worst layer conv5_1, 0.33), temporal_texture 0.010 (0.002 at first, 0.018 at last)"; empty where
 * nothing is known.
 */
export function describeResiduals(residuals: MeanResiduals, drift: Drift = {}): string {
  return termMeans(residuals).map(({ term, mean, worst }) => {
    const notes = [
      ...(worst === undefined ? [] : [`worst layer ${worst.layer}, ${twoDigits(worst.value)}`]),
      ...describeDrift(drift[term]),
    ];
    return `${term} ${twoDigits(mean)}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
  }).join(", ");
}

function describeDrift(drift: Drift[string] | undefined): readonly string[] {
  if (drift === undefined) return [];
  const { first, last } = drift;
  if (Math.max(first, last) <= toldFactor * Math.min(first, last)) return [];
  return [`${twoDigits(first)} at first, ${twoDigits(last)} at last`];
}

/** Each term with its mean over the layers: "spatial_texture 0.081". */
export function describeTerms(residuals: MeanResiduals): readonly string[] {
  return termMeans(residuals).map(({ term, mean }) => `${term} ${twoDigits(mean)}`);
}

/** The mean over the layers of each term; the worst of them where there are several. */
function termMeans(residuals: MeanResiduals) {
  return Object.entries(residuals).flatMap(([term, layers]) => {
    const values = Object.entries(layers).map(([layer, value]) => ({ layer, value }));
    const [first, ...others] = values;
    if (first === undefined) return [];
    const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
    const worst = others.reduce((worse, layer) => layer.value > worse.value ? layer : worse, first);
    return [{ term, mean, worst: others.length === 0 ? undefined : worst }];
  });
}

/** Two digits that count: 0.081, 1.2, 340, 3.4e-7. */
export function twoDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return size < 1e5 ? String(Math.round(value)) : value.toExponential(1);
  return size === 0 ? "0" : size < 1e-4 ? value.toExponential(1) : value.toPrecision(2);
}
