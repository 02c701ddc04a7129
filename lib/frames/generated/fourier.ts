/**
 * The discrete Fourier transform of planes whose sides are powers of two.
 * @module
 */

/** Complex values, row-major. */
export interface ComplexPlane {
  readonly height: number;
  readonly width: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Points of the unit circle, evenly spread. */
export interface Circle {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Cosines and sines of the angles 2 pi i / length. */
export function circle(length: number): Circle {
  const angles = Float64Array.from({ length }, (_, i) => (2 * Math.PI * i) / length);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}

/**
 * Replaces one line of `length` values, `step` apart, by its inverse transform without the division (Cooley & Tukey 1965).
 * @param length a power of two
 * @param circle of that length
 */
export function transformLine(
  { real, imaginary }: ComplexPlane,
  start: number,
  step: number,
  length: number,
  { cosines, sines }: Circle,
): void {
  const swap = (values: Float64Array, a: number, b: number) => {
    const kept = values[a]!;
    values[a] = values[b]!;
    values[b] = kept;
  };
  // Order the values by their reversed bits.
  for (let i = 1, reversed = 0; i < length; i++) {
    let bit = length >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (i < reversed) {
      swap(real, start + i * step, start + reversed * step);
      swap(imaginary, start + i * step, start + reversed * step);
    }
  }
  for (let half = 1; half < length; half *= 2) {
    const turn = length / (2 * half);
    for (let first = 0; first < length; first += 2 * half) {
      for (let i = 0; i < half; i++) {
        const upper = start + (first + i) * step;
        const lower = upper + half * step;
        const cosine = cosines[i * turn]!;
        const sine = sines[i * turn]!;
        const re = real[lower]! * cosine - imaginary[lower]! * sine;
        const im = real[lower]! * sine + imaginary[lower]! * cosine;
        real[lower] = real[upper]! - re;
        imaginary[lower] = imaginary[upper]! - im;
        real[upper] = real[upper]! + re;
        imaginary[upper] = imaginary[upper]! + im;
      }
    }
  }
}

/**
 * Replaces a plane F by f(y, x) = sum over v, u of F(v, u) exp(2 pi i (v y / height + u x / width)): the inverse
 * transform without its division by the number of values. Throws Error when a side is not a power of two.
 */
export function inverseTransform(plane: ComplexPlane): void {
  const { height, width } = plane;
  for (const side of [height, width]) {
    if (side < 1 || (side & (side - 1)) !== 0) throw new Error(`${side} is not a power of two`);
  }
  const [across, down] = [circle(width), circle(height)];
  for (let row = 0; row < height; row++) transformLine(plane, row * width, 1, width, across);
  for (let column = 0; column < width; column++) transformLine(plane, column, width, height, down);
}
