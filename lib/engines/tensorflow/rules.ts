/**
 * How TensorFlow.js computes every operation.
 * @module
 */
import { convolutionRules } from "./convolution_rules.ts";
import { elementwiseRules } from "./elementwise_rules.ts";
import { layoutRules } from "./layout_rules.ts";
import { linearAlgebraRules } from "./linear_algebra_rules.ts";
import { poolingRules } from "./pooling_rules.ts";
import type { TensorFlowRules } from "./rule.ts";

/** Rules of all operations. */
export const rules: TensorFlowRules = {
  ...elementwiseRules,
  ...linearAlgebraRules,
  ...convolutionRules,
  ...poolingRules,
  ...layoutRules,
};
