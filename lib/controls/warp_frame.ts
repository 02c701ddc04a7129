/**
 * Warped frames: each pixel is taken from where the warp leads.
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";
import { type Place, type Warp, warpedPlace } from "./warp_field.ts";

/** Where each pixel's center is taken from, in pixels, row by row. */
export interface WarpMap extends Size {
  readonly y: Float64Array;
  readonly x: Float64Array;
}

/** The map of a warp: all its steps, once for all frames. */
export function warpMap(warp: Warp): WarpMap {
  const map = emptyWarpMap(warp);
  for (let row = 0; row < warp.height; row++) mapRow(map, warp, row);
  return map;
}

/** Room for the map of a warp, to be filled row by row. */
export function emptyWarpMap({ height, width }: Size): WarpMap {
  return { height, width, y: new Float64Array(height * width), x: new Float64Array(height * width) };
}

/** Fills a row of the map of a warp. */
export function mapRow({ width, y, x }: WarpMap, warp: Warp, row: number): void {
  for (let column = 0; column < width; column++) {
    const place = warpedPlace(warp, { y: row + 0.5, x: column + 0.5 });
    y[row * width + column] = place.y;
    x[row * width + column] = place.x;
  }
}

/** Keys' cubic convolution (1981), a = -1/2: reproduces straight lines, and blurs less than linear interpolation. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

/** Finer than this no pixel is sampled: what is compressed more is thinner than anything that can be shown. */
const mostSamples = 16;

/** How far the sources of neighboring pixels are apart, down and across. */
function stretchAt({ height, width, y, x }: WarpMap, pixel: number) {
  const [row, column] = [Math.floor(pixel / width), pixel % width];
  const difference = (first: number, last: number, pixels: number): Place => (
    pixels === 0 ? { y: 0, x: 0 } : { y: (y[last]! - y[first]!) / pixels, x: (x[last]! - x[first]!) / pixels }
  );
  const [above, below] = [row > 0 ? 1 : 0, row < height - 1 ? 1 : 0];
  const [left, right] = [column > 0 ? 1 : 0, column < width - 1 ? 1 : 0];
  return {
    down: difference(pixel - above * width, pixel + below * width, above + below),
    across: difference(pixel - left, pixel + right, left + right),
  };
}

/** How many samples keep neighboring ones within a pixel of each other; what is hardly compressed is not blurred. */
function samplesFor({ y, x }: Place): number {
  return Math.min(Math.max(Math.ceil(Math.hypot(y, x) - 0.2), 1), mostSamples);
}

/**
 * A function that warps frames of one size, all in the same way. Where the warp enlarges, colors between pixels are
 * interpolated by cubic convolution in the frame's own values; where it compresses, a pixel is the mean of as many such
 * samples as it covers pixels, so that thin lines do not break up. Beyond the edges the outermost pixels go on; values are
 * clipped to [0, 1].
 */
export function frameWarper(map: WarpMap): (frame: Frame) => Frame {
  const { height, width } = map;
  const count = height * width;
  const within = (index: number, length: number) => Math.min(Math.max(index, 0), length - 1);
  const color = new Float64Array(3);

  const addSample = ({ data }: Frame, y: number, x: number, share: number): void => {
    const [row, column] = [Math.floor(y - 0.5) - 1, Math.floor(x - 0.5) - 1];
    for (let i = 0; i < 4; i++) {
      const down = share * cubic(y - 0.5 - (row + i));
      const start = within(row + i, height) * width;
      for (let j = 0; j < 4; j++) {
        const weight = down * cubic(x - 0.5 - (column + j));
        const at = 3 * (start + within(column + j, width));
        for (let channel = 0; channel < 3; channel++) color[channel]! += weight * data[at + channel]!;
      }
    }
  };

  return (frame) => {
    if (frame.height !== height || frame.width !== width) throw new Error("a warp of frames of another size");
    const data = new Float32Array(3 * count);
    for (let pixel = 0; pixel < count; pixel++) {
      const { down, across } = stretchAt(map, pixel);
      const [rows, columns] = [samplesFor(down), samplesFor(across)];
      color.fill(0);
      for (let i = 0; i < rows; i++) {
        const below = (i + 0.5) / rows - 0.5;
        for (let j = 0; j < columns; j++) {
          const right = (j + 0.5) / columns - 0.5;
          const y = map.y[pixel]! + below * down.y + right * across.y;
          const x = map.x[pixel]! + below * down.x + right * across.x;
          addSample(frame, y, x, 1 / (rows * columns));
        }
      }
      for (let channel = 0; channel < 3; channel++) {
        data[3 * pixel + channel] = Math.min(Math.max(color[channel]!, 0), 1);
      }
    }
    return { height, width, data };
  };
}

/** A frame under a warp of its size. For several frames make the map once: `frameWarper(warpMap(warp))`. */
export function warpFrame(frame: Frame, warp: Warp): Frame {
  return frameWarper(warpMap(warp))(frame);
}
