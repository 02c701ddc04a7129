import assert from "node:assert/strict";
import fc from "fast-check";
import { broadcastShapes, repeatedAxes } from "../../lib/graph/broadcasting.ts";
import type { Operation, Shape } from "../../lib/graph/graph.ts";
import { shapeOf } from "../../lib/graph/shape_rules.ts";

const window = { size: [2, 2], stride: [2, 2], pad: [0, 0, 0, 0] } as const;

/** An operation, the shapes that it gets, and the message that says what is wrong. */
const rejected: readonly (readonly [Operation, readonly Shape[], string])[] = [
  [{ op: "input", attributes: { name: "x" } }, [], "input: expected a declared shape, got none"],
  [{ op: "negate", attributes: {} }, [], "negate: expected 1 input, got none"],
  [{ op: "add", attributes: {} }, [[2]], "add: expected 2 inputs, got [2]"],
  [{ op: "add", attributes: {} }, [[2, 3], [2]], "add: expected shapes that broadcast, got [2, 3] and [2]"],
  [{ op: "select", attributes: {} }, [[2], [2]], "select: expected 3 inputs, got [2] and [2]"],
  [
    { op: "sum", attributes: { axes: [2] } },
    [[2, 3]],
    "sum: expected distinct axes of the input, not [2], got [2, 3]",
  ],
  [
    { op: "sum", attributes: { axes: [0, 0] } },
    [[2]],
    "sum: expected distinct axes of the input, not [0, 0], got [2]",
  ],
  [{ op: "matmul", attributes: {} }, [[2], [2, 3]], "matmul: expected matrices, got [2] and [2, 3]"],
  [
    { op: "matmul", attributes: {} },
    [[2, 3], [2, 3]],
    "matmul: expected 3 rows in the second matrix, as the first has columns, got [2, 3] and [2, 3]",
  ],
  [
    { op: "conv2d", attributes: { stride: [1, 1], pad: [0, 0, 0, 0] } },
    [[1, 3, 8, 8], [4, 2, 3, 3]],
    "conv2d: expected a kernel with as many channels as the images, got [1, 3, 8, 8] and [4, 2, 3, 3]",
  ],
  [
    { op: "conv2d", attributes: { stride: [1, 1], pad: [0, 0, 0, 0] } },
    [[1, 3, 2, 8], [4, 3, 3, 3]],
    "conv2d: expected images that hold a window of [3, 3], got [1, 3, 2, 8] and [4, 3, 3, 3]",
  ],
  [
    { op: "conv2d", attributes: { stride: [1, 1], pad: [0, 0, 0, 0], groups: 2 } },
    [[1, 4, 8, 8], [4, 4, 3, 3]],
    "conv2d: expected images with 2 times as many channels as the kernel, for as many groups, got [1, 4, 8, 8] and [4, 4, 3, 3]",
  ],
  [
    { op: "conv2d", attributes: { stride: [1, 1], pad: [0, 0, 0, 0], groups: 2 } },
    [[1, 4, 8, 8], [5, 2, 3, 3]],
    "conv2d: expected a kernel with outputs for each of 2 groups, got [1, 4, 8, 8] and [5, 2, 3, 3]",
  ],
  [
    { op: "conv2d_transposed", attributes: { stride: [2, 2], pad: [0, 0, 0, 0], height: 6, width: 7 } },
    [[1, 4, 3, 3], [4, 2, 3, 3]],
    "conv2d_transposed: expected [1, 4, 2, 3], as conv2d makes of [1, 2, 6, 7], got [1, 4, 3, 3] and [4, 2, 3, 3]",
  ],
  [
    { op: "max_pool2d", attributes: window },
    [[3, 4, 4]],
    "max_pool2d: expected [batch, channels, height, width], got [3, 4, 4]",
  ],
  [
    { op: "max_pool2d", attributes: { ...window, pad: [2, 0, 0, 0] } },
    [[1, 1, 4, 4]],
    "max_pool2d: expected a border smaller than the window, not [2, 0, 0, 0] around [2, 2], got [1, 1, 4, 4]",
  ],
  [
    { op: "max_pool2d_gradient", attributes: window },
    [[1, 1, 5, 4], [1, 1, 3, 2]],
    "max_pool2d_gradient: expected the gradient [1, 1, 2, 2] for that input, got [1, 1, 5, 4] and [1, 1, 3, 2]",
  ],
  [
    { op: "reshape", attributes: { shape: [4] } },
    [[2, 3]],
    "reshape: expected as many elements as [4] has, got [2, 3]",
  ],
  [
    { op: "transpose", attributes: { permutation: [0, 0] } },
    [[2, 3]],
    "transpose: expected an axis for each entry of the permutation [0, 0], got [2, 3]",
  ],
  [
    { op: "slice", attributes: { starts: [0, 1], ends: [2, 4] } },
    [[2, 3]],
    "slice: expected a shape that holds the elements [0, 1] up to [2, 4], got [2, 3]",
  ],
  [
    { op: "pad", attributes: { before: [0], after: [-1] } },
    [[2]],
    "pad: expected counts of zeros from 0 for each axis, not [0] and [-1], got [2]",
  ],
  [
    { op: "concat", attributes: { axis: 0 } },
    [],
    "concat: expected at least one input with an axis 0, got none",
  ],
  [
    { op: "concat", attributes: { axis: 0 } },
    [[2, 3], [2, 4]],
    "concat: expected inputs that differ along axis 0 only, got [2, 3] and [2, 4]",
  ],
  [
    { op: "gather", attributes: { axis: 1, indices: [0, 3] } },
    [[2, 3]],
    "gather: expected more than 3 elements along axis 1, got [2, 3]",
  ],
  [
    { op: "resample", attributes: { axis: 1, matrix: { to: 2, from: 4, data: new Float32Array(8) } } },
    [[2, 3]],
    "resample: expected 4 elements along axis 1, one for each column of the matrix, got [2, 3]",
  ],
  [
    { op: "resample", attributes: { axis: 0, matrix: { to: 2, from: 4, data: new Float32Array(6) } } },
    [[4]],
    "resample: expected a matrix of 8 elements, not 6, got [4]",
  ],
  [
    { op: "scatter_add", attributes: { axis: 0, indices: [0, 1], length: 4 } },
    [[3]],
    "scatter_add: expected 2 elements along axis 0, one for each index, got [3]",
  ],
  [
    { op: "broadcast", attributes: { shape: [2, 4] } },
    [[2, 3]],
    "broadcast: expected a shape that can be repeated to [2, 4], got [2, 3]",
  ],
];

