/**
 * Cases for the operations that slide a window: odd sizes, remainders that no window reaches, overlaps and borders.
 * @module
 */
import { elementCount } from "../../lib/graph/broadcasting.ts";
import type { GraphBuilder, Shape, Tensor } from "../../lib/graph/graph.ts";
import {
  add,
  constant,
  conv2d,
  conv2dTransposed,
  maxPool2d,
  maxPool2dGradient,
  multiply,
  relu,
  slice,
} from "../../lib/graph/operations.ts";
import type { OpAttributes, Window } from "../../lib/graph/ops.ts";
import type { Draw, OpCase } from "./op_case.ts";
import { distinctValues } from "./sample_values.ts";

/** Cases of the operations that slide a window. */
export const windowCases = {
  conv2d: [
    {
      title: "3x3 with a border of 1",
      build: (draw) => convolved(draw, [1, 3, 7, 5], [4, 3, 3, 3], { pad: 1 }),
    },
    { title: "3x3 without a border", build: (draw) => convolved(draw, [1, 2, 5, 6], [3, 2, 3, 3], {}) },
    { title: "1x1", build: (draw) => convolved(draw, [1, 3, 3, 5], [2, 3, 1, 1], {}) },
    {
      title: "1x1 to more channels, which are multiplied by one of another image",
      build: (draw) => multiply(convolved(draw, [1, 2, 3, 4], [5, 2, 1, 1], {}), draw([1, 1, 3, 4])),
    },
    {
      title: "an uneven border",
      build: (draw) => convolved(draw, [1, 2, 5, 4], [2, 2, 3, 5], { pad: [2, 1, 0, 3] }),
    },
    {
      title: "a batch of two",
      build: (draw) => convolved(draw, [2, 2, 4, 3], [3, 2, 2, 3], { pad: [0, 1, 1, 1] }),
    },
    {
      title: "a border wider than the kernel",
      build: (draw) => convolved(draw, [1, 2, 3, 3], [2, 2, 2, 2], { pad: 3 }),
    },
    {
      title: "stride 2 with a remainder",
      build: (draw) => convolved(draw, [1, 2, 6, 7], [3, 2, 3, 3], { stride: 2 }),
    },
    {
      title: "stride 3 by 2 with a border",
      build: (draw) => convolved(draw, [1, 2, 8, 6], [2, 2, 3, 3], { stride: [3, 2], pad: [1, 2, 0, 1] }),
    },
    {
      title: "of groups",
      build: (draw) => convolved(draw, [1, 4, 5, 4], [6, 2, 3, 3], { pad: 1, groups: 2 }),
    },
    {
      title: "of each channel alone, 7x7",
      build: (draw) => convolved(draw, [1, 3, 8, 6], [3, 1, 7, 7], { pad: 3, groups: 3 }),
    },
    {
      title: "of each channel alone into two, stride 2 with a remainder",
      build: (draw) => convolved(draw, [1, 2, 6, 7], [4, 1, 3, 3], { stride: 2, groups: 2 }),
    },
    {
      title: "with elements two by one pixels apart",
      build: (draw) => convolved(draw, [1, 2, 7, 5], [3, 2, 3, 3], { pad: 2, dilation: [2, 1] }),
    },
    {
      title: "with elements apart, of groups and stride 2",
      build: (draw) => convolved(draw, [1, 4, 8, 7], [2, 2, 2, 3], { stride: 2, groups: 2, dilation: 2 }),
    },
    {
      title: "of groups with a kernel that is an input",
      build: (draw) => conv2d(draw([1, 4, 5, 4]), draw([6, 2, 3, 2]), { pad: 1, groups: 2 }),
      notDifferentiable: [1],
    },
    {
      title: "with a kernel that is an input",
      build: (draw) => conv2d(draw([1, 2, 5, 4]), draw([3, 2, 3, 2]), { pad: 1 }),
      notDifferentiable: [1],
    },
    {
      title: "with a strided kernel that is an input",
      build: (draw) => conv2d(draw([1, 2, 5, 4]), draw([3, 2, 3, 2]), { stride: 2 }),
      notDifferentiable: [1],
    },
  ],
  conv2d_transposed: [
    {
      title: "stride 1",
      build: (draw) =>
        transposed(draw, [1, 3, 3, 5], [3, 2, 3, 3], {
          stride: [1, 1],
          pad: [1, 1, 1, 1],
          height: 3,
          width: 5,
        }),
    },
    {
      title: "stride 2 with a remainder",
      build: (draw) =>
        transposed(draw, [1, 3, 2, 3], [3, 2, 3, 3], {
          stride: [2, 2],
          pad: [0, 0, 0, 0],
          height: 6,
          width: 7,
        }),
    },
    {
      title: "stride 3 by 2 with a border",
      build: (draw) =>
        transposed(draw, [2, 2, 3, 3], [2, 1, 3, 3], {
          stride: [3, 2],
          pad: [1, 0, 0, 2],
          height: 8,
          width: 6,
        }),
    },
    {
      title: "of groups with elements apart",
      build: (draw) =>
        transposed(draw, [1, 4, 2, 3], [4, 1, 3, 2], {
          stride: [2, 1],
          pad: [1, 0, 0, 1],
          groups: 2,
          dilation: [2, 2],
          height: 6,
          width: 4,
        }),
    },
    {
      title: "with a kernel that is an input",
      build: (draw) =>
        conv2dTransposed(draw([1, 2, 2, 2]), draw([2, 3, 2, 2]), {
          stride: [2, 2],
          pad: [0, 0, 0, 0],
          height: 4,
          width: 4,
        }),
      notDifferentiable: [1],
    },
  ],
  max_pool2d: [
    {
      title: "2x2 stride 2 of what a ReLU has made",
      build: (draw) => maxPool2d(relu(draw([1, 3, 5, 6])), { size: 2, stride: 2 }),
    },
    {
      title: "2x2 stride 2 of what a ReLU has made and others use, too",
      build: (draw) => {
        const rectified = relu(draw([1, 2, 4, 4]));
        const corner = slice(rectified, [0, 0, 0, 0], [1, 2, 2, 2]);
        return add(maxPool2d(rectified, { size: 2, stride: 2 }), corner);
      },
    },
    { title: "2x2 stride 2, even", build: (draw) => maxPool2d(draw([1, 2, 4, 6]), { size: 2, stride: 2 }) },
    {
      title: "2x2 stride 2 with a remainder of one pixel",
      build: (draw) => maxPool2d(draw([1, 3, 7, 5]), { size: 2, stride: 2 }),
    },
    {
      title: "5x5 stride 1 with a border of 2",
      build: (draw) => maxPool2d(draw([1, 2, 7, 6]), { size: 5, stride: 1, pad: 2 }),
    },
    {
      title: "3x3 stride 2 with an uneven border",
      build: (draw) => maxPool2d(draw([2, 2, 6, 5]), { size: 3, stride: 2, pad: [0, 1, 1, 0] }),
    },
    {
      title: "1x5 stride 1, then 5x1",
      build: (draw) =>
        maxPool2d(maxPool2d(draw([1, 1, 6, 7]), { size: [1, 5], stride: 1 }), { size: [5, 1], stride: 1 }),
    },
    {
      title: "a window of a whole image",
      build: (draw) => maxPool2d(draw([1, 3, 3, 5]), { size: [3, 5], stride: 1 }),
    },
  ],
  max_pool2d_gradient: [
    {
      title: "2x2 stride 2 with a remainder of one pixel",
      build: (draw) =>
        pooledBack(draw, [1, 3, 7, 5], [1, 3, 3, 2], { size: [2, 2], stride: [2, 2], pad: [0, 0, 0, 0] }),
      notDifferentiable: [0, 1],
    },
    {
      title: "5x5 stride 1 with a border of 2",
      build: (draw) =>
        pooledBack(draw, [1, 2, 7, 6], [1, 2, 7, 6], { size: [5, 5], stride: [1, 1], pad: [2, 2, 2, 2] }),
      notDifferentiable: [0, 1],
    },
    {
      title: "3x3 stride 2 with an uneven border",
      build: (draw) =>
        pooledBack(draw, [2, 2, 6, 5], [2, 2, 3, 2], { size: [3, 3], stride: [2, 2], pad: [0, 1, 1, 0] }),
      notDifferentiable: [0, 1],
    },
  ],
} satisfies Record<string, readonly [OpCase, ...OpCase[]]>;

function convolved(draw: Draw, images: Shape, kernel: Shape, places: Parameters<typeof conv2d>[2]): Tensor {
  const x = draw(images);
  return conv2d(x, weights(x.graph, kernel), places);
}

function transposed(
  draw: Draw,
  made: Shape,
  kernel: Shape,
  attributes: OpAttributes["conv2d_transposed"],
): Tensor {
  const x = draw(made);
  return conv2dTransposed(x, weights(x.graph, kernel), attributes);
}

function pooledBack(draw: Draw, images: Shape, made: Shape, window: Window): Tensor {
  return maxPool2dGradient(draw(images), draw(made), window);
}

function weights(graph: GraphBuilder, shape: Shape): Tensor {
  return constant(graph, distinctValues(elementCount(shape), 5), shape);
}
