/**
 * How far a synthesis is from its targets: ||G - G'||^2 / ||G'||^2 after the last iteration of each frame, by term and layer.
 * @module
 */
import type { FinishedFrame } from "./frame_records.ts";
import type { Manifest } from "./manifest.ts";

/** Mean and standard deviation over frames, by term and layer; 0 is a perfect match. */
export type Residuals = NonNullable<Manifest["residuals"]>;

/** Means over frames alone, by term and layer. */
export type MeanResiduals = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Mean and standard deviation over the frames, by term and layer; undefined when the frames have none. */
export function residualsOf(records: Iterable<Pick<FinishedFrame, "residuals">>): Residuals | undefined {
  const values = new Map<string, Map<string, number[]>>();
  for (const { residuals } of records) {
    for (const [term, layers] of Object.entries(residuals ?? {})) {
      const ofTerm = values.getOrInsert(term, new Map());
      for (const [layer, value] of Object.entries(layers)) ofTerm.getOrInsert(layer, []).push(value);
    }
  }
  if (values.size === 0) return undefined;
  return Object.fromEntries(Array.from(values, ([term, layers]) => [
    term,
    Object.fromEntries(Array.from(layers, ([layer, values]) => [layer, meanAndDeviation(values)])),
  ]));
}

/** The means without the standard deviations. */
export function meansOf(residuals: Residuals): MeanResiduals {
  return Object.fromEntries(
    Object.entries(residuals).map(([term, layers]) => [
      term,
      Object.fromEntries(Object.entries(layers).map(([layer, { mean }]) => [layer, mean])),
    ]),
  );
}

function meanAndDeviation(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
