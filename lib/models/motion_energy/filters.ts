/**
 * Spatial filters in quadrature: an even and an odd Gabor function for each of four orientations. They are sums of products of
 * a function of the column and one of the row, so that a picture is filtered along its rows, then along its columns:
 * cos(right x + up y) = cos(right x) cos(up y) - sin(right x) sin(up y), sin(right x + up y) likewise.
 * @module
 */

/** Spatial frequency to which the filters are tuned, in radians per pixel: four pixels a period. */
export const frequency = (2 * Math.PI) / 4;
/** Pixels on a side of the filters. */
export const side = 9;
/** Standard deviation of their Gaussian window, in pixels. */
const sigma = 2;

/** A wave vector, in radians per pixel. */
export interface Orientation {
  readonly right: number;
  readonly up: number;
}

const oblique = frequency / Math.SQRT2;
/** The filters' wave vectors, counterclockwise from the right. */
export const orientations: readonly Orientation[] = [
  { right: frequency, up: 0 },
  { right: oblique, up: oblique },
  { right: 0, up: frequency },
  { right: -oblique, up: oblique },
];

/** A kernel of the graph. */
export interface Kernel {
  readonly shape: readonly [outputs: number, inputs: number, height: number, width: number];
  readonly data: Float32Array;
}

/** What is applied first, [8, 1, 1, side]: even and odd along the rows, for each orientation. */
export function rowKernel(): Kernel {
  const profiles = orientations.flatMap(({ right }) => [profile(Math.cos, right), profile(Math.sin, right)]);
  return { shape: [profiles.length, 1, 1, side], data: Float32Array.from(profiles.flat()) };
}

/**
 * What is applied to that, [8, 8, side, 1], for the even filters of all orientations, then the odd ones. A grating of
 * amplitude 1 at the filters' frequency and orientation has an energy (even^2 + odd^2) of 1, flat regions have none.
 */
export function columnKernel(): Kernel {
  // Rows run downwards. A filter meets its own grating in half of its window, whose sum is 1.
  const column = (wave: Wave, up: number, sign = 1) => profile(wave, -up).map((value) => 2 * sign * value);
  const even = ({ up }: Orientation) => [column(Math.cos, up), column(Math.sin, up, -1)];
  const odd = ({ up }: Orientation) => [column(Math.sin, up), column(Math.cos, up)];
  const none = new Array<number>(side).fill(0);
  const filters = [even, odd].flatMap((half) =>
    orientations.flatMap((own) => orientations.flatMap((row) => row === own ? half(own) : [none, none]))
  );
  const inputs = 2 * orientations.length;
  return { shape: [inputs, inputs, side, 1], data: Float32Array.from(filters.flat()) };
}

type Wave = (phase: number) => number;

/** A wave in a window whose values sum to 1, less so much of the window that it sums to 0; of frequency 0 it stays. */
function profile(wave: Wave, frequency: number): number[] {
  const places = Array.from({ length: side }, (_, i) => i - (side - 1) / 2);
  const weights = places.map((place) => Math.exp(-(place * place) / (2 * sigma * sigma)));
  const window = weights.map((weight) => weight / sumOf(weights));
  const product = places.map((place, i) => (window[i] ?? 0) * wave(frequency * place));
  const share = frequency === 0 ? 0 : sumOf(product);
  return product.map((value, i) => value - share * (window[i] ?? 0));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
