/**
 * Cases for sums and products of matrices, constant ones included.
 * @module
 */
import type { LineMap } from "../../lib/graph/line_map.ts";
import { matmul, mean, meanOfAll, resample, sum, transpose } from "../../lib/graph/operations.ts";
import type { OpCase } from "./op_case.ts";
import { distinctValues } from "./sample_values.ts";

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
  resample: [
    { title: "along the last axis", build: (draw) => resample(draw([2, 3, 5]), 2, mapOf(4, 5)) },
    { title: "along the last but one axis", build: (draw) => resample(draw([2, 5, 3]), 1, mapOf(7, 5)) },
    { title: "along an axis before those", build: (draw) => resample(draw([2, 4, 3, 2]), 1, mapOf(3, 4)) },
    { title: "along the first axis", build: (draw) => resample(draw([3, 2, 2]), 0, mapOf(1, 3)) },
    { title: "of a line", build: (draw) => resample(draw([4]), 0, mapOf(2, 4)) },
    {
      title: "along both axes of a picture",
      build: (draw) => resample(resample(draw([2, 3, 4]), 2, mapOf(3, 4)), 1, mapOf(2, 3)),
    },
  ],
} satisfies Record<string, readonly [OpCase, ...OpCase[]]>;

/** A matrix of which every third entry is 0. */
function mapOf(to: number, from: number): LineMap {
  const data = Float32Array.from(distinctValues(to * from, 5), (value, i) => i % 3 === 1 ? 0 : value);
  return { to, from, data };
}
