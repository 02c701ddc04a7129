/**
 * Bicubic scaling with antialiasing, for material of more than 8 bits or in linear light. Cubic and window are those
 * of ffmpeg's scaler, so that clips of 8 bits, which it scales, and others look the same.
 * @module
 */
import type { Frame, Size } from "./frame.ts";

/** The Mitchell-Netravali family's cubic with B = 0, C = 0.6 (Mitchell & Netravali 1988). */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.4 * x ** 3 - 2.4 * x ** 2 + 1;
  return x < 2 ? -0.6 * x ** 3 + 3 * x ** 2 - 4.8 * x + 2.4 : 0;
}

/** For one output position: which inputs, each once or more at an edge, and their weights, which sum to 1. */
interface Taps {
  readonly positions: Int32Array;
  readonly weights: Float64Array;
}

function tapsOf(from: number, to: number): readonly Taps[] {
  const stretch = Math.max(from / to, 1);
  return Array.from({ length: to }, (_, i) => {
    const center = ((i + 0.5) * from) / to - 0.5;
    const first = Math.ceil(center - 2 * stretch);
    const count = Math.floor(center + 2 * stretch) - first + 1;
    const raw = Float64Array.from({ length: count }, (_, k) => cubic((first + k - center) / stretch));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return {
      positions: Int32Array.from({ length: count }, (_, k) => Math.min(Math.max(first + k, 0), from - 1)),
      weights: raw.map((weight) => weight / sum),
    };
  });
}

/**
 * The frame at another size: bicubic, half-pixel centers, the kernel widened where it shrinks, edges replicated; computed
 * in float64, clipped to [0, 1]. A frame that already has the size is returned as it is.
 */
export function scaleBicubic(frame: Frame, { height, width }: Size): Frame {
  if (frame.height === height && frame.width === width) return frame;
  const across = new Float64Array(frame.height * width * 3);
  tapsOf(frame.width, width).forEach(({ positions, weights }, x) => {
    for (let y = 0; y < frame.height; y++) {
      const row = y * frame.width;
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += weights[k]! * frame.data[(row + positions[k]!) * 3 + c]!;
        }
        across[(y * width + x) * 3 + c] = sum;
      }
    }
  });
  const data = new Float32Array(height * width * 3);
  const stride = width * 3;
  tapsOf(frame.height, height).forEach(({ positions, weights }, y) => {
    for (let i = 0; i < stride; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * across[positions[k]! * stride + i]!;
      data[y * stride + i] = Math.min(Math.max(sum, 0), 1);
    }
  });
  return { height, width, data };
}
