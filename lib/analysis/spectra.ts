/**
 * Amplitude spectra of gray clips: over space, averaged around circles, and over time, averaged over pixels. Amplitudes are those of
 * the unitary transform (divided by the root of the number of values), so that white noise has the same at any size. No window is
 * applied, as in the SHINE toolbox (Willenbockel et al. 2010).
 * @module
 */
import type { Size } from "../frames/frame.ts";
import type { ComplexPlane } from "../frames/generated/fourier.ts";
import { lineTransform } from "./fourier.ts";
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
export function radialAmplitudes(gray: Float32Array, size: Size): number[] {
  const { height, width } = size;
  const side = Math.min(height, width);
  const rings = Math.floor(side / 2);
  const sums = new Float64Array(rings + 1);
  const weights = new Float64Array(rings + 1);
  eachAmplitude(gray, size, (row, column, amplitude) => {
    const up = Math.min(row, height - row) / height;
    const ring = Math.round(Math.hypot(up, column / width) * side);
    if (ring > rings) return;
    // The other half of the plane mirrors this one.
    const weight = column === 0 || 2 * column === width ? 1 : 2;
    sums[ring]! += weight * amplitude;
    weights[ring]! += weight;
  });
  const unit = Math.sqrt(height * width);
  return Array.from({ length: rings }, (_, i) => withoutRounding(sums[i + 1]! / weights[i + 1]! / unit));
}

/** Visits the half of the transform of a real plane that says all: frequencies of 0 to half a cycle per pixel along the rows. */
function eachAmplitude(
  values: Float32Array,
  { height, width }: Size,
  visit: (row: number, column: number, amplitude: number) => void,
): void {
  const columns = Math.floor(width / 2) + 1;
  const half = emptyPlane(height, columns);
  const across = lineTransform(width);
  const line = emptyPlane(1, width);
  for (let row = 0; row < height; row += 2) {
    // Two rows at a time, one as the real and one as the imaginary part.
    for (let column = 0; column < width; column++) {
      line.real[column] = values[row * width + column]!;
      line.imaginary[column] = row + 1 < height ? values[(row + 1) * width + column]! : 0;
    }
    across(line, 0, 1);
    for (let column = 0; column < columns; column++) {
      const [first, second] = separated(line, column, width);
      half.real[row * columns + column] = first.real;
      half.imaginary[row * columns + column] = first.imaginary;
      if (row + 1 >= height) continue;
      half.real[(row + 1) * columns + column] = second.real;
      half.imaginary[(row + 1) * columns + column] = second.imaginary;
    }
  }
  const down = lineTransform(height);
  for (let column = 0; column < columns; column++) {
    down(half, column, columns);
    for (let row = 0; row < height; row++) {
      const at = row * columns + column;
      visit(row, column, Math.hypot(half.real[at]!, half.imaginary[at]!));
    }
  }
}

/** The temporal frequencies of a clip, in cycles per frame: 1, 2, 3 ... cycles per clip, up to half a cycle per frame. */
export function temporalFrequencies(frames: number): number[] {
  return Array.from({ length: Math.floor(frames / 2) }, (_, k) => (k + 1) / frames);
}

/**
 * The amplitude at each of `temporalFrequencies` of a number of pixels over time, summed over the pixels.
 * @param gray frames x pixels
 */
export function temporalAmplitudeSums(gray: Float32Array, frames: number): number[] {
  const pixels = gray.length / frames;
  const sums = new Float64Array(Math.floor(frames / 2));
  const transform = lineTransform(frames);
  const line = emptyPlane(1, frames);
  for (let pixel = 0; pixel < pixels; pixel += 2) {
    for (let time = 0; time < frames; time++) {
      line.real[time] = gray[time * pixels + pixel]!;
      line.imaginary[time] = pixel + 1 < pixels ? gray[time * pixels + pixel + 1]! : 0;
    }
    transform(line, 0, 1);
    for (let k = 1; k <= sums.length; k++) {
      const [first, second] = separated(line, k, frames);
      sums[k - 1]! += Math.hypot(first.real, first.imaginary) + Math.hypot(second.real, second.imaginary);
    }
  }
  return Array.from(sums);
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

/** The transforms of the real and of the imaginary part, from that of both. */
function separated({ real, imaginary }: ComplexPlane, k: number, length: number) {
  const mirror = (length - k) % length;
  const [re, im, mirroredRe, mirroredIm] = [real[k]!, imaginary[k]!, real[mirror]!, imaginary[mirror]!];
  return [
    { real: (re + mirroredRe) / 2, imaginary: (im - mirroredIm) / 2 },
    { real: (im + mirroredIm) / 2, imaginary: (mirroredRe - re) / 2 },
  ] as const;
}

function withoutRounding(amplitude: number): number {
  return amplitude < rounding ? 0 : amplitude;
}

function emptyPlane(height: number, width: number): ComplexPlane {
  const values = () => new Float64Array(height * width);
  return { height, width, real: values(), imaginary: values() };
}
