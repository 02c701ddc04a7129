/**
 * MSOE's weights out of the .npz file that the authors of STST publish.
 * @module
 */
import { RunError } from "../../errors.ts";
import { decodeNpz, npzArray, type NpzArrays } from "../../formats/npz.ts";
import { requireFinite } from "../weights/finite.ts";
import { type Kernel, kernelFromTensorFlow } from "../kernel_layout.ts";

/** A convolution's kernel and its bias, one number per output. */
export interface ConvolutionWeights {
  readonly kernel: Kernel;
  readonly bias: Float32Array;
}

/** The weights of each stage. */
export interface MsoeWeights {
  /** 32 space-time filters of 11x11; input 0 is the previous frame. */
  readonly motion: ConvolutionWeights;
  /** 1x1: the filters' energies weighed into 64 channels. */
  readonly mixing: ConvolutionWeights;
  /** The decoder of flow: 3x3 over all 320 channels, then 1x1 to right and up. */
  readonly flowHidden: ConvolutionWeights;
  readonly flow: ConvolutionWeights;
}

/** Kernels of the file are time x height x width x inputs x outputs. */
type KernelShape = readonly [time: number, height: number, width: number, inputs: number, outputs: number];

/** Reads the file. Throws a RunError when it is damaged or is of another network. */
export function readMsoeWeights(bytes: Uint8Array, where: string): MsoeWeights {
  const arrays = decodeNpz(bytes, where);
  return {
    motion: convolution(arrays, "conv1", [2, 11, 11, 1, 32], where),
    mixing: convolution(arrays, "conv2", [1, 1, 1, 32, 64], where),
    flowHidden: convolution(arrays, "conv3", [1, 3, 3, 320, 64], where),
    flow: convolution(arrays, "conv4", [1, 1, 1, 64, 2], where),
  };
}

function convolution(arrays: NpzArrays, name: string, shape: KernelShape, where: string): ConvolutionWeights {
  const stored = floats(arrays, `${name}_w`, shape, where);
  const [time, height, width, inputs, outputs] = shape;
  const inputsOverTime = time * inputs;
  // Where there are two times there is one input, so that times can stand as inputs once they are the inner axis.
  const byPixel = time === 1 ? stored : timesInside(stored, time, height * width, inputs * outputs);
  return {
    kernel: kernelFromTensorFlow(byPixel, [height, width, inputsOverTime, outputs]),
    bias: floats(arrays, `${name}_b`, [outputs], where),
  };
}

/** [time, pixels, values] to [pixels, time, values]. */
function timesInside(stored: Float32Array, time: number, pixels: number, values: number): Float32Array {
  const moved = new Float32Array(stored.length);
  for (let t = 0; t < time; t++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const start = (t * pixels + pixel) * values;
      moved.set(stored.subarray(start, start + values), (pixel * time + t) * values);
    }
  }
  return moved;
}

function floats(arrays: NpzArrays, name: string, shape: readonly number[], where: string): Float32Array {
  const array = npzArray(arrays, name, where);
  if (array.data instanceof Float32Array && array.shape.join() === shape.join()) {
    requireFinite(array.data, `${where}: ${name}`);
    return array.data;
  }
  const found = `${array.data.constructor.name} [${array.shape.join(", ")}]`;
  throw new RunError(`${where}: ${name} is ${found}, expected Float32Array [${shape.join(", ")}]`);
}
