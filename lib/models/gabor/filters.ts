/**
 * Oriented filters in quadrature: pairs of an even and an odd Gabor function.
 * @module
 */

/** Kernels of one side, each row-major, in the order even, odd for each orientation. */
export interface FilterBank {
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
  const kernels: Float32Array[] = [];
  for (let i = 0; i < orientations; i++) {
    const angle = (Math.PI * i) / orientations;
    for (const wave of [Math.cos, Math.sin]) {
      const window = sampled(side, (x, y) => Math.exp(-(x * x + y * y) / (2 * sigma * sigma)));
      const grating = sampled(
        side,
        (x, y) => wave((2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle))) / wavelength),
      );
      kernels.push(balanced(window, grating));
    }
  }
  return { side, kernels };
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
