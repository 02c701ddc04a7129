import assert from "node:assert/strict";
import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { winogradKernel } from "../../../lib/engines/onnxruntime/winograd_kernels.ts";
import { type TileSize, winogradTransforms } from "../../../lib/engines/onnxruntime/winograd_matrices.ts";
import { processorDialect } from "../../../lib/engines/onnxruntime/lowering/dialect.ts";
import { writeModel } from "../../../lib/engines/onnxruntime/write_model.ts";
import { elementCount } from "../../../lib/graph/broadcasting.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import type { Graph, Shape } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { add, constant, conv2d, input, relu } from "../../../lib/graph/operations.ts";
import { distinctValues } from "../../graph/sample_values.ts";
import { assertAgrees, value } from "../conformance_case.ts";

const kernelShape = [80, 64, 3, 3];
const kernel = Float32Array.from(distinctValues(elementCount(kernelShape), 2));
/** Of the largest magnitude; 1.1e-5 was measured, with the largest tiles. */
const largestError = 1.5e-5;

const tiles: readonly TileSize[] = [2, 4, 5];

for (const tile of tiles) {
  Deno.test(`a tile of ${tile} x ${tile} results by Winograd's transforms is that of the sums, to float64`, () => {
    const { images, kernel: along, result } = winogradTransforms(tile);
    const size = tile + 2;
    const taken = distinctValues(size * size, 7);
    const weights = distinctValues(9, 8);
    const atPoint = (point: number): number => {
      const [row, column] = [Math.floor(point / size), point % size];
      return sum(9, (i) => along[row * 3 + Math.floor(i / 3)]! * along[column * 3 + i % 3]! * weights[i]!);
    };
    const products = Array.from(
      { length: size * size },
      (_, point) => sum(size * size, (i) => images[point * size * size + i]! * taken[i]!) * atPoint(point),
    );
    for (let place = 0; place < tile * tile; place++) {
      const [y, x] = [Math.floor(place / tile), place % tile];
      const direct = sum(9, (i) => taken[(y + Math.floor(i / 3)) * size + x + i % 3]! * weights[i]!);
      const made = sum(size * size, (point) => result[place * size * size + point]! * products[point]!);
      assert.ok(Math.abs(made - direct) < 1e-12, `place ${place}: expected ${direct}, got ${made}`);
    }
  });
}

// One image for each size of tiles, none of which fits into it.
for (const [height, width, pad] of [[11, 9, 1], [23, 17, 0], [57, 55, 1]] as const) {
  Deno.test(`Winograd's convolution of ${height} x ${width} with bias and ReLU, and its gradient, are the reference's`, async () => {
    await using engine = await openOnnxRuntimeEngine();
    const shape = [1, 64, height, width];
    const builder = createGraphBuilder();
    const x = input(builder, "x", shape);
    const convolved = conv2d(x, constant(builder, kernel, kernelShape), { pad });
    const bias = constant(builder, distinctValues(80, 3), [1, 80, 1, 1]);
    const seed = constant(builder, distinctValues(elementCount(convolved.shape), 4), convolved.shape);
    const graph = builder.finish({
      made: relu(add(convolved, bias)),
      gradient: gradient(convolved, x, seed),
    });
    await assertAgrees(
      engine,
      graph,
      { x: value(shape, distinctValues(elementCount(shape), 5)) },
      largestError,
    );
  });
}

Deno.test("Winograd's convolution of many channels, whose weights come first in products, is the reference's", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const shape = [1, 256, 7, 6];
  await assertAgrees(
    engine,
    manyChannels(shape),
    { x: value(shape, distinctValues(elementCount(shape), 5)) },
    largestError,
  );
});

