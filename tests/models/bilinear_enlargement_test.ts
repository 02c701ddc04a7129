import assert from "node:assert/strict";
import fc from "fast-check";
import { bilinearMatrix } from "../../lib/models/bilinear_enlargement.ts";

Deno.test("bilinearMatrix() has half-pixel centers and replicates the edges", () => {
  // deno-fmt-ignore
  assert.deepEqual(bilinearMatrix(2, 4), Float32Array.of(
    1, 0,
    0.75, 0.25,
    0.25, 0.75,
    0, 1,
  ));
  assert.deepEqual(bilinearMatrix(4, 2), Float32Array.of(0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5));
  assert.deepEqual(bilinearMatrix(1, 3), Float32Array.of(1, 1, 1));
});

Deno.test("bilinearMatrix() keeps constants, mirror images and, away from the edges, ramps", () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(fc.property(side, side, (from, to) => {
    const matrix = bilinearMatrix(from, to);
    const applied = (line: (i: number) => number) =>
      Array.from({ length: to }, (_, i) => {
        const row = matrix.subarray(i * from, (i + 1) * from);
        return row.reduce((sum, share, j) => sum + share * line(j), 0);
      });
    for (const value of applied(() => 1)) assert.ok(Math.abs(value - 1) < 1e-6);
    applied((j) => j).forEach((value, i) => {
      const exact = (i + 0.5) * from / to - 0.5;
      assert.ok(Math.abs(value - Math.min(Math.max(exact, 0), from - 1)) < 1e-5);
    });
  }));
});
