/**
 * MSOE's last convolution, of single pixels, as a matrix: what is linear need not see the 64 channels that it makes of 32.
 * @module
 */
import type { Kernel } from "../kernel_layout.ts";
import type { ConvolutionWeights } from "./weights.ts";

/** [outputs, inputs + 1]: the kernel with the bias as the weight of one more input, which is 1 everywhere. */
export function mixingMatrix({ kernel: { shape: [outputs, inputs], data }, bias }: ConvolutionWeights) {
  const matrix = new Float32Array(outputs * (inputs + 1));
  for (let output = 0; output < outputs; output++) {
    matrix.set(data.subarray(output * inputs, (output + 1) * inputs), output * (inputs + 1));
    matrix[output * (inputs + 1) + inputs] = bias[output] ?? 0;
  }
  return { shape: [outputs, inputs + 1], data: matrix } as const;
}

/**
 * A kernel that keeps all inputs and adds an output, and a bias that makes this 1 where all else stays. As a convolution:
 * ONNX Runtime joins channels on one thread.
 */
export function withOne(inputs: number): { readonly kernel: Kernel; readonly bias: Float32Array } {
  const data = new Float32Array((inputs + 1) * inputs);
  for (let input = 0; input < inputs; input++) data[input * inputs + input] = 1;
  const bias = new Float32Array(inputs + 1);
  bias[inputs] = 1;
  return { kernel: { shape: [inputs + 1, inputs, 1, 1], data }, bias };
}
