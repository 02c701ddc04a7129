/**
 * Operations on values with the channels last that are more than the same along other axes.
 * @module
 */
import { sameShape } from "../../../graph/broadcasting.ts";
import {
  channelAxis,
  channelsLast,
  channelsLastOrder,
  channelsLastShape,
  oneForEach,
  rowMajor,
} from "./layout_of_values.ts";
import { reshaped } from "./layout.ts";
import { type ChannelsLastLowering, inputAt } from "./lowering.ts";

/** The same channels, their positions counted in another way. */
export const reshapeChannelsLast: ChannelsLastLowering<"reshape"> = (writer, step) => {
  const x = inputAt(step, 0);
  const [from, to] = [channelAxis(x.shape), channelAxis(step.shape)];
  if (x.layout !== "channels_last" || from === undefined || to === undefined) return undefined;
  if (x.shape[from] !== step.shape[to]) return undefined;
  return { name: reshaped(writer, x.name, channelsLastShape(step.shape)), layout: "channels_last" };
};

/** Nothing has to be done where the axes are wanted in the order that they have. */
export const transposeChannelsLast: ChannelsLastLowering<"transpose"> = (_, step) => {
  const x = inputAt(step, 0);
  const order = channelsLastOrder(x.shape);
  if (x.layout !== "channels_last" || !order || !sameShape(order, step.attributes.permutation)) {
    return undefined;
  }
  return { name: x.name, layout: "row_major" };
};

/**
 * Products of matrices [channels, positions]. ONNX Runtime multiplies with the transposed of what it has (FusedMatMul)
 * without a copy.
 */
export const matmulChannelsLast: ChannelsLastLowering<"matmul"> = (writer, step) => {
  const [left, right] = [inputAt(step, 0), inputAt(step, 1)];
  if (left.shape.length !== 2 || right.shape.length !== 2) return undefined;
  const transposed = (name: string) => writer.node("Transpose", [name], { perm: { ints: [1, 0] } });
  if (right.layout === "channels_last") {
    // (L R)^T = R^T L^T, and what is there of R is R^T.
    const name = writer.node("MatMul", [right.name, transposed(rowMajor(writer, left))]);
    return { name, layout: "channels_last" };
  }
  if (left.layout !== "channels_last") return undefined;
  const [rows = 0, positions = 0] = left.shape;
  const [, columns = 0] = right.shape;
  const parts = partsOf(positions, rows * columns);
  if (parts === 1) {
    return { name: writer.node("MatMul", [transposed(left.name), right.name]), layout: "row_major" };
  }
  const inParts = (name: string, channels: number) =>
    reshaped(writer, name, [parts, positions / parts, channels]);
  const products = writer.node("MatMul", [
    writer.node("Transpose", [inParts(left.name, rows)], { perm: { ints: [0, 2, 1] } }),
    inParts(right.name, columns),
  ]);
  const name = writer.node("ReduceSum", [products, writer.integers([0])], { keepdims: { int: 0 } });
  return { name, layout: "row_major" };
};

/** Positions that one product of a part sums over, about, and numbers that all products may take. */
const sizes = { positions: 1024, products: 2 ** 20 };

/**
 * Into how many equal parts the positions of a small product are cut: ONNX Runtime shares the parts among threads, but not
 * the positions of one product. 1 where they have no fitting divisor.
 */
function partsOf(positions: number, product: number): number {
  const most = Math.min(positions / sizes.positions * 2, sizes.products / product);
  const fitting = Array.from({ length: Math.floor(most) }, (_, i) => i + 1).filter((parts) =>
    positions % parts === 0
  );
  const wanted = positions / sizes.positions;
  return fitting.reduce(
    (best, parts) => Math.abs(parts - wanted) < Math.abs(best - wanted) ? parts : best,
    1,
  );
}

/** Of one pixel: a product of all pixels with the kernel. */
export const pointwiseConvolution: ChannelsLastLowering<"conv2d"> = (writer, step) => {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const [outputs = 0, inputs = 0, height, width] = kernel.shape;
  const { stride, pad } = step.attributes;
  const isPointwise = height === 1 && width === 1 && stride.every((length) => length === 1) &&
    pad.every((count) => count === 0);
  if (images.layout !== "channels_last" || !isPointwise) return undefined;
  const matrix = reshaped(writer, rowMajor(writer, kernel), [outputs, inputs]);
  const factor = kernel.constant === undefined
    ? writer.node("Transpose", [matrix], { perm: { ints: [1, 0] } })
    : writer.floats(transposedMatrix(kernel.constant, outputs, inputs), [inputs, outputs]);
  const [, , tall = 0, wide = 0] = images.shape;
  const pixels = reshaped(writer, channelsLast(writer, images), [tall * wide, inputs]);
  const bias = step.finish?.bias;
  const made = bias
    ? writer.node("Gemm", [pixels, factor, oneForEach(writer, bias)])
    : writer.node("MatMul", [pixels, factor]);
  const finished = step.finish?.relu ? writer.node("Relu", [made]) : made;
  return { name: reshaped(writer, finished, channelsLastShape(step.shape)), layout: "channels_last" };
};

function transposedMatrix(matrix: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
}
