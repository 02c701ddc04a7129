/**
 * In one line: how far a synthesis is from its targets.
 * @module
 */
import type { MeanResiduals } from "../../store/residuals.ts";

/** What the numbers of a residual line mean. */
export const residualLegend = "0 is a perfect match";

/** "spatial_texture 0.081 (worst layer conv5_1, 0.33), temporal_texture 0.010"; empty where nothing is known. */
export function describeResiduals(residuals: MeanResiduals): string {
  return termMeans(residuals).map(({ term, mean, worst }) =>
    worst === undefined
      ? `${term} ${twoDigits(mean)}`
      : `${term} ${twoDigits(mean)} (worst layer ${worst.layer}, ${twoDigits(worst.value)})`
  ).join(", ");
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
