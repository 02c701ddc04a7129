/**
 * Random phases for the spectrum of real values, in any number of dimensions.
 * @module
 */
import type { ComplexArray, Fourier } from "../frames/fourier.ts";

/** Whether random angles are added to the phases, or take their place. */
export type PhaseMode = "add" | "replace";

/**
 * Gives real values random phases and keeps their amplitudes. The angles are those of the spectrum of real noise, so that
 * they have its symmetry (what comes out is real) and are 0 or pi where a frequency is its own negative. At zero frequency
 * there is none: the mean stays.
 *
 * @param values in `real` the values, in `imaginary` as much real noise. One transform serves both: its even part is the
 * spectrum of the values and its odd part, times i, that of the noise. Afterwards `real` has the result.
 * @returns the largest magnitude that is left in `imaginary`, where all should be 0
 */
export function randomizePhases(fourier: Fourier, values: ComplexArray, mode: PhaseMode): number {
  fourier.forward(values);
  turnSpectrum(values, mode);
  fourier.inverse(values);
  return values.imaginary.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Goes through all pairs of a frequency and its negative; a frequency that is its own is a pair with itself. */
function turnSpectrum(values: ComplexArray, mode: PhaseMode): void {
  const [width = 1, ...outer] = values.shape.toReversed();
  const rows = outer.reduce((product, length) => product * length, 1);
  for (let row = 0; row < rows; row++) {
    const negative = negativeOf(row, outer);
    if (negative < row) continue;
    const last = negative === row ? Math.floor(width / 2) : width - 1;
    for (let column = 0; column <= last; column++) {
      turnPair(values, row * width + column, negative * width + (width - column) % width, mode);
    }
  }
}

/** The row of the negative frequencies. @param lengths of the dimensions before the last one, from behind */
function negativeOf(row: number, lengths: readonly number[]): number {
  let negative = 0;
  let step = 1;
  for (const length of lengths) {
    negative += (length - row % length) % length * step;
    row = Math.floor(row / length);
    step *= length;
  }
  return negative;
}

/** Turns a value's coefficient by the angle of the noise's, at a frequency and, conjugated, at its negative. */
function turnPair({ real, imaginary }: ComplexArray, at: number, negative: number, mode: PhaseMode): void {
  const [a, b, aNegative, bNegative] = [real[at]!, imaginary[at]!, real[negative]!, imaginary[negative]!];
  const re = (a + aNegative) / 2;
  const im = (b - bNegative) / 2;
  const noiseRe = (b + bNegative) / 2;
  const noiseIm = (aNegative - a) / 2;
  const length = Math.sqrt(noiseRe * noiseRe + noiseIm * noiseIm);
  const [cosine, sine] = length === 0 ? [1, 0] : [noiseRe / length, noiseIm / length];
  let [turnedRe, turnedIm] = [re, im];
  if (at !== 0 && mode === "add") {
    turnedRe = re * cosine - im * sine;
    turnedIm = re * sine + im * cosine;
  } else if (at !== 0) {
    const amplitude = Math.sqrt(re * re + im * im);
    turnedRe = amplitude * cosine;
    turnedIm = amplitude * sine;
  }
  real[at] = turnedRe;
  imaginary[at] = turnedIm;
  real[negative] = turnedRe;
  imaginary[negative] = -turnedIm;
  // A frequency that is its own negative has no imaginary part.
  if (at === negative) imaginary[at] = 0;
}
