/**
 * Cases for every operation: the compiler names an operation that has none.
 * @module
 */
import { constant, multiply } from "../../lib/graph/operations.ts";
import type { Op } from "../../lib/graph/ops.ts";
import { elementwiseCases } from "./elementwise_cases.ts";
import { layoutCases } from "./layout_cases.ts";
import type { OpCase } from "./op_case.ts";
import { reductionCases } from "./reduction_cases.ts";
import { windowCases } from "./window_cases.ts";

/** One case or more. */
type Cases = readonly [OpCase, ...OpCase[]];

/** Cases by operation. */
export const opCases: { readonly [K in Op]: Cases } = {
  input: [{ title: "as it is", build: (draw) => draw([3, 2]) }],
  constant: [{
    title: "beside an input",
    build: (draw) => {
      const x = draw([2, 3]);
      return multiply(x, constant(x.graph, [1.5, -2, 3, 0, 5, -0.25], [2, 3]));
    },
  }],
  ...elementwiseCases,
  ...reductionCases,
  ...windowCases,
  ...layoutCases,
};
