import assert from "node:assert/strict";
import { evaluate } from "../../lib/engines/reference/evaluate.ts";
import { gradient } from "../../lib/graph/gradient.ts";
import type { Graph, Tensor } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import * as operations from "../../lib/graph/operations.ts";
import { print } from "../../lib/graph/print.ts";

const {
  absolute,
  add,
  constant,
  conv2d,
  greater,
  input,
  maxPool2d,
  multiply,
  relu,
  select,
  square,
  sumOfAll,
} = operations;

function outputsOf(
  graph: Graph,
  inputs: Readonly<Record<string, readonly number[]>>,
): Record<string, number[]> {
  const wide = Object.entries(inputs).map(([name, elements]) => [name, Float64Array.from(elements)]);
  const outputs = Object.entries(evaluate(graph, Object.fromEntries(wide)));
  // Adding 0 turns -0 into 0, which deepEqual tells apart.
  return Object.fromEntries(
    outputs.map(([name, elements]) => [name, [...elements].map((element) => element + 0)]),
  );
}

Deno.test("gradient() adds up what a shared subexpression gets from all its readers", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2]);
  const shared = square(x);
  const loss = sumOfAll(add(multiply(shared, x), multiply(shared, 3)));
  const graph = builder.finish({ gradient: gradient(loss, x) });
  // d (x^3 + 3 x^2) = 3 x^2 + 6 x
  assert.deepEqual(outputsOf(graph, { x: [2, -1] }), { gradient: [24, -3] });
});

Deno.test("gradient() differentiates by an intermediate tensor and by what it was made of", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2]);
  const between = multiply(x, 3);
  const [byBetween, byX] = gradient(sumOfAll(square(between)), [between, x]);
  assert.ok(byBetween && byX);
  const graph = builder.finish({ byBetween, byX });
  assert.deepEqual(outputsOf(graph, { x: [1, -2] }), { byBetween: [6, -12], byX: [18, -36] });
});

Deno.test("gradient() is zeros where the loss does not depend on the tensor", () => {
  const builder = createGraphBuilder();
  const [x, other] = [input(builder, "x", [2]), input(builder, "other", [2, 3])];
  const graph = builder.finish({ gradient: gradient(sumOfAll(x), other) });
  assert.deepEqual(outputsOf(graph, {}), { gradient: [0, 0, 0, 0, 0, 0] });
});

Deno.test("gradient() of a tensor by itself is one", () => {
  const builder = createGraphBuilder();
  const loss = input(builder, "loss", []);
  assert.deepEqual(outputsOf(builder.finish({ gradient: gradient(loss, loss) }), {}), { gradient: [1] });
});

Deno.test("gradient() starts from a seed when the loss is a tensor", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2]);
  const seed = input(builder, "seed", [2]);
  const graph = builder.finish({ gradient: gradient(square(x), x, seed) });
  assert.deepEqual(outputsOf(graph, { x: [3, 4], seed: [1, 10] }), { gradient: [6, 80] });
});

Deno.test("gradient() can be taken of a gradient", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", []);
  const first = gradient(multiply(square(x), x), x);
  assert.deepEqual(outputsOf(builder.finish({ second: gradient(first, x) }), { x: [5] }), { second: [30] });
});

Deno.test("gradient() computes nothing for paths that do not lead to the tensor", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [1, 1, 4, 4]);
  const elsewhere = conv2d(input(builder, "other", [1, 1, 4, 4]), input(builder, "kernel", [1, 1, 1, 1]));
  gradient(sumOfAll(multiply(x, elsewhere)), x);
  const convolutions = builder.nodes.filter((node) => node.op.startsWith("conv2d"));
  assert.equal(convolutions.length, 1);
});

Deno.test("gradient() rejects a loss of several numbers without a seed, and a seed of another shape", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2, 3]);
  assert.throws(() => gradient(x, x), { message: /one number or a seed, got a loss of shape \[2, 3\]/ });
  const seed = input(builder, "seed", [3]);
  assert.throws(() => gradient(x, x, seed), { message: /seed of shape \[2, 3\], got \[3\]/ });
});

