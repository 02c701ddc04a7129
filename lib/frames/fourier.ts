/**
 * The discrete Fourier transform of arrays of any number of dimensions and any lengths, in float64, by OpenCV.
 * @module
 */
import { loadOpenCv, type OpenCv } from "./opencv.ts";

/** Complex values, row-major: the last dimension of `shape` is contiguous. */
export interface ComplexArray {
  /** Lengths of the dimensions. */
  readonly shape: readonly number[];
  /** Real parts. */
  readonly real: Float64Array;
  /** Imaginary parts. */
  readonly imaginary: Float64Array;
}

/** The transform over all dimensions, in place. */
export interface Fourier {
  /**
   * x becomes X(k) = sum over j of x(j) exp(-2 pi i (j1 k1 / n1 + j2 k2 / n2 + ...)).
   * @param dimensions the only ones over which it is taken, from 0
   */
  forward(values: ComplexArray, dimensions?: readonly number[]): void;
  /** X becomes x(j) = sum over k of X(k) exp(+2 pi i (j1 k1 / n1 + ...)) / (n1 n2 ...): what `forward` was given. */
  inverse(values: ComplexArray): void;
}

/** Complex values that OpenCV gets at a time: enough to make its calls cheap, few enough to stay in the cache. */
const valuesAtATime = 2 ** 16;

/** Loads the library (a thread's first call takes half a second) and resolves to the transform. */
export async function loadFourier(): Promise<Fourier> {
  const { cv } = await loadOpenCv();
  return {
    forward: (values, dimensions) => transform(cv, values, cv.DFT_ROWS, dimensions),
    inverse: (values) => transform(cv, values, cv.DFT_ROWS | cv.DFT_INVERSE | cv.DFT_SCALE),
  };
}

function transform(
  cv: OpenCv,
  values: ComplexArray,
  flags: number,
  dimensions: readonly number[] = Array.from(values.shape.keys()),
): void {
  const { shape, real, imaginary } = values;
  const count = shape.reduce((product, length) => product * length, 1);
  if (real.length !== count || imaginary.length !== count) {
    throw new Error(`${real.length} and ${imaginary.length} values for ${shape.join(" x ")}`);
  }
  let step = 1;
  for (const [dimension, length] of [...shape.entries()].toReversed()) {
    if (length > 1 && dimensions.includes(dimension)) transformAlong(cv, values, { length, step }, flags);
    step *= length;
  }
}

/** Transforms all lines of one dimension: `length` values, `step` apart. */
function transformAlong(
  cv: OpenCv,
  { real, imaginary }: ComplexArray,
  { length, step }: { readonly length: number; readonly step: number },
  flags: number,
): void {
  const lines = real.length / length;
  const linesAtATime = Math.min(lines, Math.max(1, Math.floor(valuesAtATime / length)));
  const matrix = new cv.Mat(linesAtATime, length, cv.CV_64FC2);
  try {
    for (let first = 0; first < lines; first += linesAtATime) {
      const block = Math.min(linesAtATime, lines - first);
      // Asked for anew: the memory that it looks at moves when OpenCV takes more of it.
      const given = matrix.data64F;
      for (let line = 0; line < block; line++) {
        const start = startOf(first + line, length, step);
        for (let i = 0, to = 2 * line * length; i < length; i++, to += 2) {
          given[to] = real[start + i * step]!;
          given[to + 1] = imaginary[start + i * step]!;
        }
      }
      cv.dft(matrix, matrix, flags, block);
      const made = matrix.data64F;
      for (let line = 0; line < block; line++) {
        const start = startOf(first + line, length, step);
        for (let i = 0, from = 2 * line * length; i < length; i++, from += 2) {
          real[start + i * step] = made[from]!;
          imaginary[start + i * step] = made[from + 1]!;
        }
      }
    }
  } finally {
    matrix.delete();
  }
}

/** Where a line begins: lines that are neighbors in memory follow each other. */
function startOf(line: number, length: number, step: number): number {
  return Math.floor(line / step) * step * length + line % step;
}
