import assert from "node:assert/strict";
import { type Elements, evaluate } from "../../../lib/engines/reference/evaluate.ts";
import type { Shape, Tensor } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import * as operations from "../../../lib/graph/operations.ts";
import type { Op } from "../../../lib/graph/ops.ts";

/** Up to three inputs, what is made of them, and the elements that it must have: worked out by hand. */
interface Example {
  readonly inputs: readonly (readonly [Shape, readonly number[]])[];
  readonly build: (a: Tensor, b: Tensor, c: Tensor) => Tensor;
  readonly shape: Shape;
  readonly expected: readonly number[];
}

const numbers = [[4], [-2, 0, 0.25, 3]] as const;
const matrix = [[2, 3], [1, 2, 3, 4, 5, 6]] as const;
const image = [[1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]] as const;
const window = { size: [2, 2], stride: [2, 2], pad: [0, 0, 0, 0] } as const;

const examples: { readonly [K in Op]: Example } = {
  input: { inputs: [numbers], build: (x) => x, shape: [4], expected: [-2, 0, 0.25, 3] },
  constant: {
    inputs: [numbers],
    build: (x) => operations.constant(x.graph, [5, 7], [2, 1]),
    shape: [2, 1],
    expected: [5, 7],
  },
  negate: { inputs: [numbers], build: operations.negate, shape: [4], expected: [2, 0, -0.25, -3] },
  absolute: { inputs: [numbers], build: operations.absolute, shape: [4], expected: [2, 0, 0.25, 3] },
  sign: { inputs: [numbers], build: operations.sign, shape: [4], expected: [-1, 0, 1, 1] },
  square_root: { inputs: [[[2], [9, 0.25]]], build: operations.squareRoot, shape: [2], expected: [3, 0.5] },
  relu: { inputs: [numbers], build: operations.relu, shape: [4], expected: [0, 0, 0.25, 3] },
  step: { inputs: [numbers], build: operations.step, shape: [4], expected: [0, 0, 1, 1] },
  exp: { inputs: [[[3], [0, 1, -1]]], build: operations.exp, shape: [3], expected: [1, Math.E, 1 / Math.E] },
  tanh: {
    inputs: [[[3], [0, 0.5, -2]]],
    build: operations.tanh,
    shape: [3],
    expected: [0, 0.46211715726000975, -0.9640275800758169],
  },
  erf: { inputs: [[[3], [0, 9, -9]]], build: operations.erf, shape: [3], expected: [0, 1, -1] },
  add: {
    inputs: [matrix, [[3], [10, 20, 30]]],
    build: operations.add,
    shape: [2, 3],
    expected: [11, 22, 33, 14, 25, 36],
  },
  subtract: {
    inputs: [matrix, [[2, 1], [1, 4]]],
    build: operations.subtract,
    shape: [2, 3],
    expected: [0, 1, 2, 0, 1, 2],
  },
  multiply: {
    inputs: [[[2, 1], [2, 3]], [[3], [1, 10, 100]]],
    build: operations.multiply,
    shape: [2, 3],
    expected: [2, 20, 200, 3, 30, 300],
  },
  divide: {
    inputs: [matrix, [[], [2]]],
    build: operations.divide,
    shape: [2, 3],
    expected: [0.5, 1, 1.5, 2, 2.5, 3],
  },
  maximum: {
    inputs: [numbers, [[], [0.5]]],
    build: operations.maximum,
    shape: [4],
    expected: [0.5, 0.5, 0.5, 3],
  },
  minimum: {
    inputs: [numbers, [[], [0.5]]],
    build: operations.minimum,
    shape: [4],
    expected: [-2, 0, 0.25, 0.5],
  },
  greater: { inputs: [numbers, [[], [0.25]]], build: operations.greater, shape: [4], expected: [0, 0, 0, 1] },
  equal: { inputs: [numbers, [[], [0.25]]], build: operations.equal, shape: [4], expected: [0, 0, 1, 0] },
  select: {
    inputs: [numbers, [[4], [1, 2, 3, 4]], [[], [9]]],
    build: operations.select,
    shape: [4],
    expected: [1, 9, 3, 4],
  },
  sum: { inputs: [matrix], build: (x) => operations.sum(x, [0]), shape: [1, 3], expected: [5, 7, 9] },
  matmul: {
    inputs: [matrix, [[2, 3, 1], [1, 0, 2, 0, 1, 0]]],
    build: operations.matmul,
    shape: [2, 2, 1],
    expected: [7, 16, 2, 5],
  },
  resample: {
    inputs: [matrix],
    build: (x) => operations.resample(x, 1, { to: 2, from: 3, data: Float32Array.of(1, 0, 0.5, 0, -1, 2) }),
    shape: [2, 2],
    expected: [2.5, 4, 7, 7],
  },
  conv2d: {
    inputs: [image, [[1, 1, 2, 2], [1, 10, 100, 1000]]],
    build: (x, kernel) => operations.conv2d(x, kernel, { stride: [2, 2], pad: [0, 2, 1, 0] }),
    shape: [1, 1, 2, 2],
    expected: [0, 5421, 0, 87],
  },
  conv2d_transposed: {
    inputs: [[[1, 1, 1, 2], [1, 2]], [[1, 1, 2, 2], [1, 10, 100, 1000]]],
    build: (made, kernel) =>
      operations.conv2dTransposed(made, kernel, { stride: [2, 1], pad: [0, 0, 0, 0], height: 3, width: 3 }),
    shape: [1, 1, 3, 3],
    expected: [1, 12, 20, 100, 1200, 2000, 0, 0, 0],
  },
  max_pool2d: {
    inputs: [image],
    build: (x) => operations.maxPool2d(x, { size: 2, stride: 2, pad: [0, 0, 1, 1] }),
    shape: [1, 1, 2, 2],
    expected: [5, 6, 8, 9],
  },
  max_pool2d_gradient: {
    inputs: [[[1, 1, 2, 5], [1, 4, 2, 2, 9, 3, 4, 2, 2, 9]], [[1, 1, 1, 2], [10, 20]]],
    build: (x, gradient) => operations.maxPool2dGradient(x, gradient, window),
    shape: [1, 1, 2, 5],
    expected: [0, 10, 20, 0, 0, 0, 0, 0, 0, 0],
  },
  reshape: {
    inputs: [matrix],
    build: (x) => operations.reshape(x, [3, 2]),
    shape: [3, 2],
    expected: matrix[1],
  },
  transpose: {
    inputs: [[[1, 2, 3], matrix[1]]],
    build: (x) => operations.transpose(x, [2, 0, 1]),
    shape: [3, 1, 2],
    expected: [1, 4, 2, 5, 3, 6],
  },
  slice: {
    inputs: [matrix],
    build: (x) => operations.slice(x, [0, 1], [2, 2]),
    shape: [2, 1],
    expected: [2, 5],
  },
  pad: {
    inputs: [[[1, 2], [1, 2]]],
    build: (x) => operations.pad(x, [1, 0], [0, 2]),
    shape: [2, 4],
    expected: [0, 0, 0, 0, 1, 2, 0, 0],
  },
  concat: {
    inputs: [matrix, [[2, 1], [8, 9]]],
    build: (a, b) => operations.concat([a, b], 1),
    shape: [2, 4],
    expected: [1, 2, 3, 8, 4, 5, 6, 9],
  },
  gather: {
    inputs: [matrix],
    build: (x) => operations.gather(x, 1, [2, 0, 2, 2]),
    shape: [2, 4],
    expected: [3, 1, 3, 3, 6, 4, 6, 6],
  },
  scatter_add: {
    inputs: [matrix],
    build: (x) => operations.scatterAdd(x, 1, [3, 0, 3], 4),
    shape: [2, 4],
    expected: [2, 0, 0, 4, 5, 0, 0, 10],
  },
  broadcast: {
    inputs: [[[2, 1], [1, 2]]],
    build: (x) => operations.broadcast(x, [2, 2, 2]),
    shape: [2, 2, 2],
    expected: [1, 1, 2, 2, 1, 1, 2, 2],
  },
};

