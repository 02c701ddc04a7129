/**
 * Amplitude spectra of gray clips: over space, averaged around circles, and over time, averaged over pixels. Amplitudes are those of
 * the unitary transform (divided by the root of the number of values), so that white noise has the same at any size. No window is
 * applied, as in the SHINE toolbox (Willenbockel et al. 2010).
 * @module
 */
import type { ComplexArray, Fourier } from "../frames/fourier.ts";
import type { Size } from "../frames/frame.ts";
import { radiiOf } from "../frames/radial_frequency.ts";
import { slope } from "./descriptive.ts";

/** Below this an amplitude is rounding: one gray level in one pixel of the largest frame makes a hundred times as much. */
const rounding = 1e-9;

/** The spatial frequencies of a radial spectrum, in cycles per pixel: 1, 2, 3 ... cycles per shorter side, up to half a cycle per pixel. */
export function radialFrequencies({ height, width }: Size): number[] {
  const side = Math.min(height, width);
  return Array.from({ length: Math.floor(side / 2) }, (_, ring) => (ring + 1) / side);
}

/**
 * The radial amplitude spectrum of a gray frame: for each of `radialFrequencies` the mean amplitude of the two-dimensional transform
 * over all frequencies that are nearer to it than to its neighbors, whatever their orientation.
 * @param gray height x width
 */
export function radialAmplitudes(fourier: Fourier, gray: Float32Array, { height, width }: Size): number[] {
  const side = Math.min(height, width);
  const rings = Math.floor(side / 2);
  const sums = new Float64Array(rings + 1);
  const counts = new Float64Array(rings + 1);
  const spectrum = complexOf(gray, [height, width]);
  fourier.forward(spectrum);
  for (const [at, ring] of radiiOf({ height, width }).entries()) {
    if (ring > rings) continue;
    sums[ring]! += amplitude(spectrum, at);
    counts[ring]!++;
  }
  const unit = Math.sqrt(height * width);
  return Array.from({ length: rings }, (_, i) => withoutRounding(sums[i + 1]! / counts[i + 1]! / unit));
}

/** The temporal frequencies of a clip, in cycles per frame: 1, 2, 3 ... cycles per clip, up to half a cycle per frame. */
export function temporalFrequencies(frames: number): number[] {
  return Array.from({ length: Math.floor(frames / 2) }, (_, k) => (k + 1) / frames);
}

/**
 * The amplitude at each of `temporalFrequencies` of a number of pixels over time, summed over the pixels.
 * @param gray frames x pixels
 */
export function temporalAmplitudeSums(fourier: Fourier, gray: Float32Array, frames: number): number[] {
  const pixels = gray.length / frames;
  const spectrum = complexOf(gray, [frames, pixels]);
  fourier.forward(spectrum, [0]);
  return Array.from({ length: Math.floor(frames / 2) }, (_, k) => {
    let sum = 0;
    for (let pixel = 0; pixel < pixels; pixel++) sum += amplitude(spectrum, (k + 1) * pixels + pixel);
    return sum;
  });
}

/** The mean amplitude over the pixels, from the sums of all of them. */
export function temporalAmplitudes(sums: readonly number[], frames: number, pixels: number): number[] {
  return sums.map((sum) => withoutRounding(sum / pixels / Math.sqrt(frames)));
}

/**
 * The slope of an amplitude spectrum: of the least-squares line through log amplitude over log frequency, each frequency counting
 * once; about -1 for natural images (Field 1987), 0 for white noise. Undefined where fewer than three frequencies have any amplitude.
 */
export function spectralSlope(
  frequencies: readonly number[],
  amplitudes: readonly number[],
): number | undefined {
  const points = frequencies.flatMap((frequency, i) => {
    const amplitude = amplitudes[i] ?? 0;
    return amplitude > 0 ? [[Math.log(frequency), Math.log(amplitude)] as const] : [];
  });
  if (points.length < 3) return undefined;
  return slope(points.map(([, y]) => y), points.map(([x]) => x));
}

function withoutRounding(amplitude: number): number {
  return amplitude < rounding ? 0 : amplitude;
}

function complexOf(values: Float32Array, shape: readonly number[]): ComplexArray {
  return { shape, real: Float64Array.from(values), imaginary: new Float64Array(values.length) };
}

function amplitude({ real, imaginary }: ComplexArray, at: number): number {
  return Math.hypot(real[at]!, imaginary[at]!);
}
