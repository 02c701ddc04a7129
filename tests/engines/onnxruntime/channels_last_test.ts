import assert from "node:assert/strict";
import fc from "fast-check";
import { bandedBlocks } from "../../../lib/engines/onnxruntime/lowering/banded_blocks.ts";
import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { elementCount } from "../../../lib/graph/broadcasting.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import type { Tensor } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { stackedMaps } from "../../../lib/graph/line_map.ts";
import {
  constant,
  input,
  matmul,
  maxPool2d,
  multiply,
  resample,
  reshape,
  transpose,
} from "../../../lib/graph/operations.ts";
import { bilinearMap } from "../../../lib/models/bilinear_enlargement.ts";
import { distinctValues } from "../../graph/sample_values.ts";
import { assertAgrees, value } from "../conformance_case.ts";
import { unchanged } from "./unchanged.ts";

const images = fc.record({
  channels: fc.integer({ min: 2, max: 5 }),
  height: fc.integer({ min: 6, max: 13 }),
  width: fc.integer({ min: 6, max: 13 }),
});

const operations: readonly { readonly name: string; readonly of: (x: Tensor) => Tensor }[] = [
  { name: "halving", of: (x) => maxPool2d(x, { size: 2, stride: 2 }) },
  { name: "maxima of 5x5 that slide", of: (x) => maxPool2d(x, { size: 5, stride: 1, pad: 2 }) },
  {
    name: "maxima of 3x2 that slide, without a border",
    of: (x) => maxPool2d(x, { size: [3, 2], stride: 1 }),
  },
  { name: "Gram matrices", of: gram },
  { name: "enlargement", of: (x) => resample(asPlanes(x), 1, bilinearMap(x.shape[2] ?? 0, 40)) },
  { name: "reduction along rows", of: (x) => resample(asPlanes(x), 2, bilinearMap(x.shape[3] ?? 0, 5)) },
];

for (const { name, of } of operations) {
  Deno.test(`with the channels last, ${name} and their gradient are the reference's, in images full of ties`, async () => {
    await using engine = await openOnnxRuntimeEngine();
    await fc.assert(
      fc.asyncProperty(images, async ({ channels, height, width }) => {
        const builder = createGraphBuilder();
        const shape = [1, channels, height, width];
        const x = input(builder, "x", shape);
        const made = of(unchanged(x));
        const seed = constant(builder, distinctValues(elementCount(made.shape), 4), made.shape);
        const graph = builder.finish({ made, gradient: gradient(made, x, seed) });
        const ties = distinctValues(elementCount(shape), 5).map((number) => Math.round(number * 2));
        await assertAgrees(engine, graph, { x: value(shape, ties) });
      }),
      { numRuns: 15, seed: 1 },
    );
  });
}

Deno.test("Gram matrices of many positions, which are summed in parts, are the reference's", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const shape = [1, 3, 64, 96];
  const builder = createGraphBuilder();
  const x = input(builder, "x", shape);
  const made = multiply(gram(unchanged(x)), 1 / (64 * 96));
  const graph = builder.finish({ made });
  await assertAgrees(engine, graph, { x: value(shape, distinctValues(elementCount(shape), 5)) });
});

Deno.test("a banded matrix that leaves out the ends of a line is the reference's", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const builder = createGraphBuilder();
  const shape = [200, 300];
  const data = new Float32Array(100 * 200);
  for (let row = 0; row < 100; row++) data[row * 200 + row] = 2;
  const made = resample(input(builder, "x", shape), 0, { to: 100, from: 200, data });
  await assertAgrees(engine, builder.finish({ made }), {
    x: value(shape, distinctValues(elementCount(shape), 5)),
  });
});

Deno.test("a banded matrix in blocks is the whole matrix, also where several are stacked", () => {
  const maps = [
    bilinearMap(90, 180),
    bilinearMap(180, 61),
    stackedMaps([bilinearMap(180, 90), bilinearMap(180, 45), bilinearMap(180, 180)]),
  ];
  for (const map of maps) {
    const blocks = bandedBlocks(map, 1000);
    assert.ok(blocks, `${map.to} x ${map.from}: expected blocks to pay`);
    const whole = new Float32Array(map.data.length);
    for (let row = 0; row < map.to; row++) {
      const place = blocks.places[row] ?? NaN;
      for (let column = 0; column < blocks.columns; column++) {
        const source = blocks.sources[Math.floor(place / blocks.rows) * blocks.columns + column] ?? NaN;
        whole[row * map.from + source]! += blocks.weights[place * blocks.columns + column]!;
      }
    }
    assert.deepEqual(whole, map.data);
  }
});

function gram(x: Tensor): Tensor {
  const matrix = reshape(x, [x.shape[1] ?? 0, (x.shape[2] ?? 0) * (x.shape[3] ?? 0)]);
  return matmul(matrix, transpose(matrix, [1, 0]));
}

function asPlanes(x: Tensor): Tensor {
  return reshape(x, x.shape.slice(1));
}
