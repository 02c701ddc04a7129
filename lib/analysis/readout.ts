/**
 * What a classifier's scores come to.
 * @module
 */

/** A class by its place among all, and its probability. */
export interface Guess {
  /** From 0. */
  readonly index: number;
  /** From 0 to 1. */
  readonly probability: number;
}

/** exp(x) of each score over the sum of all: from scores (logits) to probabilities. In float64. */
export function softmax(scores: Float32Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const raised = Float64Array.from(scores, (score) => Math.exp(score - most));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
}

/** The `count` most probable classes, the most probable first; of equal ones the one that stands first. */
export function mostProbable(probabilities: Float64Array, count: number): readonly Guess[] {
  return Array.from(probabilities, (probability, index): Guess => ({ index, probability }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, count);
}
