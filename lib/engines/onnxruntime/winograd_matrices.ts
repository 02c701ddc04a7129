/**
 * The transforms of Winograd's convolution for kernels of 3 x 3.
 * @module
 */

/** How many outputs along one axis a tile has; its inputs are two more. */
export type TileSize = 2 | 4 | 5;

/** Of a tile of m x m outputs, n = m + 2, computed from n^2 products: all row-major. */
export interface WinogradTransforms {
  /** [n^2, n, n]: from a tile of the images to what is multiplied. */
  readonly images: Float64Array;
  /** [n, 3]: along each axis of a kernel, from the kernel to what is multiplied. */
  readonly kernel: Float64Array;
  /** [m^2, n^2]: from the products to the tile of the result. */
  readonly result: Float64Array;
}

const kernelSize = 3;

/** The finite points at which polynomials are evaluated; the last one is infinity. */
const points: { readonly [M in TileSize]: readonly number[] } = {
  2: [0, 1, -1],
  4: [0, 1, -1, 1 / 2, -2],
  5: [0, 1, -1, 1 / 2, -1 / 2, -2],
};

/**
 * The transforms of F(m x m, 3 x 3) by the construction of Toom and Cook (Winograd, "Arithmetic complexity of
 * computations", 1980; Lavin & Gray, "Fast algorithms for convolutional neural networks", CVPR 2016), in float64. Powers
 * of two are moved from the images' transform to the kernel's, so that what is multiplied is of one magnitude.
 */
export function winogradTransforms(tile: TileSize): WinogradTransforms {
  const finite = points[tile];
  const size = tile + kernelSize - 1;
  const images = new Float64Array(size * size);
  const kernel = new Float64Array(size * kernelSize);
  const result = new Float64Array(tile * size);
  for (let row = 0; row < size; row++) {
    const point = finite[row];
    const others = finite.filter((_, index) => index !== row);
    const polynomial = withRoots(others);
    const largest = Math.max(...polynomial.map(Math.abs));
    const scale = 2 ** Math.round(Math.log2(largest));
    polynomial.forEach((coefficient, power) => images[row * size + power] = coefficient / scale);
    const divisor = point === undefined ? 1 : others.reduce((product, other) => product * (point - other), 1);
    for (let power = 0; power < kernelSize; power++) {
      kernel[row * kernelSize + power] = scale * valueOfPower(point, power, kernelSize - 1) / divisor;
    }
    for (let power = 0; power < tile; power++) {
      result[power * size + row] = valueOfPower(point, power, tile - 1);
    }
  }
  return { images: alongBothAxes(images, size, size), kernel, result: alongBothAxes(result, tile, size) };
}

/** point^power; at infinity only the highest power counts. */
function valueOfPower(point: number | undefined, power: number, highest: number): number {
  if (point === undefined) return power === highest ? 1 : 0;
  return point ** power;
}

/** Coefficients, the constant first, of the product of (x - root). */
function withRoots(roots: readonly number[]): number[] {
  return roots.reduce(
    (product, root) =>
      [0, ...product].map((coefficient, power) => coefficient - root * (product[power] ?? 0)),
    [1],
  );
}

/** The Kronecker product of a matrix [rows, columns] with itself: the same along both axes of a tile. */
function alongBothAxes(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const both = new Float64Array(rows * rows * columns * columns);
  let place = 0;
  for (let vertical = 0; vertical < rows; vertical++) {
    for (let horizontal = 0; horizontal < rows; horizontal++) {
      for (let row = 0; row < columns; row++) {
        for (let column = 0; column < columns; column++) {
          both[place++] = matrix[vertical * columns + row]! * matrix[horizontal * columns + column]!;
        }
      }
    }
  }
  return both;
}
