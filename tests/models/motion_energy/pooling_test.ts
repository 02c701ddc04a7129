import assert from "node:assert/strict";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input } from "../../../lib/graph/operations.ts";
import { pooled } from "../../../lib/models/motion_energy/pooling.ts";

function pool(height: number, width: number, images: readonly number[]) {
  const graph = createGraphBuilder();
  const made = pooled(input(graph, "images", [images.length / (height * width), height, width]));
  const data = evaluate(graph.finish({ made }), { images: Float64Array.from(images) }).made;
  return { shape: made.shape, data: [...(data ?? [])] };
}

Deno.test("pooled() halves the size, rounded up, and keeps flat images", () => {
  for (const [height, width] of [[5, 8], [1, 1], [2, 3]] as const) {
    const { shape, data } = pool(height, width, new Array<number>(2 * height * width).fill(0.7));
    assert.deepEqual(shape, [2, Math.ceil(height / 2), Math.ceil(width / 2)]);
    for (const value of data) assert.ok(Math.abs(value - 0.7) < 1e-6);
  }
});

Deno.test("pooled() averages with binomial weights around every second pixel, mirrored at the edges", () => {
  const { data } = pool(1, 6, [16, 32, 48, 64, 80, 96]);
  // 32 16 | 16 32 48 64 80 96 | 96
  assert.deepEqual(data, [
    (32 * 1 + 16 * 4 + 16 * 6 + 32 * 4 + 48 * 1) / 16,
    (16 * 1 + 32 * 4 + 48 * 6 + 64 * 4 + 80 * 1) / 16,
    (48 * 1 + 64 * 4 + 80 * 6 + 96 * 4 + 96 * 1) / 16,
  ]);
});
