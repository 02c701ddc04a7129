/**
 * Weights that mean nothing, for timing a network whose weights are not on this machine: it takes as long with any.
 * @module
 */
import type { Kernel } from "./kernel_layout.ts";

/** So many values are made; a kernel repeats them, for twenty million numbers would take longer than what is timed. */
const period = 4093;

/**
 * A convolution's kernel and its bias: uniform around 0 with variance 2 / inputs, so that activations neither vanish nor grow
 * (He et al. 2015). Always the same.
 */
export function standInConvolution(
  shape: Kernel["shape"],
): { readonly kernel: Kernel; readonly bias: Float32Array } {
  const [outputs, inputs, height, width] = shape;
  const fanIn = inputs * height * width;
  const bound = Math.sqrt(6 / fanIn);
  const data = new Float32Array(outputs * fanIn);
  let state = 1;
  for (let index = 0; index < Math.min(period, data.length); index++) {
    state = Math.imul(state, 48271) >>> 0;
    data[index] = bound * (state / 2 ** 31 - 1);
  }
  for (let filled = period; filled < data.length; filled *= 2) data.copyWithin(filled, 0, filled);
  return { kernel: { shape, data }, bias: new Float32Array(outputs) };
}
