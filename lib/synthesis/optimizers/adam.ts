/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1).
 * @module
 */
import type { AdamSettings } from "../settings.ts";
import { clip, type Optimizer } from "./optimizer.ts";
import { areFinite } from "./vectors.ts";

/** x <- clip(x - rate m / (sqrt(v) + epsilon), 0, 1) with m and v the bias-corrected mean gradient and mean squared gradient. */
export function adam({ beta1, beta2, epsilon }: AdamSettings): Optimizer {
  return {
    name: "adam",
    init: ({ data }) => ({ adam_m: new Float64Array(data.length), adam_v: new Float64Array(data.length) }),
    update({ frame, gradient, learningRate, iteration, state }) {
      if (!areFinite(gradient)) return { frame, state, moved: false };
      const { adam_m: before, adam_v: beforeSquared } = state;
      if (before === undefined || beforeSquared === undefined) throw new Error("adam without its state");
      const [meanScale, squareScale] = [1 / (1 - beta1 ** iteration), 1 / (1 - beta2 ** iteration)];
      const m = new Float64Array(gradient.length);
      const v = new Float64Array(gradient.length);
      const data = new Float32Array(gradient.length);
      let squares = 0;
      for (let i = 0; i < data.length; i++) {
        const value = frame.data[i]!;
        const mean = beta1 * before[i]! + (1 - beta1) * gradient[i]!;
        const square = beta2 * beforeSquared[i]! + (1 - beta2) * gradient[i]! ** 2;
        const divisor = Math.sqrt(square * squareScale) + epsilon;
        data[i] = divisor === 0 ? value : clip(value - learningRate * mean * meanScale / divisor);
        m[i] = mean;
        v[i] = square;
        squares += square;
      }
      const typical = Math.sqrt(squareScale * squares / v.length);
      return {
        frame: { ...frame, data },
        state: { adam_m: m, adam_v: v },
        moved: true,
        ...(epsilon > typical && typical > 0 && { slowed: 1 + epsilon / typical }),
      };
    },
  };
}
