/**
 * Transfer of mean and standard deviation: Reinhard, Ashikhmin, Gooch & Shirley, "Color transfer between images"
 * (IEEE CG&A 2001).
 * @module
 */
import { labFromRgb, rgbFromLab, type Triple } from "../ruderman_lab.ts";

/** Below it a coordinate counts as constant. */
const smallestDeviation = 1e-9;

function toLab(pixels: Float64Array): Float64Array {
  const lab = new Float64Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 3) {
    lab.set(labFromRgb([pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]), at);
  }
  return lab;
}

function statistics(
  lab: Float64Array,
  coordinate: number,
): { readonly mean: number; readonly deviation: number } {
  const count = lab.length / 3;
  let sum = 0;
  for (let at = coordinate; at < lab.length; at += 3) sum += lab[at]!;
  const mean = sum / count;
  let squares = 0;
  for (let at = coordinate; at < lab.length; at += 3) squares += (lab[at]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}

/**
 * `source` (RGB triples) with the mean and the standard deviation of `target` in each coordinate of Ruderman's
 * l alpha beta, clipped to [0, 1]. A coordinate in which `source` is constant becomes the target's mean.
 */
export function meanStdLab(source: Float64Array, target: Float64Array): Float64Array {
  const from = toLab(source);
  const to = toLab(target);
  const [l, alpha, beta] = [0, 1, 2].map((coordinate) => {
    const own = statistics(from, coordinate);
    const wanted = statistics(to, coordinate);
    const gain = own.deviation > smallestDeviation ? wanted.deviation / own.deviation : 0;
    return (value: number) => (value - own.mean) * gain + wanted.mean;
  });
  const result = new Float64Array(source.length);
  for (let at = 0; at < from.length; at += 3) {
    const lab: Triple = [l!(from[at]!), alpha!(from[at + 1]!), beta!(from[at + 2]!)];
    result.set(rgbFromLab(lab).map((value) => Math.min(Math.max(value, 0), 1)), at);
  }
  return result;
}