// Compared with ONNX Runtime's own convolution: the reference is slow at so many channels and pixels.
Deno.test("Winograd's convolution of many channels in larger tiles is the direct one", async () => {
  const shape = [1, 256, 18, 18];
  const graph = manyChannels(shape);
  const inputs = { x: value(shape, distinctValues(elementCount(shape), 5)) };
  const made: Float32Array[] = [];
  for (const exact of [true, false]) {
    await using engine = await openOnnxRuntimeEngine({ exact });
    await using program = await engine.compile(graph);
    made.push(Float32Array.from((await program.run(inputs)).made?.data ?? []));
  }
  const [direct = new Float32Array(), winograd = new Float32Array()] = made;
  assert.equal(winograd.length, 512 * 18 * 18);
  assert.notDeepEqual(winograd, direct);
  const largest = direct.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const error = winograd.reduce((most, value, i) => Math.max(most, Math.abs(value - direct[i]!)), 0) /
    largest;
  assert.ok(error < largestError, `${error} of the largest`);
});

/** 256 to 512 channels with bias and ReLU. */
function manyChannels(shape: Shape): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", shape);
  const weights = constant(builder, distinctValues(512 * 256 * 9, 2), [512, 256, 3, 3]);
  const bias = constant(builder, distinctValues(512, 3), [1, 512, 1, 1]);
  return builder.finish({ made: relu(add(conv2d(x, weights, { pad: 1 }), bias)) });
}

Deno.test("an exact engine convolves in another way than one by default", async () => {
  const shape = [1, 64, 20, 20];
  const inputs = { x: value(shape, distinctValues(elementCount(shape), 5)) };
  const made = [];
  for (const exact of [true, false]) {
    await using engine = await openOnnxRuntimeEngine({ exact });
    await using program = await engine.compile(oneConvolution(shape));
    made.push((await program.run(inputs)).made?.data);
  }
  const [direct, winograd] = made;
  assert.notDeepEqual(direct, winograd);
});

Deno.test("programs of several sizes share the transformed weights, those of the gradient too", () => {
  const [small, large] = [[1, 64, 20, 20], [1, 64, 30, 40]].map((shape) => {
    const { shared } = writeModel(withGradient(shape), processorDialect("winograd"));
    return new Set(Object.values(shared).map(({ data }) => data));
  });
  assert.equal(small?.size, 2);
  // Identity: comparing the elements would not show copies.
  assert.equal(small.intersection(large ?? new Set()).size, 2);
});

Deno.test("one array that is two kernels of different shapes is transformed for each", () => {
  const data = Float32Array.from(distinctValues(2 * 3 * 9, 2));
  const [wide, tall] = [{ data, outputs: 2, inputs: 3 }, { data, outputs: 3, inputs: 2 }];
  const made = winogradKernel(wide, 2, "outputs last");
  assert.equal(winogradKernel(wide, 2, "outputs last"), made);
  assert.notDeepEqual(winogradKernel(tall, 2, "outputs last"), made);
});

Deno.test("two engines with two threads each make the same bytes", async () => {
  const shape = [1, 64, 57, 55];
  const inputs = { x: value(shape, distinctValues(elementCount(shape), 5)) };
  const made = [];
  for (let time = 0; time < 2; time++) {
    await using engine = await openOnnxRuntimeEngine({ threads: 2 });
    await using program = await engine.compile(withGradient(shape));
    for (let run = 0; run < 2; run++) made.push((await program.run(inputs)).gradient?.data);
  }
  const [first, ...others] = made;
  assert.ok(first);
  for (const other of others) assert.deepEqual(other, first);
});

Deno.test("a direct model has no transformed weights", () => {
  assert.deepEqual(writeModel(oneConvolution([1, 64, 20, 20]), processorDialect("direct")).shared, {});
});

function oneConvolution(shape: Shape): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", shape);
  return builder.finish({ made: conv2d(x, constant(builder, kernel, kernelShape), { pad: 1 }) });
}

function withGradient(shape: Shape): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", shape);
  const made = conv2d(x, constant(builder, kernel, kernelShape), { pad: 1 });
  const seed = constant(builder, distinctValues(elementCount(made.shape), 4), made.shape);
  return builder.finish({ made, gradient: gradient(made, x, seed) });
}

function sum(count: number, term: (index: number) => number): number {
  return Array.from({ length: count }, (_, index) => term(index)).reduce((total, value) => total + value, 0);
}
