import assert from "node:assert/strict";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { add, constant, conv2d, input } from "../../../lib/graph/operations.ts";
import { mixingMatrix, withOne } from "../../../lib/models/msoe/mixing.ts";
import { distinctValues } from "../../graph/sample_values.ts";

Deno.test("a mixing of channels and a 1 beside them is the convolution with its bias", () => {
  const graph = createGraphBuilder();
  const weights = {
    kernel: { shape: [5, 3, 1, 1], data: Float32Array.from(distinctValues(15, 1)) } as const,
    bias: Float32Array.from(distinctValues(5, 2)),
  };
  const x = input(graph, "x", [1, 3, 2, 4]);
  const convolved = (images: typeof x, { kernel, bias }: ReturnType<typeof withOne>) =>
    add(
      conv2d(images, constant(graph, kernel.data, kernel.shape)),
      constant(graph, bias, [1, bias.length, 1, 1]),
    );
  const { shape, data } = mixingMatrix(weights);
  const mixed = conv2d(convolved(x, withOne(3)), constant(graph, data, [...shape, 1, 1]));
  const made = evaluate(graph.finish({ mixed, expected: convolved(x, weights) }), {
    x: distinctValues(24, 3),
  });
  assert.equal(made.expected?.length, 5 * 8);
  for (const [i, expected] of made.expected.entries()) {
    assert.ok(
      Math.abs((made.mixed?.[i] ?? NaN) - expected) < 1e-12,
      `${i}: ${made.mixed?.[i]}, not ${expected}`,
    );
  }
});
