/**
 * Linear maps of lines, as products with constant matrices.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import { type LineMap, transposedMap } from "../../../graph/line_map.ts";
import type { OpAttributes } from "../../../graph/ops.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { type BandedBlocks, bandedBlocks } from "./banded_blocks.ts";
import { reshaped } from "./layout.ts";
import type { Value } from "./layout_of_values.ts";
import { inputAt, type Lowering } from "./lowering.ts";

/**
 * The last axis is multiplied from the right, which is one large product; any other from the left, what follows it made one
 * axis, and in blocks where the matrix has a narrow band.
 */
export const resample: Lowering<"resample"> = (writer, step) =>
  mapped(writer, inputAt(step, 0), step.attributes.axis, step.attributes.matrix);

/** The same as one product with the whole matrix. */
export const wholeResample: Lowering<"resample"> = (writer, step) =>
  mappedWhole(writer, inputAt(step, 0), step.attributes.axis, step.attributes.matrix);

/** A product with a matrix of zeros and ones: ONNX Runtime adds to chosen places on one thread, with an index for each number. */
export const scatterAdd: Lowering<"scatter_add"> = (writer, step) => {
  return mapped(writer, inputAt(step, 0), step.attributes.axis, scatterMatrix(step.attributes));
};

/** The same with the whole matrix. */
export const wholeScatterAdd: Lowering<"scatter_add"> = (writer, step) =>
  mappedWhole(writer, inputAt(step, 0), step.attributes.axis, scatterMatrix(step.attributes));

function scatterMatrix({ indices, length }: OpAttributes["scatter_add"]): LineMap {
  const data = new Float32Array(length * indices.length);
  for (const [from, to] of indices.entries()) data[to * indices.length + from] = 1;
  return { to: length, from: indices.length, data };
}

function mappedWhole(writer: OnnxWriter, x: Value, axis: number, matrix: LineMap): string {
  if (axis === x.shape.length - 1) return mappedFromRight(writer, x, matrix);
  const lines = [elementCount(x.shape.slice(0, axis)), matrix.from, elementCount(x.shape.slice(axis + 1))];
  const left = writer.floats(matrix.data, [matrix.to, matrix.from]);
  const made = writer.node("MatMul", [left, reshaped(writer, x.name, lines)]);
  return reshaped(writer, made, x.shape.with(axis, matrix.to));
}

function mappedFromRight(writer: OnnxWriter, x: Value, matrix: LineMap): string {
  return writer.node("MatMul", [
    x.name,
    writer.floats(transposedMap(matrix).data, [matrix.from, matrix.to]),
  ]);
}

function mapped(writer: OnnxWriter, x: Value, axis: number, matrix: LineMap): string {
  if (axis === x.shape.length - 1) return mappedFromRight(writer, x, matrix);
  const before = elementCount(x.shape.slice(0, axis));
  const after = elementCount(x.shape.slice(axis + 1));
  const blocks = bandedBlocks(matrix, before * after);
  const lines = reshaped(writer, x.name, [before, matrix.from, after]);
  const made = blocks
    ? inBlocks(writer, lines, blocks, [before, matrix.from, after])
    : writer.node("MatMul", [writer.floats(matrix.data, [matrix.to, matrix.from]), lines]);
  return reshaped(writer, made, x.shape.with(axis, matrix.to));
}

/** From lines [before, from, after] to [before, to, after]. */
function inBlocks(
  writer: OnnxWriter,
  lines: string,
  { blocks, rows, columns, sources, weights, places }: BandedBlocks,
  [before, from, after]: readonly [number, number, number],
): string {
  const along = (x: string, chosen: readonly number[]) =>
    writer.node("Gather", [x, writer.integers(chosen)], { axis: { int: 1 } });
  const inOrder = (chosen: readonly number[]) => chosen.every((place, index) => place === index);
  const taken = inOrder(sources) && sources.length === from ? lines : along(lines, sources);
  const made = writer.node("MatMul", [
    writer.floats(weights, [blocks, rows, columns]),
    reshaped(writer, taken, [before, blocks, columns, after]),
  ]);
  const all = reshaped(writer, made, [before, blocks * rows, after]);
  return inOrder(places) && places.length === blocks * rows ? all : along(all, places);
}
