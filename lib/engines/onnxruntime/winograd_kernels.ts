/**
 * Kernels as Winograd's convolution multiplies with them. They are large (512 x 512 channels: 37 MB for tiles of 4 x 4),
 * so each is made once and shared by all programs.
 * @module
 */
import { type TileSize, winogradTransforms } from "./winograd_matrices.ts";

/** Which channels of a transformed kernel vary fastest. */
export type KernelOrder = "outputs last" | "inputs last";

/** A kernel [outputs, inputs, 3, 3]. */
export interface Kernel {
  readonly data: Float32Array;
  readonly outputs: number;
  readonly inputs: number;
}

const made = new WeakMap<Float32Array, Map<string, Float32Array>>();

/**
 * The kernel at every point of a tile, [(m + 2)^2, inputs, outputs] or [(m + 2)^2, outputs, inputs], computed in float64. The
 * same array for the same arguments as long as the kernel's data are in use.
 */
export function winogradKernel(kernel: Kernel, tile: TileSize, order: KernelOrder): Float32Array {
  const variants = made.get(kernel.data) ?? new Map<string, Float32Array>();
  made.set(kernel.data, variants);
  const name = `${tile} ${order} ${kernel.outputs} ${kernel.inputs}`;
  const known = variants.get(name);
  if (known) return known;
  const transformed = transform(kernel, tile, order);
  variants.set(name, transformed);
  return transformed;
}

function transform(
  { data: kernel, outputs, inputs }: Kernel,
  tile: TileSize,
  order: KernelOrder,
): Float32Array {
  const along = winogradTransforms(tile).kernel;
  const size = tile + 2;
  const transformed = new Float32Array(size * size * inputs * outputs);
  const columns = new Float64Array(size * 3);
  const [slow, fast] = order === "outputs last" ? [inputs, outputs] : [outputs, inputs];
  // In the order of what is written, which is the larger array.
  for (let outer = 0; outer < slow; outer++) {
    for (let inner = 0; inner < fast; inner++) {
      const [output, input] = order === "outputs last" ? [inner, outer] : [outer, inner];
      const first = (output * inputs + input) * 9;
      for (let row = 0; row < size; row++) {
        const [top, middle, bottom] = [along[row * 3]!, along[row * 3 + 1]!, along[row * 3 + 2]!];
        for (let column = 0; column < 3; column++) {
          columns[row * 3 + column] = top * kernel[first + column]! + middle * kernel[first + 3 + column]! +
            bottom * kernel[first + 6 + column]!;
        }
      }
      for (let point = 0; point < size * size; point++) {
        const row = Math.floor(point / size) * 3;
        const column = (point % size) * 3;
        transformed[(point * slow + outer) * fast + inner] = columns[row]! * along[column]! +
          columns[row + 1]! * along[column + 1]! + columns[row + 2]! * along[column + 2]!;
      }
    }
  }
  return transformed;
}
