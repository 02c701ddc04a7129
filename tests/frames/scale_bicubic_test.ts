import assert from "node:assert/strict";
import fc from "fast-check";
import { scaleBicubic } from "../../lib/frames/scale_bicubic.ts";

/** A gray frame of a function of place. */
function frameOf(height: number, width: number, value: (y: number, x: number) => number) {
  const data = Float32Array.from({ length: height * width * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(Math.floor(pixel / width), pixel % width);
  });
  return { height, width, data };
}

const sides = fc.integer({ min: 1, max: 40 });

Deno.test("a frame of one value keeps it at any size", () => {
  fc.assert(
    fc.property(sides, sides, sides, sides, (height, width, toHeight, toWidth) => {
      const scaled = scaleBicubic(frameOf(height, width, () => 0.3), { height: toHeight, width: toWidth });
      assert.equal(scaled.data.length, toHeight * toWidth * 3);
      assert.ok(scaled.data.every((value) => Math.abs(value - 0.3) < 1e-6));
    }),
    { numRuns: 40 },
  );
});

Deno.test("a checkerboard of single pixels is half as bright at half the size", () => {
  const board = frameOf(32, 48, (y, x) => (y + x) % 2);
  const half = scaleBicubic(board, { height: 16, width: 24 });
  for (let y = 4; y < 12; y++) {
    for (let x = 4; x < 20; x++) assert.ok(Math.abs(half.data[(y * 24 + x) * 3]! - 0.5) < 1e-6);
  }
  const mean = half.data.reduce((sum, value) => sum + value, 0) / half.data.length;
  assert.ok(Math.abs(mean - 0.5) < 1e-6, `${mean}`);
});

Deno.test("a slow grating is the same grating at another size: centers of pixels are at halves", () => {
  const wave = (phase: number) => 0.5 + 0.4 * Math.sin(2 * Math.PI * 2 * phase);
  for (const width of [31, 128]) {
    const scaled = scaleBicubic(frameOf(8, 64, (_, x) => wave((x + 0.5) / 64)), { height: 8, width });
    for (let x = 8; x < width - 8; x++) {
      assert.ok(Math.abs(scaled.data[x * 3]! - wave((x + 0.5) / width)) < 0.03, `${width}: ${x}`);
    }
  }
});

Deno.test("what overshoots at an edge is clipped", () => {
  const edge = scaleBicubic(frameOf(8, 8, (_, x) => x < 4 ? 0 : 1), { height: 8, width: 32 });
  assert.equal(Math.min(...edge.data), 0);
  assert.equal(Math.max(...edge.data), 1);
});
