/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1).
 * @module
 */
import type { AdamSettings } from "../settings.ts";
import { clip, type Optimizer } from "./optimizer.ts";

/** x <- clip(x - rate m / (sqrt(v) + epsilon), 0, 1) with m and v the bias-corrected mean gradient and mean squared gradient. */
export function adam({ beta1, beta2, epsilon }: AdamSettings): Optimizer {
  return {
    name: "adam",
    init: ({ data }) => ({ adam_m: new Float64Array(data.length), adam_v: new Float64Array(data.length) }),
    update({ frame, gradient, learningRate, iteration, state }) {
      if (!gradient.every(Number.isFinite)) return { frame, state, moved: false };
      const { adam_m: before, adam_v: beforeSquared } = state;
      if (before === undefined || beforeSquared === undefined) throw new Error("adam without its state");
      const m = before.map((value, i) => beta1 * value + (1 - beta1) * gradient[i]!);
      const v = beforeSquared.map((value, i) => beta2 * value + (1 - beta2) * gradient[i]! ** 2);
      const [meanScale, squareScale] = [1 / (1 - beta1 ** iteration), 1 / (1 - beta2 ** iteration)];
      const data = frame.data.map((value, i) => {
        const divisor = Math.sqrt(v[i]! * squareScale) + epsilon;
        return divisor === 0 ? value : clip(value - learningRate * m[i]! * meanScale / divisor);
      });
      const typical = Math.sqrt(squareScale * v.reduce((sum, value) => sum + value, 0) / v.length);
      return {
        frame: { ...frame, data },
        state: { adam_m: m, adam_v: v },
        moved: true,
        ...(epsilon > typical && typical > 0 && { slowed: 1 + epsilon / typical }),
      };
    },
  };
}
