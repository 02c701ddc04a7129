/**
 * By which arithmetic this program computes.
 * @module
 */

/**
 * To be raised by one with a change after which some loss or gradient is rounded otherwise: operations in another order,
 * another lowering, other tiles. A frame that was begun by another arithmetic then goes on with a warning, and manifests show
 * which frames came from which. It is in no key: where a stage makes something else, not the same rounded otherwise, its
 * `format` is to be raised. tests/engines/onnxruntime/arithmetic_test.ts states beside it what ONNX Runtime is given to compute.
 *
 * 1: of everything older than this number.
 */
export const arithmetic = 2;
