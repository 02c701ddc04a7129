/**
 * Gradient descent with a normalized gradient.
 * @module
 */
import type { DescentSettings } from "../settings.ts";
import { clip, type Optimizer } from "./optimizer.ts";
import { standardDeviation } from "./standard_deviation.ts";
import { areFinite } from "./vectors.ts";

/**
 * x <- clip(x - rate g / s, 0, 1) with s the standard deviation of g over all values (`true`), over each channel's
 * (`per_channel`), or 1 (`false`). Nothing is added to s: the 1e-8 of the authors' code would freeze the temporal
 * terms, whose gradient alone has a standard deviation of 4e-11.
 */
export function descent({ normalize_gradient }: DescentSettings): Optimizer {
  return {
    name: "descent",
    init: () => ({}),
    update({ frame, gradient, learningRate, state }) {
      const found = divisors(gradient, normalize_gradient);
      const usable = (s: number) => s > 0 && Number.isFinite(s);
      if (!found.some(usable)) return { frame, state, moved: false };
      const steps = found.map((s) => usable(s) ? learningRate / s : 0);
      const data = new Float32Array(frame.data.length);
      for (let i = 0; i < data.length; i++) data[i] = clip(frame.data[i]! - steps[i % 3]! * gradient[i]!);
      return { frame: { ...frame, data }, state, moved: true };
    },
  };
}

/** What each channel's gradient is divided by. */
function divisors(gradient: Float32Array, normalize: DescentSettings["normalize_gradient"]): number[] {
  switch (normalize) {
    case true:
      return Array(3).fill(standardDeviation(gradient));
    case false:
      return Array(3).fill(areFinite(gradient) ? 1 : NaN);
    case "per_channel":
      return [0, 1, 2].map((channel) => standardDeviation(gradient, channel, 3));
  }
}
