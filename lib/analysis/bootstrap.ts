/**
 * How sure a mean is, by drawing the sample again.
 * @module
 */
import { uniformValues } from "../frames/noise.ts";
import { quantile } from "./descriptive.ts";

/** A mean, and between what it lies. */
export interface MeanInterval {
  /** How many values. */
  readonly count: number;
  /** Of all of them. */
  readonly mean: number;
  /** Lower end of the interval; absent for one value, of which nothing is known. */
  readonly low?: number;
  /** Upper end of the interval. */
  readonly high?: number;
}

/** How it is drawn. */
export interface BootstrapSettings {
  /** Of the counter-based noise that draws. */
  readonly seed: number;
  /** How often. */
  readonly resamples: number;
  /** The share of the resampled means that lies within. */
  readonly confidence: number;
}

/**
 * The mean of a sample with its bootstrap interval, by percentiles (Efron & Tibshirani, An Introduction to the Bootstrap, 1993,
 * chapter 13). The same seed draws the same resamples. Undefined for an empty sample.
 */
export function bootstrapMean(
  values: readonly number[],
  { seed, resamples, confidence }: BootstrapSettings,
): MeanInterval | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { count, mean };
  const draws = uniformValues({ seed, frame: 0, purpose: "bootstrap" }, resamples * count);
  const means = Array.from({ length: resamples }, (_, resample) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[Math.floor(draws[resample * count + i]! * count)]!;
    return sum / count;
  });
  const outside = (1 - confidence) / 2;
  return { count, mean, low: quantile(means, outside), high: quantile(means, 1 - outside) };
}
