/**
 * Cases for sums and products of matrices.
 * @module
 */
import { matmul, mean, meanOfAll, sum, transpose } from "../../lib/graph/operations.ts";
import type { OpCase } from "./op_case.ts";

/** Cases of sums and products of matrices. */
export const reductionCases = {
  sum: [
    { title: "over one axis", build: (draw) => sum(draw([2, 3, 5]), [1]) },
    { title: "over the outer axes", build: (draw) => sum(draw([2, 3, 5]), [0, 2]) },
    { title: "as a mean", build: (draw) => mean(draw([2, 3, 5]), [2]) },
    { title: "as a mean of all", build: (draw) => meanOfAll(draw([2, 3, 5])) },
    { title: "over no axis", build: (draw) => sum(draw([2, 3]), []) },
  ],
  matmul: [
    { title: "of matrices", build: (draw) => matmul(draw([3, 5]), draw([5, 2])) },
    { title: "of batches", build: (draw) => matmul(draw([2, 3, 5]), draw([2, 5, 2])) },
    { title: "with the first repeated", build: (draw) => matmul(draw([3, 5]), draw([2, 5, 2])) },
    { title: "with the second repeated", build: (draw) => matmul(draw([2, 3, 5]), draw([1, 5, 2])) },
    {
      title: "of a matrix with its transpose",
      build: (draw) => {
        const x = draw([3, 5]);
        return matmul(x, transpose(x, [1, 0]));
      },
    },
  ],
} satisfies Record<string, readonly [OpCase, ...OpCase[]]>;
