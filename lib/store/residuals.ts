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

/** Means over the layers and over the first and the last third of the frames, by term. */
export type Drift = Readonly<Record<string, { readonly first: number; readonly last: number }>>;

/** How the first third of the frames and the last differ; empty for fewer than three frames that have residuals. */
export function driftOf(
  records: Iterable<Pick<FinishedFrame, "frame" | "residuals">>,
): Drift {
  const inOrder = [...records].filter(({ residuals }) => residuals !== undefined)
    .sort((a, b) => a.frame - b.frame);
  const third = Math.floor(inOrder.length / 3);
  if (third === 0) return {};
  const first = termMeans(inOrder.slice(0, third));
  const last = termMeans(inOrder.slice(-third));
  return Object.fromEntries(
    Array.from(first).flatMap(([term, value]) => {
      const end = last.get(term);
      return end === undefined ? [] : [[term, { first: value, last: end }]];
    }),
  );
}

function termMeans(records: readonly Pick<FinishedFrame, "residuals">[]): ReadonlyMap<string, number> {
  const means = Object.entries(meansOf(residualsOf(records) ?? {}));
  return new Map(means.map(([term, layers]) => {
    const values = Object.values(layers);
    return [term, values.reduce((sum, value) => sum + value, 0) / values.length];
  }));
}

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