for (const [op, example] of Object.entries(examples)) {
  Deno.test(`evaluate() computes ${op} as worked out by hand`, () => {
    const builder = createGraphBuilder();
    const tensors = [0, 1, 2].map((i) =>
      operations.input(builder, `input${i}`, example.inputs[i]?.[0] ?? [])
    );
    const [a, b, c] = tensors;
    assert.ok(a && b && c);
    const result = example.build(a, b, c);
    assert.deepEqual(result.shape, example.shape);
    const outputs = evaluate(builder.finish({ result }), elements(example.inputs.map(([, data]) => data)));
    assert.deepEqual([...outputs["result"] ?? []].map((element) => element + 0), example.expected);
  });
}

Deno.test("evaluate() computes in float64", () => {
  const builder = createGraphBuilder();
  const sum = operations.add(operations.input(builder, "input0", []), 1);
  const outputs = evaluate(builder.finish({ sum }), elements([[1e-12]]));
  assert.deepEqual([...outputs["sum"] ?? []], [1 + 1e-12]);
});

Deno.test("evaluate() rejects a missing input and one of another length", () => {
  const builder = createGraphBuilder();
  const graph = builder.finish({ x: operations.input(builder, "input0", [2]) });
  assert.throws(() => evaluate(graph, {}), {
    message: 'evaluate: expected 2 elements for input "input0", got none',
  });
  assert.throws(() => evaluate(graph, elements([[1]])), {
    message: /2 elements for input "input0", got 1 elements/,
  });
});

function elements(inputs: readonly (readonly number[])[]): Elements {
  return Object.fromEntries(inputs.map((data, i) => [`input${i}`, Float64Array.from(data)]));
}
