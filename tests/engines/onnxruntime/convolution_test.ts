import assert from "node:assert/strict";
import fc from "fast-check";
import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { elementCount } from "../../../lib/graph/broadcasting.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { add, constant, conv2d, input, relu } from "../../../lib/graph/operations.ts";
import { convolutionShape } from "../../../lib/graph/window_shapes.ts";
import { distinctValues } from "../../graph/sample_values.ts";
import { assertAgrees, value } from "../conformance_case.ts";

/** Around 8 and 16 channels ONNX Runtime changes the layout in which it convolves. */
const channels = fc.constantFrom(1, 2, 3, 7, 8, 9, 16, 17);
const side = fc.integer({ min: 4, max: 19 });
const border = fc.integer({ min: 0, max: 3 });
const step = fc.integer({ min: 1, max: 2 });

const convolution = fc.record({
  shape: fc.tuple(fc.constantFrom(1, 2), channels, side, side),
  outputs: channels,
  kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  stride: fc.tuple(step, step),
  pad: fc.tuple(border, border, border, border),
});

Deno.test("convolutions of any shape, with bias and ReLU, and their gradients are the reference's", async () => {
  await using engine = await openOnnxRuntimeEngine();
  await fc.assert(
    fc.asyncProperty(convolution, async ({ shape, outputs, kernel, stride, pad }) => {
      const kernelShape = [outputs, shape[1], ...kernel];
      const builder = createGraphBuilder();
      const x = input(builder, "x", shape);
      const weights = constant(builder, distinctValues(elementCount(kernelShape), 2), kernelShape);
      const bias = constant(builder, distinctValues(outputs, 3), [1, outputs, 1, 1]);
      const convolved = conv2d(x, weights, { stride, pad });
      const seedShape = convolutionShape({ stride, pad }, shape, kernelShape);
      fc.pre(typeof seedShape !== "string");
      const seed = constant(builder, distinctValues(elementCount(seedShape), 4), seedShape);
      const graph = builder.finish({
        made: relu(add(convolved, bias)),
        // By the convolution itself: at a ReLU's kink rounding would decide.
        gradient: gradient(convolved, x, seed),
      });
      await assertAgrees(engine, graph, { x: value(shape, distinctValues(elementCount(shape), 5)) });
    }),
    { numRuns: 100, seed: 1 },
  );
});

const fewOutputs = fc.record({
  shape: fc.tuple(
    fc.constant(1),
    fc.constantFrom(16, 17),
    ...[0, 1].map(() => fc.integer({ min: 1, max: 11 })),
  ),
  outputs: fc.integer({ min: 1, max: 4 }),
  kernel: fc.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 6 })),
  pad: fc.tuple(border, border, border, border),
});

Deno.test("convolutions of many channels into few, which are computed by blocks of pixels, are the reference's", async () => {
  await using engine = await openOnnxRuntimeEngine();
  await fc.assert(
    fc.asyncProperty(fewOutputs, async ({ shape, outputs, kernel, pad }) => {
      const [, inputs = 0] = shape;
      const kernelShape = [outputs, inputs, ...kernel];
      fc.pre(typeof convolutionShape({ stride: [1, 1], pad }, shape, kernelShape) !== "string");
      const builder = createGraphBuilder();
      const weights = constant(builder, distinctValues(elementCount(kernelShape), 2), kernelShape);
      const graph = builder.finish({ made: conv2d(input(builder, "x", shape), weights, { pad }) });
      await assertAgrees(engine, graph, { x: value(shape, distinctValues(elementCount(shape), 5)) });
    }),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("two convolutions of one pixel that are added to each other are the reference's", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const shape = [1, 2, 3, 3];
  const builder = createGraphBuilder();
  const x = input(builder, "x", shape);
  const [one, other] = [2, 3].map((seed) =>
    conv2d(x, constant(builder, distinctValues(4 * 2 * 9, seed), [4, 2, 3, 3]))
  );
  assert.ok(one && other);
  const graph = builder.finish({ made: relu(add(one, other)) });
  await assertAgrees(engine, graph, { x: value(shape, distinctValues(18, 5)) });
});

Deno.test("a bias of more channels than the convolution has makes more channels", async () => {
  await using engine = await openOnnxRuntimeEngine();
  const shape = [1, 2, 5, 5];
  const builder = createGraphBuilder();
  const x = input(builder, "x", shape);
  const single = conv2d(x, constant(builder, distinctValues(18, 2), [1, 2, 3, 3]));
  const graph = builder.finish({ made: add(single, constant(builder, distinctValues(7, 3), [1, 7, 1, 1])) });
  await assertAgrees(engine, graph, { x: value(shape, distinctValues(50, 5)) });
});
