/**
 * Transfer of a color distribution: Pitié, Kokaram & Dahyot, "Automated colour grading using colour distribution
 * transfer" (CVIU 2007), with the fixed rotations and bins of the STST code.
 * @module
 */
import { clipToUnit } from "./clip_to_unit.ts";
import { matchDistribution } from "./match_distribution.ts";
import { type Rotation, rotations } from "./rotations.ts";

/** Bins of each cumulative histogram. */
const binCount = 300;

/** A number of every pixel along each of three axes. */
type Coordinates = readonly [Float64Array, Float64Array, Float64Array];

function coordinatesOf(pixelCount: number): Coordinates {
  return [new Float64Array(pixelCount), new Float64Array(pixelCount), new Float64Array(pixelCount)];
}

/** Where every pixel lies along the axes. */
function project(pixels: Float64Array, [a, b, c]: Rotation, [alongA, alongB, alongC]: Coordinates): void {
  for (let i = 0; i < alongA.length; i++) {
    const red = pixels[3 * i]!;
    const green = pixels[3 * i + 1]!;
    const blue = pixels[3 * i + 2]!;
    alongA[i] = a[0] * red + a[1] * green + a[2] * blue;
    alongB[i] = b[0] * red + b[1] * green + b[2] * blue;
    alongC[i] = c[0] * red + c[1] * green + c[2] * blue;
  }
}

/** Moves every pixel along the axes, from one place to another. */
function move(pixels: Float64Array, [a, b, c]: Rotation, from: Coordinates, to: Coordinates): void {
  const [fromA, fromB, fromC] = from;
  const [toA, toB, toC] = to;
  for (let i = 0; i < fromA.length; i++) {
    const onA = toA[i]! - fromA[i]!;
    const onB = toB[i]! - fromB[i]!;
    const onC = toC[i]! - fromC[i]!;
    pixels[3 * i] = pixels[3 * i]! + a[0] * onA + b[0] * onB + c[0] * onC;
    pixels[3 * i + 1] = pixels[3 * i + 1]! + a[1] * onA + b[1] * onB + c[1] * onC;
    pixels[3 * i + 2] = pixels[3 * i + 2]! + a[2] * onA + b[2] * onB + c[2] * onC;
  }
}

/**
 * `source` (RGB triples) with the color distribution of `target` (RGB triples, of any number), clipped to [0, 1].
 * `bins` is for tests.
 */
export function pdfTransfer(source: Float64Array, target: Float64Array, bins = binCount): Float64Array {
  const moved = source.slice();
  // Allocated once: new memory for each rotation would cost as much as the rotation.
  const from = coordinatesOf(source.length / 3);
  const to = coordinatesOf(source.length / 3);
  const wanted = coordinatesOf(target.length / 3);
  for (const rotation of rotations) {
    project(moved, rotation, from);
    project(target, rotation, wanted);
    for (const axis of [0, 1, 2] as const) matchDistribution(from[axis], wanted[axis], bins, to[axis]);
    move(moved, rotation, from, to);
  }
  return clipToUnit(moved);
}

/** `source` with the distribution of `target`, both gray RGB triples, clipped to [0, 1]: exact in one step. */
export function grayTransfer(source: Float64Array, target: Float64Array): Float64Array {
  const from = firstChannel(source);
  const matched = clipToUnit(matchDistribution(from, firstChannel(target), binCount, from.slice()));
  return source.map((_, i) => matched[Math.floor(i / 3)]!);
}

function firstChannel(pixels: Float64Array): Float64Array {
  return new Float64Array(pixels.length / 3).map((_, i) => pixels[3 * i]!);
}
