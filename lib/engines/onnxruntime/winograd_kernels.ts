/**
 * Kernels as Winograd's convolution multiplies with them. They are large (512 x 512 channels: 37 MB for tiles of 4 x 4),
 * so each is made once and shared by all programs.
 * @module
 */
import { type TileSize, winogradTransforms } from "./winograd_matrices.ts";

const made = new WeakMap<Float32Array, Map<TileSize, Float32Array>>();

/**
 * The kernel [outputs, inputs, 3, 3] at every point of a tile: [(m + 2)^2, inputs, outputs], computed in float64. The same
 * array for the same arguments as long as the kernel is in use.
 */
export function winogradKernel(
  kernel: Float32Array,
  { outputs, inputs }: { readonly outputs: number; readonly inputs: number },
  tile: TileSize,
): Float32Array {
  const byTile = made.get(kernel) ?? new Map<TileSize, Float32Array>();
  made.set(kernel, byTile);
  const known = byTile.get(tile);
  if (known) return known;
  const transformed = transform(kernel, outputs, inputs, tile);
  byTile.set(tile, transformed);
  return transformed;
}

function transform(kernel: Float32Array, outputs: number, inputs: number, tile: TileSize): Float32Array {
  const along = winogradTransforms(tile).kernel;
  const size = tile + 2;
  const transformed = new Float32Array(size * size * inputs * outputs);
  const columns = new Float64Array(size * 3);
  // Outputs innermost: they lie side by side in what is written, which is the larger array.
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
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
        transformed[(point * inputs + input) * outputs + output] = columns[row]! * along[column]! +
          columns[row + 1]! * along[column + 1]! + columns[row + 2]! * along[column + 2]!;
      }
    }
  }
  return transformed;
}
