/**
 * Transfer of a color distribution: Pitié, Kokaram & Dahyot, "Automated colour grading using colour distribution
 * transfer" (CVIU 2007), with the fixed rotations and bins of the STST code.
 * @module
 */
import { matchDistribution } from "./match_distribution.ts";
import { type Rotation, rotations } from "./rotations.ts";

/** Bins of each cumulative histogram. */
const binCount = 300;

/** One coordinate of every pixel along an axis. */
function project(pixels: Float64Array, axis: Rotation[number]): Float64Array {
  const [red, green, blue] = axis;
  const along = new Float64Array(pixels.length / 3);
  for (let i = 0; i < along.length; i++) {
    along[i] = red * pixels[3 * i]! + green * pixels[3 * i + 1]! + blue * pixels[3 * i + 2]!;
  }
  return along;
}

/** Moves every pixel along an axis, each by its own length. */
function move(pixels: Float64Array, axis: Rotation[number], lengths: Float64Array): void {
  const [red, green, blue] = axis;
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i]!;
    pixels[3 * i] = pixels[3 * i]! + red * length;
    pixels[3 * i + 1] = pixels[3 * i + 1]! + green * length;
    pixels[3 * i + 2] = pixels[3 * i + 2]! + blue * length;
  }
}

/**
 * `source` (RGB triples) with the color distribution of `target` (RGB triples, of any number), clipped to [0, 1].
 * `bins` is for tests.
 */
export function pdfTransfer(source: Float64Array, target: Float64Array, bins = binCount): Float64Array {
  const moved = source.slice();
  for (const rotation of rotations) {
    // All three axes look at the colors before this rotation moved any.
    const changes = rotation.map((axis) => {
      const along = project(moved, axis);
      const matched = matchDistribution(along, project(target, axis), bins);
      for (let i = 0; i < along.length; i++) matched[i] = matched[i]! - along[i]!;
      return matched;
    });
    rotation.forEach((axis, row) => move(moved, axis, changes[row]!));
  }
  return moved.map((value) => Math.min(Math.max(value, 0), 1));
}

/** `source` with the distribution of `target`, both gray RGB triples, clipped to [0, 1]: exact in one step. */
export function grayTransfer(source: Float64Array, target: Float64Array): Float64Array {
  const gray = [1, 0, 0] as const;
  const matched = matchDistribution(project(source, gray), project(target, gray), binCount);
  return source.map((_, i) => Math.min(Math.max(matched[Math.floor(i / 3)]!, 0), 1));
}
