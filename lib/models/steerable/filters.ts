/**
 * Oriented filters in quadrature: pairs of an even and an odd Gabor function.
 * @module
 */

/** Kernels of one side, each row-major: the even ones of all orientations, then the odd ones. */
export interface FilterBank {
  readonly orientations: number;
  readonly side: number;
  readonly kernels: readonly Float32Array[];
}

/**
 * A bank of quadrature pairs whose gratings turn by equal steps from vertical stripes on.
 * @param wavelength of the grating in pixels
 * @param sigma of the Gaussian window in pixels
 * Every kernel sums to 0, so that flat regions give no response, and its absolute values sum to 1.
 */
export function quadraturePairs(
  { orientations, side, wavelength, sigma }: {
    readonly orientations: number;
    readonly side: number;
    readonly wavelength: number;
    readonly sigma: number;
  },
): FilterBank {
  const window = sampled(side, (x, y) => Math.exp(-(x * x + y * y) / (2 * sigma * sigma)));
  const kernels = [Math.cos, Math.sin].flatMap((wave) =>
    Array.from({ length: orientations }, (_, i) => {
      const [across, down] = waveDirection(i, orientations);
      return balanced(
        window,
        sampled(side, (x, y) => wave(2 * Math.PI * (x * across + y * down) / wavelength)),
      );
    })
  );
  return { orientations, side, kernels };
}

/** The direction [x, y] in which the grating of an orientation changes; its stripes run at right angles to it. */
export function waveDirection(orientation: number, orientations: number): readonly [x: number, y: number] {
  const angle = Math.PI * orientation / orientations;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Values at the pixels of a square around (0, 0). */
function sampled(side: number, value: (x: number, y: number) => number): number[] {
  const center = (side - 1) / 2;
  return Array.from(
    { length: side * side },
    (_, i) => value(i % side - center, Math.floor(i / side) - center),
  );
}

/** The product, less so much of the window that it sums to 0, of absolute sum 1. */
function balanced(window: readonly number[], grating: readonly number[]): Float32Array {
  const product = window.map((value, i) => value * (grating[i] ?? 0));
  const share = sumOf(product) / sumOf(window);
  const values = product.map((value, i) => value - share * (window[i] ?? 0));
  const size = sumOf(values.map(Math.abs));
  return Float32Array.from(values, (value) => value / size);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
