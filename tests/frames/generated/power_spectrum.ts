/**
 * Power spectra of square frames, by the definition of the Fourier transform.
 * @module
 */
import { grayValues } from "../../../lib/frames/gray.ts";
import type { Frame } from "../../../lib/frames/frame.ts";

/** Transforms `lines` lines of `side` complex values each, `step` apart, in place. */
function transformLines(
  real: Float64Array,
  imaginary: Float64Array,
  side: number,
  along: number,
  across: number,
): void {
  const cosines = Float64Array.from({ length: side }, (_, i) => Math.cos((2 * Math.PI * i) / side));
  const sines = Float64Array.from({ length: side }, (_, i) => Math.sin((2 * Math.PI * i) / side));
  for (let line = 0; line < side; line++) {
    const sums = Array.from({ length: side }, (_, frequency) => {
      let re = 0;
      let im = 0;
      for (let i = 0; i < side; i++) {
        const at = line * across + i * along;
        const turn = (frequency * i) % side;
        re += real[at]! * cosines[turn]! + imaginary[at]! * sines[turn]!;
        im += imaginary[at]! * cosines[turn]! - real[at]! * sines[turn]!;
      }
      return [re, im] as const;
    });
    sums.forEach(([re, im], i) => {
      real[line * across + i * along] = re;
      imaginary[line * across + i * along] = im;
    });
  }
}

/**
 * By which power of the frequency the power of the frames' gray falls, from `lowest` to `highest` cycles per side:
 * the slope of a line through the logarithms of the means over rings. A Hann window hides the borders.
 */
export function spectralSlope(frames: readonly Frame[], lowest: number, highest: number): number {
  const side = frames[0]!.height;
  const rings = Array.from({ length: side }, () => ({ sum: 0, count: 0 }));
  for (const frame of frames) {
    const gray = grayValues(frame);
    const mean = gray.reduce((sum, value) => sum + value, 0) / gray.length;
    const hann = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side);
    const real = Float64Array.from(
      gray,
      (value, i) => (value - mean) * hann(i % side) * hann(Math.floor(i / side)),
    );
    const imaginary = new Float64Array(real.length);
    transformLines(real, imaginary, side, 1, side);
    transformLines(real, imaginary, side, side, 1);
    for (let i = 0; i < real.length; i++) {
      const wrap = (k: number) => Math.min(k, side - k);
      const ring = rings[Math.round(Math.hypot(wrap(i % side), wrap(Math.floor(i / side))))]!;
      ring.sum += real[i]! ** 2 + imaginary[i]! ** 2;
      ring.count++;
    }
  }
  const points = rings.slice(lowest, highest + 1).map(({ sum, count }, i) =>
    [Math.log(lowest + i), Math.log(sum / count)] as const
  );
  // Low frequencies have few rings: each octave counts the same.
  const weights = points.map((_, i) => 1 / (lowest + i));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (axis: 0 | 1) =>
    points.reduce((sum, point, i) => sum + weights[i]! * point[axis], 0) / total;
  const [x, y] = [meanOf(0), meanOf(1)];
  const covariance = points.reduce((sum, point, i) => sum + weights[i]! * (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point, i) => sum + weights[i]! * (point[0] - x) ** 2, 0);
}
