/**
 * Equal elements and zeros, where a rule decides: flat areas, which scientists draw, are full of them.
 * @module
 */
import assert from "node:assert/strict";
import { gradient } from "../../lib/graph/gradient.ts";
import type { Shape, Tensor } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import * as operations from "../../lib/graph/operations.ts";
import { type ConformanceCase, value } from "./conformance_case.ts";

/** Ties and zeros. */
export const tieCases: readonly ConformanceCase[] = [
  exactly("max_pool2d gives a flat window's gradient to its first element", {
    shape: [1, 1, 4, 4],
    x: flat(16, 0.5),
    build: (x) => operations.maxPool2d(x, { size: 2, stride: 2 }),
    gradient: [1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0],
  }),
  exactly("max_pool2d gives a flat window of zeros' gradient to its first element", {
    shape: [1, 1, 2, 3],
    x: flat(6, 0),
    build: (x) => operations.maxPool2d(x, { size: 2, stride: 2 }),
    gradient: [1, 0, 0, 0, 0, 0],
  }),
  exactly("max_pool2d takes the first of two maxima in row-major order", {
    shape: [1, 1, 2, 2],
    x: [1, 3, 3, 2],
    build: (x) => operations.maxPool2d(x, { size: 2, stride: 2 }),
    gradient: [0, 1, 0, 0],
  }),
  exactly("max_pool2d of overlapping flat windows adds up what the first elements get", {
    shape: [1, 1, 3, 4],
    x: flat(12, -1),
    build: (x) => operations.maxPool2d(x, { size: 3, stride: 1, pad: 1 }),
    gradient: [4, 2, 2, 0, 2, 1, 1, 0, 0, 0, 0, 0],
  }),
  exactly("max_pool2d of a flat 5x5 window with a border never chooses the border", {
    shape: [1, 1, 3, 3],
    x: flat(9, -2),
    build: (x) => operations.maxPool2d(x, { size: 5, stride: 1, pad: 2 }),
    gradient: [9, 0, 0, 0, 0, 0, 0, 0, 0],
    result: flat(9, -2),
  }),
  exactly("max_pool2d of a flat area beside an edge", {
    shape: [1, 1, 4, 4],
    x: [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
    build: (x) => operations.maxPool2d(x, { size: 2, stride: 2 }),
    gradient: [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0],
  }),
  exactly("absolute has derivative 0 at 0", {
    shape: [3],
    x: [-2, 0, 3],
    build: operations.absolute,
    gradient: [-1, 0, 1],
  }),
  exactly("relu has derivative 0 at 0", {
    shape: [3],
    x: [-2, 0, 3],
    build: operations.relu,
    gradient: [0, 0, 1],
  }),
  exactly("sign is 0 at 0", { shape: [3], x: [-2, 0, 3], build: operations.sign, result: [-1, 0, 1] }),
  exactly("step is 0 at 0", { shape: [3], x: [-2, 0, 3], build: operations.step, result: [0, 0, 1] }),
  exactly("greater is 0 for equal numbers", {
    shape: [3],
    x: [-2, 0, 3],
    build: (x) => operations.greater(x, 0),
    result: [0, 0, 1],
  }),
  exactly("equal is 1 for equal numbers only", {
    shape: [3],
    x: [-2, 0, 3],
    build: (x) => operations.equal(x, 3),
    result: [0, 0, 1],
  }),
  exactly("select takes any number but 0 for true", {
    shape: [3],
    x: [-2, 0, 0.25],
    build: (x) => operations.select(x, 1, 5),
    result: [1, 5, 1],
  }),
  exactly("maximum gives the gradient of equal numbers to the first", {
    shape: [3],
    x: [-2, 0, 3],
    build: (x) => operations.maximum(x, 0),
    gradient: [0, 1, 1],
  }),
  exactly("maximum gives no gradient of equal numbers to the second", {
    shape: [3],
    x: [-2, 0, 3],
    build: (x) => operations.maximum(operations.scalar(x.graph, 0), x),
    gradient: [0, 0, 1],
  }),
  exactly("minimum gives the gradient of equal numbers to the first", {
    shape: [3],
    x: [-2, 0, 3],
    build: (x) => operations.minimum(x, 0),
    gradient: [1, 1, 0],
  }),
];

interface Exact {
  readonly shape: Shape;
  readonly x: readonly number[];
  readonly build: (x: Tensor) => Tensor;
  readonly result?: readonly number[];
  /** Of the sum of the result's elements. */
  readonly gradient?: readonly number[];
}

function exactly(name: string, exact: Exact): ConformanceCase {
  return {
    name,
    run: async (engine) => {
      const builder = createGraphBuilder();
      const x = operations.input(builder, "x", exact.shape);
      const result = exact.build(x);
      const graph = builder.finish({ result, gradient: gradient(operations.sumOfAll(result), x) });
      await using program = await engine.compile(graph);
      const outputs = await program.run({ x: value(exact.shape, exact.x) });
      for (const [output, expected] of [["result", exact.result], ["gradient", exact.gradient]] as const) {
        if (expected) {
          assert.deepEqual([...outputs[output]?.data ?? []].map((element) => element + 0), expected, output);
        }
      }
    },
  };
}

function flat(count: number, element: number): readonly number[] {
  return Array.from({ length: count }, () => element);
}
