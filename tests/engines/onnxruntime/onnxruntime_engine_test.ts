import assert from "node:assert/strict";
import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import type { Graph } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import {
  constant,
  conv2d,
  input,
  matmul,
  meanOfAll,
  relu,
  square,
  sumOfAll,
} from "../../../lib/graph/operations.ts";
import { distinctValues, seededRandom } from "../../graph/sample_values.ts";
import { arithmetic } from "../../../lib/engines/arithmetic.ts";
import { assertAgrees, value } from "../conformance_case.ts";

Deno.test("the engine says what it is and how many threads it takes", async () => {
  await using engine = await openOnnxRuntimeEngine({ threads: 1 });
  const { version, device, ...identity } = engine.identity;
  assert.match(version, /^1\.\d+\.\d+$/);
  assert.notEqual(device, "");
  assert.deepEqual(identity, {
    name: "onnxruntime",
    provider: "cpu",
    precision: "float32",
    threads: 1,
    convolution: "winograd",
    arithmetic,
  });
  await using exact = await openOnnxRuntimeEngine({ exact: true });
  assert.equal(exact.identity.convolution, "direct");
});

Deno.test("a run gives the same bytes each time and in each session", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const graph = smallNetwork();
  const inputs = { x: value([1, 3, 40, 37], distinctValues(3 * 40 * 37, 1)) };
  await using one = await engine.compile(graph);
  await using other = await engine.compile(graph);
  const first = await one.run(inputs);
  for (const program of [one, other]) {
    const again = await program.run(inputs);
    assert.deepEqual(again.gradient?.data, first.gradient?.data);
    assert.deepEqual(again.loss?.data, first.loss?.data);
  }
});

Deno.test("what was bound stays when the caller's array changes", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const builder = createGraphBuilder();
  await using program = await engine.compile(builder.finish({ twice: relu(input(builder, "x", [2])) }));
  const data = Float32Array.of(1, 2);
  await program.bind({ x: { shape: [2], data } });
  data.fill(7);
  assert.deepEqual((await program.run({})).twice?.data, Float32Array.of(1, 2));
});

Deno.test("a program refuses to run once it or its engine is disposed of, which may happen twice", async () => {
  const engine = await openOnnxRuntimeEngine();
  const [first, second] = [await engine.compile(smallNetwork()), await engine.compile(smallNetwork())];
  const inputs = { x: value([1, 3, 40, 37], new Float32Array(3 * 40 * 37)) };
  await first[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
  await assert.rejects(first.run(inputs), /disposed/);
  await second.run(inputs);
  await engine[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  await assert.rejects(second.run(inputs), /disposed/);
});

Deno.test("a graph may hold megabytes of constants", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const builder = createGraphBuilder();
  const [rows, columns] = [1200, 1300];
  const matrix = constant(builder, distinctValues(rows * columns, 2), [rows, columns]);
  const graph = builder.finish({ product: matmul(input(builder, "x", [2, rows]), matrix) });
  await assertAgrees(engine, graph, { x: value([2, rows], distinctValues(2 * rows, 3)) });
});

Deno.test("the sum of a quarter of a million elements of all magnitudes is right to six digits", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const builder = createGraphBuilder();
  const shape = [512, 512];
  await using program = await engine.compile(builder.finish({ sum: sumOfAll(input(builder, "x", shape)) }));
  const random = seededRandom(1);
  // Like the squares of a Gram matrix. Added up one by one they are off by 4e-5.
  const data = Float32Array.from({ length: 512 * 512 }, () => Math.exp(12 * random()));
  const expected = data.reduce((total, element) => total + element, 0);
  const { sum } = await program.run({ x: { shape, data } });
  const error = Math.abs((sum?.data[0] ?? NaN) - expected) / expected;
  assert.ok(error < 1e-6, `relative error ${error}`);
});

/** [inputs, outputs, kernel side, stride] of the models' convolutions and of their gradients. */
const convolutionKinds = [
  [2, 32, 11, 1],
  [3, 64, 3, 1],
  [64, 64, 3, 1],
  [64, 3, 3, 1],
  [32, 2, 11, 1],
  [32, 64, 1, 1],
  [1, 1, 5, 2],
  [5, 7, 3, 1],
] as const;

for (const [inputs, outputs, side, stride] of convolutionKinds) {
  Deno.test(`equal neighborhoods give equal bits: ${side}x${side}, ${inputs} to ${outputs} channels`, async () => {
    await using engine = await openOnnxRuntimeEngine();
    for (const [height, width] of [[13, 24], [17, 33], [16, 98], [20, 101], [23, 131]] as const) {
      const builder = createGraphBuilder();
      const kernel = constant(builder, distinctValues(outputs * inputs * side * side, 4), [
        outputs,
        inputs,
        side,
        side,
      ]);
      const shape = [1, inputs, height, width];
      const graph = builder.finish({ made: conv2d(input(builder, "x", shape), kernel, { stride }) });
      await using program = await engine.compile(graph);
      const flat = Float32Array.from(
        { length: inputs * height * width },
        (_, i) => 0.3 + Math.floor(i / (height * width)) / 7,
      );
      const { made } = await program.run({ x: { shape, data: flat } });
      assertEqualWithinChannels(made?.shape ?? [], made?.data ?? new Float32Array());
    }
  });
}

function assertEqualWithinChannels([, , height = 0, width = 0]: readonly number[], data: Float32Array): void {
  const pixels = height * width;
  assert.ok(pixels > 0);
  const different = data.findIndex((element, i) => element !== data[i - i % pixels]);
  const place = `channel ${Math.floor(different / pixels)}, row ${Math.floor(different % pixels / width)}`;
  assert.equal(different, -1, `${place}, column ${different % width} of ${width}`);
}

function smallNetwork(): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [1, 3, 40, 37]);
  const kernel = constant(builder, distinctValues(16 * 27, 5), [16, 3, 3, 3]);
  const loss = meanOfAll(square(relu(conv2d(x, kernel, { pad: 1 }))));
  return builder.finish({ loss, gradient: gradient(loss, x) });
}