Deno.test("gradient() rejects a tensor of another graph", () => {
  const x = input(createGraphBuilder(), "x", []);
  const stranger = input(createGraphBuilder(), "x", []);
  assert.throws(() => gradient(x, stranger), { message: /tensors of the loss's graph/ });
});

Deno.test("the gradient of a convolution with constant weights is a convolution with the flipped, exchanged kernel", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [1, 1, 1, 3]);
  const made = conv2d(x, constant(builder, [1, 2, 3, 4], [2, 1, 1, 2]));
  const graph = builder.finish({ gradient: gradient(made, x, input(builder, "seed", made.shape)) });
  assert.equal(
    print(graph),
    '%0 [1, 2, 1, 2] = input name="seed"\n' +
      "%1 [1, 2, 1, 2] = constant 2 1 4 3\n" +
      "%2 [1, 1, 1, 3] = conv2d(%0, %1) stride=[1,1] pad=[0,1,0,1]\n" +
      "output gradient = %2\n",
  );
});

Deno.test("gradients of two convolutions whose kernels are one array in two shapes are each its own", () => {
  const builder = createGraphBuilder();
  const weights = Float32Array.of(1, 2, 3, 4, 5, 6);
  const gradientOf = ([out, channels]: readonly [number, number]) => {
    const x = input(builder, `x of ${channels}`, [1, channels, 1, 1]);
    const seed = constant(builder, Array.from({ length: out }, (_, i) => 10 ** i), [1, out, 1, 1]);
    return gradient(conv2d(x, constant(builder, weights, [out, channels, 1, 1])), x, seed);
  };
  const graph = builder.finish({ tall: gradientOf([3, 2]), wide: gradientOf([2, 3]) });
  assert.deepEqual(outputsOf(graph, { "x of 2": [0, 0], "x of 3": [0, 0, 0] }), {
    tall: [531, 642],
    wide: [41, 52, 63],
  });
});

Deno.test("the gradient of relu needs its output only", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2]);
  const made = relu(x);
  gradient(sumOfAll(made), x);
  const readers = builder.nodes.filter((node) => node.inputs.includes(x.id)).map((node) => node.op);
  assert.deepEqual(readers, ["relu"]);
});

Deno.test("the gradient of a mean of squares is one product of full size", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [4, 5]);
  const graph = builder.finish({ gradient: gradient(operations.meanOfAll(square(x)), x) });
  const full = graph.nodes.filter((node) => node.shape.length === 2 && node.shape[0] === 4);
  assert.deepEqual(full.map((node) => node.op), ["input", "multiply"]);
});

for (const [name, build, x, expected] of ties()) {
  Deno.test(name, () => {
    const builder = createGraphBuilder();
    const tensor = input(builder, "x", x.shape);
    const graph = builder.finish({ gradient: gradient(sumOfAll(build(tensor)), tensor) });
    assert.deepEqual(outputsOf(graph, { x: x.elements })["gradient"], expected);
  });
}

interface Elements {
  readonly shape: readonly number[];
  readonly elements: readonly number[];
}

