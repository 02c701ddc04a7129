import assert from "node:assert/strict";
import fc from "fast-check";
import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { elementCount } from "../../../lib/graph/broadcasting.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input, maxPool2d, maxPool2dGradient } from "../../../lib/graph/operations.ts";
import type { Window } from "../../../lib/graph/ops.ts";
import { pooledShape } from "../../../lib/graph/window_shapes.ts";
import { seededRandom } from "../../graph/sample_values.ts";
import { unchanged } from "./unchanged.ts";

/** A window along one axis: its size, stride and border on both sides. */
const oneWay = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    // Often 1 or the size itself: these are lowered in ways of their own.
    stride: fc.oneof(fc.constant(1), fc.constant(size), fc.integer({ min: 1, max: 7 })),
    before: fc.integer({ min: 0, max: size - 1 }),
    after: fc.integer({ min: 0, max: size - 1 }),
  })
);

const halving = fc.constant({ size: 2, stride: 2, before: 0, after: 0 });

const pooling = fc.record({
  windows: fc.oneof(
    { weight: 4, arbitrary: fc.tuple(oneWay, oneWay) },
    { weight: 1, arbitrary: fc.tuple(halving, halving) },
  ),
  channelsLast: fc.boolean(),
  // The step between numbers: borders must not be chosen beside the lowest either.
  unit: fc.constantFrom(1, 1e-30, 3e38),
  batch: fc.integer({ min: 1, max: 2 }),
  channels: fc.constantFrom(1, 2, 8, 9),
  height: fc.integer({ min: 1, max: 13 }),
  width: fc.integer({ min: 1, max: 13 }),
  seed: fc.nat(),
});

Deno.test("max pooling and its gradient are the reference's exactly, for any window and layout, in images full of ties", async () => {
  await using engine = await openOnnxRuntimeEngine();
  await fc.assert(
    fc.asyncProperty(
      pooling,
      async ({ windows, channelsLast, unit, batch, channels, height, width, seed }) => {
        const [vertical, horizontal] = windows;
        const window: Window = {
          size: [vertical.size, horizontal.size],
          stride: [vertical.stride, horizontal.stride],
          pad: [vertical.before, horizontal.before, vertical.after, horizontal.after],
        };
        const shape = [batch, channels, height, width];
        const pooled = pooledShape(window, shape);
        fc.pre(typeof pooled !== "string");
        const random = seededRandom(seed);
        // Whole numbers, so that sums of gradients are exact in any order; three different ones, so that most windows tie.
        const whole = (shape: readonly number[], different: number) =>
          Float32Array.from({ length: elementCount(shape) }, () => Math.floor(random() * different) - 1);
        const values = { x: whole(shape, 3).map((number) => number * unit), gradient: whole(pooled, 100) };

        const builder = createGraphBuilder();
        const [images, gradient] = [input(builder, "x", shape), input(builder, "gradient", pooled)];
        const x = channelsLast ? unchanged(images) : images;
        const graph = builder.finish({
          maxima: maxPool2d(x, window),
          gradient: maxPool2dGradient(x, gradient, window),
        });
        await using program = await engine.compile(graph);
        const made = await program.run({
          x: { shape, data: values.x },
          gradient: { shape: pooled, data: values.gradient },
        });
        const expected = evaluate(graph, {
          x: Float64Array.from(values.x),
          gradient: Float64Array.from(values.gradient),
        });
        for (const name of ["maxima", "gradient"]) {
          assert.deepEqual(plain(made[name]?.data), plain(expected[name]), name);
        }
      },
    ),
    { numRuns: 300, seed: 1 },
  );
});

/** Numbers without the sign of zero. */
function plain(values: Iterable<number> = []): readonly number[] {
  return Array.from(values, (value) => value + 0);
}
