/**
 * VGG-19's weights out of the HDF5 file that Keras publishes.
 * @module
 */
import { RunError } from "../../errors.ts";
import { type FloatArray, type Hdf5File, openHdf5 } from "../../formats/hdf5.ts";
import { type Kernel, kernelFromTensorFlow } from "../kernel_layout.ts";
import { requireFinite } from "../weights/finite.ts";
import { type Convolution, convolutions } from "./architecture.ts";

/** A convolution's kernel and its bias, one number per output. */
export interface ConvolutionWeights {
  readonly kernel: Kernel;
  readonly bias: Float32Array;
}

/** Weights by the convolution's name. */
export type Vgg19Weights = Readonly<Record<string, ConvolutionWeights>>;

/** The file's network takes BGR; with the inputs of its first kernels turned around it takes RGB. */
const reversed = [2, 1, 0];

/**
 * Reads a Keras file with or without the classifier. The first kernel is given for RGB.
 * Rejects with a RunError when the file is damaged or is of another network.
 */
export async function readKerasWeights(bytes: Uint8Array, where: string): Promise<Vgg19Weights> {
  using file = await openHdf5(bytes, where);
  return Object.fromEntries(convolutions.map((convolution) => {
    const [kernel, bias] = weightsOf(file, convolution, where);
    const { inputs, outputs } = convolution;
    const shape = [3, 3, inputs, outputs] as const;
    requireShape(kernel, shape, `${where}: kernel of ${convolution.name}`);
    requireShape(bias, [outputs], `${where}: bias of ${convolution.name}`);
    const order = inputs === 3 ? reversed : undefined;
    requireFinite(kernel.data, `${where}: kernel of ${convolution.name}`);
    requireFinite(bias.data, `${where}: bias of ${convolution.name}`);
    return [convolution.name, { kernel: kernelFromTensorFlow(kernel.data, shape, order), bias: bias.data }];
  }));
}

/** Keras names the datasets of a layer differently from version to version, but always lists them: kernel, bias. */
function weightsOf(
  file: Hdf5File,
  { name, block, place }: Convolution,
  where: string,
): [FloatArray, FloatArray] {
  const group = `block${block}_conv${place}`;
  const [kernel, bias] = file.has(group) ? file.strings(group, "weight_names") ?? [] : [];
  if (kernel === undefined || bias === undefined) {
    throw new RunError(
      `${where}: not the weights of VGG-19 in Keras's layout (no kernel and bias of ${name})`,
    );
  }
  return [file.floats(`${group}/${kernel}`), file.floats(`${group}/${bias}`)];
}

function requireShape(array: FloatArray, expected: readonly number[], what: string): void {
  if (array.shape.join() === expected.join()) return;
  throw new RunError(`${what} has shape [${array.shape.join(", ")}], expected [${expected.join(", ")}]`);
}
