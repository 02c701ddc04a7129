/**
 * Regraining: a recolored picture gets back the gradient field of the picture that it was made from. After Pitié,
 * Kokaram & Dahyot (2007), with the constants of the STST code.
 * @module
 */
import type { Size } from "../frame.ts";
import { resizePlane } from "../resize.ts";
import { clipToUnit } from "./clip_to_unit.ts";

/** Sweeps at each level; every level has half the size of the one before. */
const sweepsPerLevel: readonly number[] = [4, 16, 32, 64, 64, 64];

/** A level is made only when both its sides are longer than this. */
const smallestSide = 20;

/** Share of the old value that a sweep keeps. */
const inertia = 0.2;

/** What a level's sweeps need, constant over them. */
interface Level {
  readonly size: Size;
  readonly original: Float64Array;
  readonly recolored: Float64Array;
  /** How strongly each pixel wants its new color: 0 where the picture is flat, 1 at edges. */
  readonly colorWeight: Float64Array;
  /** How strongly each pixel wants its old gradients: high where the picture is flat. */
  readonly gradientWeight: Float64Array;
}

function prepareLevel(original: Float64Array, recolored: Float64Array, size: Size, depth: number): Level {
  const { height, width } = size;
  const colorWeight = new Float64Array(height * width);
  const gradientWeight = new Float64Array(height * width);
  const strongest = 30 * 2 ** -depth;
  for (let y = 0; y < height; y++) {
    const above = Math.max(y - 1, 0) * width;
    const below = Math.min(y + 1, height - 1) * width;
    for (let x = 0; x < width; x++) {
      const left = (y * width + Math.max(x - 1, 0)) * 3;
      const right = (y * width + Math.min(x + 1, width - 1)) * 3;
      let squares = 0;
      for (let c = 0; c < 3; c++) {
        const across = original[right + c]! - original[left + c]!;
        const down = original[(below + x) * 3 + c]! - original[(above + x) * 3 + c]!;
        squares += across * across + down * down;
      }
      const steepness = Math.sqrt(squares);
      colorWeight[y * width + x] = Math.min((256 * steepness) / 5, 1);
      gradientWeight[y * width + x] = strongest / (1 + 10 * steepness);
    }
  }
  return { size, original, recolored, colorWeight, gradientWeight };
}

/** One Jacobi step: all of `to` from all of `from`. Beyond the border lies the border pixel itself. */
function sweep(level: Level, from: Float64Array, to: Float64Array): void {
  const { size: { height, width }, original, recolored, colorWeight, gradientWeight } = level;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = y * width + x;
      const right = x + 1 < width ? here + 1 : here;
      const left = x > 0 ? here - 1 : here;
      const below = y + 1 < height ? here + width : here;
      const above = y > 0 ? here - width : here;
      const own = gradientWeight[here]!;
      const toRight = (own + gradientWeight[right]!) / 2;
      const toBelow = (own + gradientWeight[below]!) / 2;
      const toLeft = (own + gradientWeight[left]!) / 2;
      const toAbove = (own + gradientWeight[above]!) / 2;
      const color = colorWeight[here]!;
      const all = toRight + toBelow + toLeft + toAbove;
      const step = (1 - inertia) / (color + all + 1e-6);
      for (let c = 0; c < 3; c++) {
        const at = here * 3 + c;
        const wanted = color * recolored[at]! + all * original[at]! +
          toRight * (from[right * 3 + c]! - original[right * 3 + c]!) +
          toBelow * (from[below * 3 + c]! - original[below * 3 + c]!) +
          toLeft * (from[left * 3 + c]! - original[left * 3 + c]!) +
          toAbove * (from[above * 3 + c]! - original[above * 3 + c]!);
        to[at] = step * wanted + inertia * from[at]!;
      }
    }
  }
}

/** Begins with what half the size gives; the smallest level begins with the original. */
function solve(
  original: Float64Array,
  recolored: Float64Array,
  size: Size,
  sweeps: readonly number[],
  depth: number,
): Float64Array {
  const { height, width } = size;
  const half = { height: Math.ceil(height / 2), width: Math.ceil(width / 2) };
  let current: Float64Array;
  if (depth + 1 < sweeps.length && half.height > smallestSide && half.width > smallestSide) {
    const halved = (values: Float64Array) =>
      resizePlane(values, size, half, 3, new Float64Array(half.height * half.width * 3));
    const coarse = solve(halved(original), halved(recolored), half, sweeps, depth + 1);
    current = resizePlane(coarse, half, size, 3, new Float64Array(height * width * 3));
  } else {
    current = original.slice();
  }
  const level = prepareLevel(original, recolored, size, depth);
  let next: Float64Array = new Float64Array(current.length);
  for (let count = sweeps[depth] ?? 0; count > 0; count--) {
    sweep(level, current, next);
    [current, next] = [next, current];
  }
  return current;
}

/**
 * The picture that keeps the gradient field of `original` and the colors of `recolored` (both height x width x 3),
 * clipped to [0, 1]. `sweeps` is for tests: sweeps at each level, finest first.
 */
export function regrain(
  original: Float64Array,
  recolored: Float64Array,
  size: Size,
  sweeps: readonly number[] = sweepsPerLevel,
): Float64Array {
  return clipToUnit(solve(original, recolored, size, sweeps, 0));
}
