/**
 * The maxima of separate windows of 2 x 2 in images whose channels come last, and their gradient.
 *
 * The four corners of all windows are images of their own, moved there and back by Gather, which ONNX Runtime does on all
 * threads: comparing them is then a few passes over a quarter of the numbers.
 * @module
 */
import type { OnnxWriter } from "../onnx_writer.ts";
import { whereAtLeast } from "./elementwise.ts";
import { reshaped } from "./layout.ts";

/** Images [1, height, width, channels] in the model. */
export interface Images {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The largest of each window, [windows, channels]; an odd last row or column is left out. */
interface Halved {
  readonly maxima: string;
  /** The larger of each window's upper two, and of its lower two. */
  readonly rows: readonly [upper: string, lower: string];
  /** Left and right of the upper row, then of the lower. */
  readonly corners: readonly [string, string, string, string];
}

/** The maxima, [1, height / 2, width / 2, channels], sizes rounded down. */
export function halvedMaxima(writer: OnnxWriter, images: Images): string {
  const { height, width, channels } = images;
  return reshaped(writer, halved(writer, images).maxima, [
    1,
    Math.floor(height / 2),
    Math.floor(width / 2),
    channels,
  ]);
}

/**
 * Each window's gradient at its first maximum in row-major order: of equal rows the upper one, of equal columns the left one.
 * @param gradient [1, height / 2, width / 2, channels]
 */
export function halvedGradient(writer: OnnxWriter, images: Images, gradient: string): string {
  const { height, width, channels } = images;
  const { rows: [upper, lower], corners } = halved(writer, images);
  const [upperLeft, upperRight, lowerLeft, lowerRight] = corners;
  const shared = (passed: string, first: string, second: string) => {
    const toFirst = writer.node("Mul", [passed, whereAtLeast(writer, first, second)]);
    return [toFirst, writer.node("Sub", [passed, toFirst])] as const;
  };
  const [above, below] = shared(reshaped(writer, gradient, [-1, channels]), upper, lower);
  const stacked = [...shared(above, upperLeft, upperRight), ...shared(below, lowerLeft, lowerRight)];
  const isOdd = height % 2 + width % 2 > 0;
  const nothing = isOdd ? [writer.floats(new Float32Array(channels), [1, channels])] : [];
  const all = writer.node("Concat", [...stacked, ...nothing], { axis: { int: 0 } });
  const pixels = writer.node("Gather", [all, writer.integers(placesInStack(height, width))], {
    axis: { int: 0 },
  });
  return reshaped(writer, pixels, [1, height, width, channels]);
}

/** Computed once for the same images. */
function halved(writer: OnnxWriter, images: Images): Halved {
  const corner = (down: number, right: number) =>
    writer.once(`corner ${down} ${right} of ${images.name}`, () => {
      const pixels = reshaped(writer, images.name, [-1, images.channels]);
      return writer.node("Gather", [pixels, writer.integers(cornersOf(images, down, right))], {
        axis: { int: 0 },
      });
    });
  const larger = (a: string, b: string) =>
    writer.once(`larger of ${a} and ${b}`, () => writer.node("Max", [a, b]));
  const corners = [corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)] as const;
  const rows = [larger(corners[0], corners[1]), larger(corners[2], corners[3])] as const;
  return { maxima: larger(...rows), rows, corners };
}

/** Where a corner of each window is among the pixels. */
function cornersOf({ height, width }: Images, down: number, right: number): readonly number[] {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  return Array.from(
    { length: rows * columns },
    (_, window) => (2 * Math.floor(window / columns) + down) * width + 2 * (window % columns) + right,
  );
}

/** Where each pixel is among the corners, one after the other; after them for what no window holds. */
function placesInStack(height: number, width: number): readonly number[] {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  return Array.from({ length: height * width }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const [row, column] = [Math.floor(y / 2), Math.floor(x / 2)];
    if (row >= rows || column >= columns) return 4 * rows * columns;
    return ((y % 2) * 2 + x % 2) * rows * columns + row * columns + column;
  });
}
