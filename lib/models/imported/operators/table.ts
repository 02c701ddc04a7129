/**
 * Every operator of ONNX that becomes operations of our graph.
 * @module
 */
import type { ImportOperator } from "../imported_node.ts";
import { foldedOperators } from "../known_arithmetic.ts";
import { convolutionOperators } from "./convolution.ts";
import { elementwiseOperators } from "./elementwise.ts";
import { layoutOperators } from "./layout.ts";
import { linearAlgebraOperators } from "./linear_algebra.ts";
import { normalizationOperators } from "./normalization.ts";
import { poolingOperators } from "./pooling.ts";

/** Operators by ONNX's name. */
export const operators: Readonly<Record<string, ImportOperator>> = {
  ...elementwiseOperators,
  ...convolutionOperators,
  ...poolingOperators,
  ...normalizationOperators,
  ...linearAlgebraOperators,
  ...layoutOperators,
};

/** True for operators that are known, if only of numbers that do not depend on the frames. */
export function isSupported(op: string): boolean {
  return Object.hasOwn(operators, op) || foldedOperators.has(op);
}
