/**
 * Cases for the operations that treat each element alone: equal shapes, and each operand repeated to the other.
 * @module
 */
import type { Tensor } from "../../lib/graph/graph.ts";
import * as operations from "../../lib/graph/operations.ts";
import type { OpCase } from "./op_case.ts";

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;

/** Cases of the operations that treat each element alone. */
export const elementwiseCases = {
  negate: ofOne(operations.negate),
  absolute: ofOne(operations.absolute),
  sign: ofOne(operations.sign),
  square_root: ofOne(operations.squareRoot, "positive"),
  relu: ofOne(operations.relu),
  step: ofOne(operations.step),
  exp: ofOne(operations.exp),
  tanh: [
    ...ofOne(operations.tanh),
    { title: "as the logistic function has it", build: (draw) => operations.sigmoid(draw([3, 5])) },
  ],
  erf: ofOne(operations.erf),
  add: ofTwo(operations.add),
  subtract: ofTwo(operations.subtract),
  multiply: [
    ...ofTwo(operations.multiply),
    { title: "a tensor with itself", build: (draw) => operations.square(draw([3, 5])) },
    {
      title: "a tensor with itself, then its sum",
      build: (draw) => operations.sumOfAll(operations.square(draw([3, 5]))),
    },
    {
      title: "two repeated tensors, then their sum",
      build: (draw) => operations.sumOfAll(operations.multiply(draw([3, 1]), draw([1, 5]))),
    },
  ],
  divide: ofTwo(operations.divide, "positive"),
  maximum: ofTwo(operations.maximum),
  minimum: ofTwo(operations.minimum),
  greater: ofTwo(operations.greater),
  equal: ofTwo(operations.equal),
  select: [
    { title: "by elements", build: (draw) => chosen(draw([3, 5]), draw([3, 5]), draw([3, 5])) },
    { title: "with a repeated condition", build: (draw) => chosen(draw([3, 1]), draw([3, 5]), draw([3, 5])) },
    { title: "of repeated tensors", build: (draw) => chosen(draw([2, 3, 5]), draw([5]), draw([3, 1])) },
    { title: "of numbers", build: (draw) => operations.select(operations.step(draw([3, 5])), 2, -1) },
  ],
} satisfies Record<string, readonly [OpCase, ...OpCase[]]>;

/** Chooses by the sign of the first tensor: one that is never 0 would always choose the second. */
function chosen(by: Tensor, whenPositive: Tensor, otherwise: Tensor): Tensor {
  return operations.select(operations.step(by), whenPositive, otherwise);
}

function ofOne(operation: Unary, range?: "positive"): readonly [OpCase, ...OpCase[]] {
  return [
    { title: "of a matrix", build: (draw) => operation(draw([3, 5], range)) },
    { title: "of one number", build: (draw) => operation(draw([], range)) },
  ];
}

function ofTwo(operation: Binary, second?: "positive"): readonly [OpCase, ...OpCase[]] {
  return [
    { title: "of equal shapes", build: (draw) => operation(draw([3, 5]), draw([3, 5], second)) },
    { title: "with the second repeated", build: (draw) => operation(draw([2, 3, 5]), draw([3, 1], second)) },
    { title: "with the first repeated", build: (draw) => operation(draw([1, 5]), draw([2, 3, 5], second)) },
    { title: "with both repeated", build: (draw) => operation(draw([3, 1]), draw([2, 1, 5], second)) },
    { title: "with one number", build: (draw) => operation(draw([3, 5]), draw([], second)) },
  ];
}