/** Name, function, where it is tried, gradient of the sum there. Worked out by hand. */
function ties(): readonly (readonly [string, (x: Tensor) => Tensor, Elements, readonly number[]])[] {
  const flat = (height: number, width: number): Elements => ({
    shape: [1, 1, height, width],
    elements: Array.from({ length: height * width }, () => 0.25),
  });
  const aroundZero = { shape: [3], elements: [-1, 0, 1] };
  return [
    ["abs has derivative 0 at 0", absolute, aroundZero, [-1, 0, 1]],
    ["relu has derivative 0 at 0", relu, aroundZero, [0, 0, 1]],
    ["sign has derivative 0 everywhere", operations.sign, aroundZero, [0, 0, 0]],
    ["maximum of equal numbers gives the first the gradient", (x) => operations.maximum(x, 0), aroundZero, [
      0,
      1,
      1,
    ]],
    [
      "maximum of a tensor with itself has derivative 1",
      (x) => operations.maximum(x, x),
      aroundZero,
      [1, 1, 1],
    ],
    ["minimum of equal numbers gives the first the gradient", (x) => operations.minimum(x, 0), aroundZero, [
      1,
      1,
      0,
    ]],
    ["select has no gradient by its condition", (x) => select(greater(x, 0), x, 0), aroundZero, [0, 0, 1]],
    [
      "a flat area's 2x2 windows give to their first element, and a remainder gets nothing",
      (x) => maxPool2d(x, { size: 2, stride: 2 }),
      flat(3, 5),
      [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    [
      "a flat area's overlapping 5x5 windows give to their first element",
      (x) => maxPool2d(x, { size: 5, stride: 1, pad: 2 }),
      flat(4, 4),
      [9, 3, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    [
      "1x5 along the row, then 5x1, gives where a 5x5 window gives",
      (x) => maxPool2d(maxPool2d(x, { size: [1, 5], stride: 1 }), { size: [5, 1], stride: 1 }),
      { shape: [1, 1, 5, 5], elements: Array.from({ length: 25 }, (_, i) => i === 4 || i === 15 ? 2 : 1) },
      Array.from({ length: 25 }, (_, i) => i === 4 ? 1 : 0),
    ],
  ];
}

Deno.test("gradient() of a Gram matrix takes one large product", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2, 50]);
  const gram = operations.matmul(x, operations.transpose(x, [1, 0]));
  const graph = builder.finish({ gradient: gradient(sumOfAll(square(gram)), x) });
  // One for the Gram matrix, one for its gradient.
  const products = graph.nodes.filter(({ op }) => op === "matmul");
  assert.deepEqual(products.map(({ shape }) => shape), [[2, 2], [2, 50]]);
});

Deno.test("gradient() by a matrix and by its transpose, both read, is that of each alone", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2, 1]);
  const transposed = operations.transpose(x, [1, 0]);
  const gram = operations.matmul(x, transposed);
  const [byX, byTransposed] = gradient(sumOfAll(multiply(gram, gram)), [x, transposed]);
  assert.ok(byX && byTransposed);
  // The sum over (x_i x_j)^2 is (x.x)^2: by x it is 4 (x.x) x, half of which came through the transpose.
  assert.deepEqual(outputsOf(builder.finish({ byX, byTransposed }), { x: [1, 2] }), {
    byX: [20, 40],
    byTransposed: [10, 20],
  });
});

Deno.test("gradient() of slices that share out a tensor joins them and adds no zeros", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [3, 2]);
  const rows = [[0, 1], [1, 2], [2, 3]].map(([from = 0, to = 0]) => operations.slice(x, [from, 0], [to, 2]));
  const loss = rows.map((row, i) => sumOfAll(multiply(square(row), i + 1))).reduce((sum, each) =>
    add(sum, each)
  );
  const graph = builder.finish({ gradient: gradient(loss, x) });
  assert.deepEqual(outputsOf(graph, { x: [1, 2, 3, 4, 5, 6] }), { gradient: [2, 4, 12, 16, 30, 36] });
  const ops = graph.nodes.map(({ op }) => op);
  assert.deepEqual([ops.includes("pad"), ops.filter((op) => op === "concat").length], [false, 1]);
});

Deno.test("gradient() of slices that meet or leave a gap is right in what they share and in what none took", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [6]);
  const parts = [[1, 2], [2, 4], [3, 4], [5, 6]].map(([from = 0, to = 0]) =>
    operations.slice(x, [from], [to])
  );
  const loss = parts.map((part, i) => sumOfAll(multiply(part, i + 1))).reduce((sum, each) => add(sum, each));
  const graph = builder.finish({ gradient: gradient(loss, x) });
  assert.deepEqual(outputsOf(graph, { x: [0, 0, 0, 0, 0, 0] }), { gradient: [0, 1, 2, 5, 0, 4] });
});

Deno.test("gradient() by a divisor that is repeated divides after it has summed", () => {
  const builder = createGraphBuilder();
  const [x, divisor] = [input(builder, "x", [4, 9]), input(builder, "divisor", [4, 1])];
  const graph = builder.finish({ gradient: gradient(sumOfAll(operations.divide(x, divisor)), divisor) });
  const divisions = graph.nodes.filter(({ op }) => op === "divide").map(({ shape }) => shape);
  assert.deepEqual(divisions, [[4, 9], [4, 1]]);
});
