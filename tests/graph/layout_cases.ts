/**
 * Cases for the operations that only move elements.
 * @module
 */
import {
  broadcast,
  concat,
  gather,
  pad,
  reshape,
  scatterAdd,
  slice,
  transpose,
} from "../../lib/graph/operations.ts";
import type { OpCase } from "./op_case.ts";

/** Cases of the operations that only move elements. */
export const layoutCases = {
  reshape: [
    { title: "to fewer axes", build: (draw) => reshape(draw([2, 3, 5]), [6, 5]) },
    { title: "to one number", build: (draw) => reshape(draw([1, 1]), []) },
  ],
  transpose: [
    { title: "of a matrix", build: (draw) => transpose(draw([3, 5]), [1, 0]) },
    { title: "that is not its own inverse", build: (draw) => transpose(draw([2, 3, 5]), [2, 0, 1]) },
    { title: "of five axes", build: (draw) => transpose(draw([2, 1, 3, 2, 2]), [3, 0, 2, 4, 1]) },
  ],
  slice: [
    { title: "from the middle", build: (draw) => slice(draw([4, 5]), [1, 2], [3, 4]) },
    { title: "from the edges", build: (draw) => slice(draw([2, 3, 5]), [0, 1, 0], [2, 3, 1]) },
    {
      title: "of five axes",
      build: (draw) => slice(draw([2, 3, 2, 3, 2]), [0, 1, 0, 1, 1], [2, 3, 1, 3, 2]),
    },
  ],
  pad: [
    { title: "around", build: (draw) => pad(draw([3, 2]), [1, 2], [2, 1]) },
    { title: "on one side", build: (draw) => pad(draw([2, 3, 2]), [0, 0, 3], [0, 0, 0]) },
    { title: "of five axes", build: (draw) => pad(draw([2, 1, 3, 1, 2]), [1, 0, 0, 2, 1], [0, 1, 0, 1, 0]) },
  ],
  concat: [
    { title: "along the first axis", build: (draw) => concat([draw([1, 3]), draw([2, 3])], 0) },
    {
      title: "of three along the last axis",
      build: (draw) => concat([draw([2, 1]), draw([2, 3]), draw([2, 2])], 1),
    },
    {
      title: "of a tensor with itself",
      build: (draw) => {
        const x = draw([2, 3]);
        return concat([x, x], 1);
      },
    },
    { title: "of one", build: (draw) => concat([draw([2, 3])], 1) },
    {
      title: "of five axes",
      build: (draw) => concat([draw([2, 1, 2, 1, 3]), draw([2, 1, 3, 1, 3])], 2),
    },
  ],
  gather: [
    { title: "some twice, some never", build: (draw) => gather(draw([4, 3]), 0, [2, 0, 2, 2, 1]) },
    { title: "along a middle axis", build: (draw) => gather(draw([2, 4, 3]), 1, [3, 3, 0]) },
    { title: "along the last axis, reversed", build: (draw) => gather(draw([2, 3]), 1, [2, 1, 0]) },
  ],
  scatter_add: [
    { title: "several to one", build: (draw) => scatterAdd(draw([5, 3]), 0, [2, 0, 2, 2, 1], 4) },
    { title: "along a middle axis", build: (draw) => scatterAdd(draw([2, 3, 3]), 1, [3, 3, 0], 5) },
    { title: "along the last axis", build: (draw) => scatterAdd(draw([2, 3]), 1, [1, 0, 1], 2) },
  ],
  broadcast: [
    { title: "of one axis", build: (draw) => broadcast(draw([3, 1]), [3, 5]) },
    { title: "with a new axis in front", build: (draw) => broadcast(draw([3, 1]), [2, 3, 5]) },
    { title: "of one number", build: (draw) => broadcast(draw([]), [2, 3]) },
  ],
} satisfies Record<string, readonly [OpCase, ...OpCase[]]>;
