/**
 * The convolutions that have ways of their own.
 * @module
 */
import type { ConvolutionWindow } from "../../../graph/ops.ts";

/** Every output sees every channel, and the kernel's elements stand side by side. */
export function isPlainConvolution({ groups = 1, dilation = [1, 1] }: ConvolutionWindow): boolean {
  return groups === 1 && dilation.every((step) => step === 1);
}
