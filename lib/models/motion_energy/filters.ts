/**
 * Filters oriented in space and time: spatial quadrature pairs that see the previous and the current frame, the previous one
 * with its phase advanced by what a motion would have advanced it (Adelson & Bergen 1985).
 * @module
 */

/** Spatial frequency to which the filters are tuned, in radians per pixel. */
export const frequency = (2 * Math.PI) / 4;
/** Standard deviation of the filters' Gaussian window, in pixels. */
const sigma = 1.5;
/** Pixels on a side of the filters. */
export const side = 7;

/** How far a grating's phase advances from the previous to the current frame: at rest, along, reversed, against. */
export const advances = [0, Math.PI / 2, Math.PI, -Math.PI / 2] as const;
/** Directions of the filters' wave vectors, in radians counterclockwise from the right. */
export const orientations = [0, 1, 2, 3].map((i) => (i * Math.PI) / 4);

/** What an energy is tuned to. */
export interface Tuning {
  readonly orientation: number;
  readonly advance: number;
}

/** One for each energy: the advances of the first orientation, then those of the next. */
export const tunings: readonly Tuning[] = orientations.flatMap((orientation) =>
  advances.map((advance) => ({ orientation, advance }))
);

/** A kernel of the graph: [outputs, 2, side, side], the previous frame first. */
export interface FilterBank {
  readonly shape: readonly [outputs: number, frames: number, side: number, side: number];
  readonly data: Float32Array;
}

/**
 * The even filters of all tunings, then the odd ones. A grating of amplitude 1 at the filters' frequency and orientation that
 * advances as they do has an energy (even^2 + odd^2) of 1, one that advances by half a turn more has none; flat regions
 * have none.
 */
export function filterBank(): FilterBank {
  const filters = [0, -Math.PI / 2].flatMap((quadrature) =>
    tunings.flatMap(({ orientation, advance }) => [
      ...wave(orientation, quadrature + advance),
      ...wave(orientation, quadrature),
    ])
  );
  return { shape: [2 * tunings.length, 2, side, side], data: Float32Array.from(filters) };
}

/** The spatial filter cos(k x + phase) in its window, less so much of the window that it sums to 0. Rows run downwards. */
function wave(orientation: number, phase: number): number[] {
  const center = (side - 1) / 2;
  const places = Array.from({ length: side * side }, (_, i) => {
    const [right, up] = [i % side - center, center - Math.floor(i / side)];
    const along = right * Math.cos(orientation) + up * Math.sin(orientation);
    return { along, window: Math.exp(-(right * right + up * up) / (2 * sigma * sigma)) };
  });
  const total = places.reduce((sum, { window }) => sum + window, 0);
  const product = places.map(({ along, window }) => window * Math.cos(frequency * along + phase));
  const share = product.reduce((sum, value) => sum + value, 0) / total;
  // Half of the window's sum is the response to the filter's own grating; each of the two frames gives half an amplitude.
  return product.map((value, i) => (value - share * (places[i]?.window ?? 0)) / total);
}
