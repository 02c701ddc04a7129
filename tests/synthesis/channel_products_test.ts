import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate } from "../../lib/engines/reference/evaluate.ts";
import { elementCount } from "../../lib/graph/broadcasting.ts";
import { gradient } from "../../lib/graph/gradient.ts";
import type { Shape, Tensor } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import {
  constant,
  conv2d,
  input,
  matmul,
  multiply,
  reshape,
  sumOfAll,
  transpose,
} from "../../lib/graph/operations.ts";
import { type Activations, activationsOf, wholeActivations } from "../../lib/models/activations.ts";
import { channelProducts } from "../../lib/synthesis/terms/channel_products.ts";
import { distinctValues } from "../graph/sample_values.ts";

type Size = Activations["size"];

/**
 * By the parts and by the whole: the products, and gradients by each part of a sum that weighs each product differently.
 * @param mixed how many channels are mixed of those of each part; none are when left out
 */
function bothWays(size: Size, shapes: readonly Shape[], mixed?: number) {
  const graph = createGraphBuilder();
  const values: Record<string, Float64Array> = {};
  const [first, ...others] = shapes.map((shape, i) => {
    values[`part ${i}`] = distinctValues(shape.reduce((product, length) => product * length, 1), i + 1);
    return input(graph, `part ${i}`, shape);
  });
  assert.ok(first);
  const sources = first.shape[0] ?? 0;
  const mixing = mixed === undefined
    ? undefined
    : constant(graph, distinctValues(mixed * sources, 8), [mixed, sources]);
  const activations: Activations = { size, parts: [first, ...others], ...(mixing && { mixing }) };
  const outputs = (way: string, products: Tensor) => {
    const [channels = 0] = products.shape;
    const weights = constant(graph, distinctValues(channels ** 2, 9), products.shape);
    const gradients = gradient(sumOfAll(multiply(products, weights)), activations.parts);
    return Object.fromEntries([products, ...gradients].map((tensor, i) => [`${way} ${i}`, tensor]));
  };
  const whole = wholeActivations(activations);
  const matrix = reshape(whole, [whole.shape[0] ?? 0, size[0] * size[1]]);
  const made = evaluate(
    graph.finish({
      ...outputs("parts", channelProducts(activations)),
      ...outputs("whole", matmul(matrix, transpose(matrix, [1, 0]))),
    }),
    values,
  );
  return [0, ...shapes.map((_, i) => i + 1)].map((i) => [made[`parts ${i}`], made[`whole ${i}`]] as const);
}

function assertSame(size: Size, shapes: readonly Shape[], mixed?: number) {
  for (const [parts, whole] of bothWays(size, shapes, mixed)) {
    assert.ok(parts && whole);
    const largest = whole.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, value] of whole.entries()) {
      const difference = Math.abs((parts[i] ?? NaN) - value);
      assert.ok(
        difference < 6e-7 * largest,
        `${JSON.stringify(shapes)} at ${size}: ${parts[i]}, expected ${value}`,
      );
    }
  }
}

Deno.test("products of channels by parts are those of the whole, and so are their gradients", () => {
  assertSame([11, 9], [[2, 11, 9], [3, 6, 5], [2, 3, 3], [1, 2, 2], [2, 1, 1]]);
  assertSame([8, 12], [[3, 8, 12], [2, 4, 6], [2, 2, 3]]);
  assertSame([5, 6], [[4, 5, 6]]);
});

Deno.test("products of mixed channels by parts are those of the whole, and so are their gradients", () => {
  assertSame([11, 9], [[3, 11, 9], [3, 6, 5], [3, 3, 3], [3, 1, 1]], 5);
  assertSame([5, 6], [[2, 5, 6]], 4);
  assertSame([4, 4], [[1, 2, 2], [1, 4, 4]], 1);
});

Deno.test("whole activations of mixed channels are those of parts that were mixed before", () => {
  const graph = createGraphBuilder();
  const shapes = [[2, 6, 5], [2, 3, 3]];
  const parts = shapes.map((shape, i) => input(graph, `part ${i}`, shape));
  const weights = distinctValues(3 * 2, 8);
  const kernel = constant(graph, weights, [3, 2, 1, 1]);
  const before = parts.map((part) => {
    const mixed = conv2d(reshape(part, [1, ...part.shape]), kernel);
    return reshape(mixed, mixed.shape.slice(1));
  });
  const made = evaluate(
    graph.finish({
      mixing: wholeActivations(activationsOf(parts, constant(graph, weights, [3, 2]))),
      before: wholeActivations(activationsOf(before)),
    }),
    Object.fromEntries(shapes.map((shape, i) => [`part ${i}`, distinctValues(elementCount(shape), i + 1)])),
  );
  assert.equal(made.mixing?.length, 2 * 3 * 6 * 5);
  assert.deepEqual(made.mixing, made.before);
});

Deno.test("products of channels by parts do not depend on how fine the parts are, nor on their order", () => {
  const side = fc.integer({ min: 1, max: 7 });
  const part = fc.tuple(fc.integer({ min: 1, max: 3 }), side, side);
  const size = fc.tuple(side, side);
  fc.assert(
    fc.property(
      size,
      fc.array(part, { minLength: 1, maxLength: 4 }),
      (size, shapes) => assertSame(size, shapes),
    ),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("products of parts of a pyramid hold nothing of all channels at full size", () => {
  const graph = createGraphBuilder();
  const parts = [[64, 32, 56], [64, 16, 28], [64, 8, 14]].map((shape, i) => input(graph, `part ${i}`, shape));
  const [first, ...others] = parts;
  assert.ok(first);
  const products = channelProducts({ size: [32, 56], parts: [first, ...others] });
  const made = graph.finish({ gradient: gradient(sumOfAll(multiply(products, products)), first) });
  const largest = Math.max(
    ...made.nodes.map(({ shape }) => shape.reduce((product, length) => product * length, 1)),
  );
  assert.equal(largest, 64 * 32 * 56);
});
