/**
 * Representational dissimilarity: how far apart patterns of activity are, and how alike two such geometries
 * (Kriegeskorte, Mur & Bandettini 2008, "Representational similarity analysis").
 * @module
 */
import { spearman } from "./rank_correlation.ts";

/** How the distance of two patterns is told. */
export type Distance = "correlation" | "euclidean";

const distances: { readonly [D in Distance]: (a: Float32Array, b: Float32Array) => number } = {
  correlation: correlationDistance,
  euclidean: euclideanDistance,
};

/**
 * The distance of each pair of patterns, the first with the second, the third ..., then the second with the third ...
 * (the upper triangle of the matrix, row by row, as SciPy's `pdist` has it).
 * Throws a RangeError when patterns have different lengths.
 */
export function dissimilarities(patterns: readonly Float32Array[], distance: Distance): Float64Array {
  const measure = distances[distance];
  const found = new Float64Array(patterns.length * (patterns.length - 1) / 2);
  let next = 0;
  for (const [index, pattern] of patterns.entries()) {
    for (const other of patterns.slice(index + 1)) found[next++] = measure(pattern, other);
  }
  return found;
}

/**
 * How alike two geometries are: Spearman's rank correlation of their dissimilarities (RSA).
 * Throws a RangeError when they are of different numbers of patterns.
 */
export function representationalSimilarity(a: Float64Array, b: Float64Array): number {
  return spearman(a, b);
}

/**
 * 1 minus Pearson's correlation, from 0 to 2. Of patterns that do not vary: 0 when both do not, 1 when one does not.
 * Sums in float64.
 */
export function correlationDistance(a: Float32Array, b: Float32Array): number {
  requireEqualLength(a, b);
  const [meanOfA, meanOfB] = [meanOf(a), meanOf(b)];
  let [products, squaresOfA, squaresOfB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanOfA, b[i]! - meanOfB];
    products += x * y;
    squaresOfA += x * x;
    squaresOfB += y * y;
  }
  if (squaresOfA === 0 || squaresOfB === 0) return squaresOfA === squaresOfB ? 0 : 1;
  const correlation = products / (Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB));
  return 1 - Math.min(Math.max(correlation, -1), 1);
}

/** The length of the difference. Sums in float64. */
export function euclideanDistance(a: Float32Array, b: Float32Array): number {
  requireEqualLength(a, b);
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(squares);
}

function meanOf(values: Float32Array): number {
  const [first = 0] = values;
  // The mean of equal numbers may be another one by rounding.
  if (values.every((value) => value === first)) return first;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function requireEqualLength(a: Float32Array, b: Float32Array): void {
  if (a.length !== b.length) throw new RangeError(`patterns of ${a.length} and of ${b.length} numbers`);
}