for (const [operation, inputs, message] of rejected) {
  Deno.test(`shapeOf() says "${message}"`, () => {
    assert.throws(() => shapeOf(operation, inputs), { message });
  });
}

Deno.test("shapeOf() rejects a constant whose data has another length than its shape", () => {
  const operation = { op: "constant", attributes: { data: new Float32Array(5) } } as const;
  assert.throws(() => shapeOf(operation, [], [2, 3]), {
    message: "constant: expected 5 elements, as the data has, got [2, 3]",
  });
});

Deno.test("shapeOf() rejects lengths that are not positive whole numbers", () => {
  const operation = { op: "input", attributes: { name: "x" } } as const;
  assert.throws(() => shapeOf(operation, [], [2, 0]), { message: /positive whole lengths, got \[2, 0\]/ });
  assert.throws(() => shapeOf(operation, [], [1.5]), { message: /positive whole lengths, got \[1.5\]/ });
});

Deno.test("shapeOf() leaves out what does not fill a last step of a window", () => {
  assert.deepEqual(shapeOf({ op: "max_pool2d", attributes: window }, [[1, 3, 7, 5]]), [1, 3, 3, 2]);
});

const lengths = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

Deno.test("a broadcast shape is the same whatever the order, and repeats each operand along the axes it says", () => {
  fc.assert(fc.property(lengths, lengths, (a, b) => {
    const common = broadcastShapes(a, b);
    assert.deepEqual(common, broadcastShapes(b, a));
    if (!common) return;
    for (const operand of [a, b]) {
      const repeated = repeatedAxes(operand, common);
      const kept: Shape = common.filter((_, axis) => !repeated.includes(axis));
      assert.equal(product(kept), product(operand));
    }
  }));
});

function product(shape: Shape): number {
  return shape.reduce((total, length) => total * length, 1);
}
