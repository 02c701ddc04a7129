/**
 * Convolutions of 3 x 3 by Winograd's algorithm.
 * @module
 */
import type { Shape } from "../../../graph/graph.ts";
import { type Kernel, winogradKernel } from "../winograd_kernels.ts";
import { type TileSize, winogradTransforms } from "../winograd_matrices.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { channelsLast, oneForEach } from "./layout_of_values.ts";
import { reshaped } from "./layout.ts";
import { type ChannelsLastLowering, inputAt, type Step } from "./lowering.ts";
import { winogradTile } from "./winograd_tile.ts";

/**
 * Three products for all tiles at once: the images' tiles with their transform, what that made with the kernel's at each
 * point, and the transform back (docs/design/speed.md, section B of the probe).
 */
export const winogradConvolution: ChannelsLastLowering<"conv2d"> = (writer, step) => {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const tile = winogradTile(images.shape, kernel.shape, step.attributes);
  if (tile === undefined || kernel.constant === undefined) return undefined;
  const [outputs = 0, inputs = 0] = kernel.shape;
  const [, , height = 0, width = 0] = step.shape;
  const tiles = Math.ceil(height / tile) * Math.ceil(width / tile);
  const points = (tile + 2) ** 2;
  const transforms = winogradTransforms(tile);

  const taken = reshaped(
    writer,
    takeTiles(writer, channelsLast(writer, images), step, tile, transforms.images),
    [points, tiles, inputs],
  );
  const weights = { data: kernel.constant, outputs, inputs };
  const products = outputs * inputs >= manyWeights
    ? weightsTimesTiles(writer, taken, weights, tile)
    : tilesTimesWeights(writer, taken, weights, tile);
  const back = writer.once(
    `winograd back ${tile}`,
    () => writer.floats(Float32Array.from(transforms.result), [tile * tile, points]),
  );
  const places = [back, reshaped(writer, products.name, [points, tiles * outputs])];
  const bias = step.finish && products.bias(oneForEach(writer, step.finish.bias), tiles);
  const sums = bias === undefined
    ? writer.node("MatMul", places)
    : writer.node("Gemm", [...places, reshaped(writer, bias, [tiles * outputs])]);
  const made = step.finish?.relu ? writer.node("Relu", [sums]) : sums;
  const pixels = writer.node("Gather", [
    reshaped(writer, products.inOrder(made, tile * tile, tiles), [tile * tile * tiles, outputs]),
    writer.once(
      `winograd raster ${tile} ${height} ${width}`,
      () => writer.integers(rasterOrder(tile, height, width)),
    ),
  ], { axis: { int: 0 } });
  return { name: reshaped(writer, pixels, [1, height, width, outputs]), layout: "channels_last" };
};

/** From so many on, weights are better the left factor: ONNX Runtime copies the right one, once for every few tiles. */
const manyWeights = 256 * 512;

/** The products at all points, and how what follows has to be laid out beside them. */
interface Products {
  readonly name: string;
  /** One number for each channel, as often as there are tiles. */
  bias(channels: string, tiles: number): string;
  /** With the channels last. */
  inOrder(made: string, places: number, tiles: number): string;
}

function tilesTimesWeights(writer: OnnxWriter, taken: string, kernel: Kernel, tile: TileSize): Products {
  const { inputs, outputs } = kernel;
  const weights = winogradKernel(kernel, tile, "outputs last");
  return {
    name: writer.node("MatMul", [taken, writer.sharedFloats(weights, [(tile + 2) ** 2, inputs, outputs])]),
    bias: (channels, tiles) => writer.node("Tile", [channels, writer.integers([tiles])]),
    inOrder: (made) => made,
  };
}

function weightsTimesTiles(writer: OnnxWriter, taken: string, kernel: Kernel, tile: TileSize): Products {
  const { inputs, outputs } = kernel;
  const weights = winogradKernel(kernel, tile, "inputs last");
  const exchanged = (name: string) => writer.node("Transpose", [name], { perm: { ints: [0, 2, 1] } });
  return {
    // ONNX Runtime multiplies with what stands before the exchange (FusedMatMul).
    name: writer.node("MatMul", [
      writer.sharedFloats(weights, [(tile + 2) ** 2, outputs, inputs]),
      exchanged(taken),
    ]),
    bias: (channels, tiles) =>
      writer.node("Expand", [reshaped(writer, channels, [outputs, 1]), writer.integers([outputs, tiles])]),
    inOrder: (made, places, tiles) => exchanged(reshaped(writer, made, [places, outputs, tiles])),
  };
}

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
