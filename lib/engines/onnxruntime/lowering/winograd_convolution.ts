/**
 * Convolutions of 3 x 3 by Winograd's algorithm.
 * @module
 */
import type { Shape } from "../../../graph/graph.ts";
import { winogradKernel } from "../winograd_kernels.ts";
import { type TileSize, winogradTransforms } from "../winograd_matrices.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { channelsLast, oneForEach, type Value } from "./layout_of_values.ts";
import { reshaped } from "./layout.ts";
import { type ChannelsLastLowering, inputAt, type Step } from "./lowering.ts";
import { winogradTile } from "./winograd_tile.ts";

/**
 * Three products for all tiles at once: the images' tiles with their transform, what that made with the kernel's at each
 * point, and the transform back (docs/design/speed.md, B).
 */
export const winogradConvolution: ChannelsLastLowering<"conv2d"> = (writer, step) => {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const tile = winogradTile(images.shape, kernel.shape, step.attributes);
  if (tile === undefined || kernel.constant === undefined) return undefined;
  const [outputs = 0, inputs = 0] = kernel.shape;
  const [, , height = 0, width = 0] = step.shape;
  const [down, across] = [Math.ceil(height / tile), Math.ceil(width / tile)];
  const tiles = down * across;
  const points = (tile + 2) ** 2;
  const transforms = winogradTransforms(tile);

  const taken = takeTiles(writer, channelsLast(writer, images), step, tile, transforms.images);
  const multiplied = writer.node("MatMul", [
    reshaped(writer, taken, [points, tiles, inputs]),
    writer.sharedFloats(winogradKernel(kernel.constant, { outputs, inputs }, tile), [
      points,
      inputs,
      outputs,
    ]),
  ]);
  const back = writer.once(
    `winograd back ${tile}`,
    () => writer.floats(Float32Array.from(transforms.result), [tile * tile, points]),
  );
  const products = reshaped(writer, multiplied, [points, tiles * outputs]);
  const bias = step.finish?.bias;
  const sums = bias
    ? writer.node("Gemm", [back, products, repeated(writer, bias, tiles)])
    : writer.node("MatMul", [back, products]);
  const made = step.finish?.relu ? writer.node("Relu", [sums]) : sums;
  const pixels = writer.node("Gather", [
    reshaped(writer, made, [tile * tile * tiles, outputs]),
    writer.once(
      `winograd raster ${tile} ${height} ${width}`,
      () => writer.integers(rasterOrder(tile, height, width)),
    ),
  ], { axis: { int: 0 } });
  return { name: reshaped(writer, pixels, [1, height, width, outputs]), layout: "channels_last" };
};

/**
 * Gathers overlapping tiles, adds the border and transforms, in one convolution of three axes of which the last, the
 * channels, has a kernel of length 1. [points, rows of tiles, columns of tiles, channels].
 */
function takeTiles(
  writer: OnnxWriter,
  images: string,
  { inputs, attributes: { pad: [top, left] }, shape }: Step<"conv2d">,
  tile: TileSize,
  transform: Float64Array,
): string {
  const [, channels = 0, height = 0, width = 0]: Shape = inputs[0]?.shape ?? [];
  const [, , madeHeight = 0, madeWidth = 0] = shape;
  const size = tile + 2;
  const beyond = (made: number, before: number, length: number) =>
    Math.ceil(made / tile) * tile + 2 - before - length;
  return writer.node("Conv", [
    reshaped(writer, images, [1, 1, height, width, channels]),
    writer.once(
      `winograd images ${tile}`,
      () => writer.floats(Float32Array.from(transform), [size * size, 1, size, size, 1]),
    ),
  ], {
    kernel_shape: { ints: [size, size, 1] },
    strides: { ints: [tile, tile, 1] },
    pads: { ints: [top, left, 0, beyond(madeHeight, top, height), beyond(madeWidth, left, width), 0] },
  });
}

/** The numbers of all channels, once for each tile. */
function repeated(writer: OnnxWriter, bias: Value, tiles: number): string {
  return writer.node("Tile", [oneForEach(writer, bias), writer.integers([tiles])]);
}

/** Where each pixel is, row by row, among the results [place in the tile, tile]. */
function rasterOrder(tile: TileSize, height: number, width: number): readonly number[] {
  const across = Math.ceil(width / tile);
  const tiles = across * Math.ceil(height / tile);
  return Array.from({ length: height * width }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const place = (y % tile) * tile + x % tile;
    return place * tiles + Math.floor(y / tile) * across + Math.floor(x / tile);
  });
}
