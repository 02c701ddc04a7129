/**
 * From the layout of kernels in TensorFlow's files to that of the graph.
 * @module
 */

/** A kernel of the graph: [outputs, inputs, height, width], row-major. */
export interface Kernel {
  readonly shape: readonly [outputs: number, inputs: number, height: number, width: number];
  readonly data: Float32Array;
}

/**
 * A kernel stored as height x width x inputs x outputs.
 * @param inputOrder which stored input each input of the result is; as stored when left out
 */
export function kernelFromTensorFlow(
  stored: Float32Array,
  [height, width, inputs, outputs]: readonly [number, number, number, number],
  inputOrder: readonly number[] = Array.from({ length: inputs }, (_, i) => i),
): Kernel {
  const data = new Float32Array(stored.length);
  let next = 0;
  for (let output = 0; output < outputs; output++) {
    for (const input of inputOrder) {
      for (let pixel = 0; pixel < height * width; pixel++) {
        data[next++] = stored[(pixel * inputs + input) * outputs + output] ?? 0;
      }
    }
  }
  return { shape: [outputs, inputs, height, width], data };
}
