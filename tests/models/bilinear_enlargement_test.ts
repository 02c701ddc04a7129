import assert from "node:assert/strict";
import fc from "fast-check";
import { bilinearMap } from "../../lib/models/bilinear_enlargement.ts";

Deno.test("bilinearMap() has half-pixel centers and replicates the edges", () => {
  // deno-fmt-ignore
  assert.deepEqual(bilinearMap(2, 4).data, Float32Array.of(
    1, 0,
    0.75, 0.25,
    0.25, 0.75,
    0, 1,
  ));
  assert.deepEqual(bilinearMap(4, 2).data, Float32Array.of(0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5));
  assert.deepEqual(bilinearMap(1, 3).data, Float32Array.of(1, 1, 1));
});

Deno.test("bilinearMap() keeps constants, mirror images and, away from the edges, ramps", () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(fc.property(side, side, (from, to) => {
    const matrix = bilinearMap(from, to).data;
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
