/**
 * Small networks as the synthesis uses them: the loss of a Gram matrix and its gradient by the image.
 * @module
 */
import { gradient } from "../../lib/graph/gradient.ts";
import { elementCount } from "../../lib/graph/broadcasting.ts";
import type { Graph, GraphBuilder, Shape, Tensor } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import {
  absolute,
  add,
  constant,
  conv2d,
  divide,
  input,
  matmul,
  maxPool2d,
  mean,
  meanOfAll,
  relu,
  reshape,
  slice,
  square,
  squareRoot,
  subtract,
  sumOfAll,
  transpose,
} from "../../lib/graph/operations.ts";
import { distinctValues } from "../graph/sample_values.ts";
import { assertAgrees, type ConformanceCase, value } from "./conformance_case.ts";

/** Losses of small networks, with gradients. */
export const networkCases: readonly ConformanceCase[] = [
  {
    name: "two convolutions with pooling and the loss of a Gram matrix, with its gradient",
    run: (engine) =>
      assertAgrees(engine, convolutionalNetwork(), {
        x: value([1, 3, 13, 11], distinctValues(3 * 13 * 11, 1)),
        target: value([6, 6], distinctValues(36, 2)),
      }),
  },
  {
    name: "an image normalized, squared, pooled and divided by its channels, with its gradient",
    run: (engine) =>
      assertAgrees(engine, energyNetwork(), { x: value([1, 2, 15, 14], distinctValues(2 * 15 * 14, 3)) }),
  },
  {
    name: "total variation, with its gradient",
    run: (engine) => assertAgrees(engine, totalVariation(), { x: value([7, 5, 3], distinctValues(105, 4)) }),
  },
];

function convolutionalNetwork(): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [1, 3, 13, 11]);
  const first = maxPool2d(relu(convolved(x, [5, 3, 3, 3])), { size: 2, stride: 2 });
  const second = relu(convolved(first, [6, 5, 3, 3]));
  const rows = reshape(second, [6, 6 * 5]);
  const gram = divide(matmul(rows, transpose(rows, [1, 0])), 6 * 5);
  const loss = meanOfAll(square(subtract(gram, input(builder, "target", [6, 6]))));
  return builder.finish({ loss, gram, gradient: gradient(loss, x) });
}

function energyNetwork(): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [1, 2, 15, 14]);
  const centered = subtract(x, mean(x, [1, 2, 3]));
  const normalized = divide(centered, squareRoot(add(mean(square(centered), [1, 2, 3]), 1e-12)));
  const energy = maxPool2d(square(conv2d(normalized, weights(builder, [4, 2, 5, 5]))), {
    size: 5,
    stride: 1,
    pad: 2,
  });
  const mixed = conv2d(energy, weights(builder, [3, 4, 1, 1]));
  const layer = divide(mixed, add(mean(absolute(mixed), [1]), 1e-12));
  const loss = meanOfAll(square(layer));
  return builder.finish({ loss, layer, gradient: gradient(loss, x) });
}

function totalVariation(): Graph {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [7, 5, 3]);
  const right = subtract(slice(x, [0, 1, 0], [7, 5, 3]), slice(x, [0, 0, 0], [7, 4, 3]));
  const lower = subtract(slice(x, [1, 0, 0], [7, 5, 3]), slice(x, [0, 0, 0], [6, 5, 3]));
  const loss = divide(add(sumOfAll(absolute(right)), sumOfAll(absolute(lower))), 7 * 5);
  return builder.finish({ loss, gradient: gradient(loss, x) });
}

function convolved(x: Tensor, kernel: Shape): Tensor {
  const [channels = 0] = kernel;
  const bias = constant(x.graph, distinctValues(channels, 6), [channels, 1, 1]);
  return add(conv2d(x, weights(x.graph, kernel), { pad: 1 }), bias);
}

function weights(graph: GraphBuilder, shape: Shape): Tensor {
  return constant(graph, distinctValues(elementCount(shape), 5), shape);
}
