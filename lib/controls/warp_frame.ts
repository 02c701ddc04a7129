/**
 * Warped frames: each pixel is taken from where the warp leads.
 * @module
 */
import type { Frame } from "../frames/frame.ts";
import { type Warp, warpedPlace } from "./warp_field.ts";

/** Keys' cubic convolution (1981), a = -1/2: reproduces straight lines, and blurs less than linear interpolation. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

/**
 * A function that warps frames of one size, all in the same way. Colors between pixels are interpolated by cubic convolution
 * in the frame's own values; beyond the edges the outermost pixels go on; values are clipped to [0, 1].
 */
export function frameWarper(warp: Warp): (frame: Frame) => Frame {
  const { height, width } = warp;
  const count = height * width;
  const [firstRow, firstColumn] = [new Int32Array(count), new Int32Array(count)];
  // Four weights down and four across for each pixel.
  const [down, across] = [new Float64Array(4 * count), new Float64Array(4 * count)];
  for (let pixel = 0; pixel < count; pixel++) {
    const place = { y: Math.floor(pixel / width) + 0.5, x: pixel % width + 0.5 };
    const source = warpedPlace(warp, place);
    const [row, column] = [Math.floor(source.y - 0.5), Math.floor(source.x - 0.5)];
    firstRow[pixel] = row - 1;
    firstColumn[pixel] = column - 1;
    for (let tap = 0; tap < 4; tap++) {
      down[4 * pixel + tap] = cubic(source.y - 0.5 - (row - 1 + tap));
      across[4 * pixel + tap] = cubic(source.x - 0.5 - (column - 1 + tap));
    }
  }
  const within = (index: number, length: number) => Math.min(Math.max(index, 0), length - 1);

  return (frame) => {
    if (frame.height !== height || frame.width !== width) throw new Error("a warp of frames of another size");
    const data = new Float32Array(3 * count);
    for (let pixel = 0; pixel < count; pixel++) {
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0; i < 4; i++) {
        const start = within(firstRow[pixel]! + i, height) * width;
        for (let j = 0; j < 4; j++) {
          const weight = down[4 * pixel + i]! * across[4 * pixel + j]!;
          const at = 3 * (start + within(firstColumn[pixel]! + j, width));
          red += weight * frame.data[at]!;
          green += weight * frame.data[at + 1]!;
          blue += weight * frame.data[at + 2]!;
        }
      }
      data[3 * pixel] = Math.min(Math.max(red, 0), 1);
      data[3 * pixel + 1] = Math.min(Math.max(green, 0), 1);
      data[3 * pixel + 2] = Math.min(Math.max(blue, 0), 1);
    }
    return { height, width, data };
  };
}
