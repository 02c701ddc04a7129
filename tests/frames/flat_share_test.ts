import assert from "node:assert/strict";
import { flatShare } from "../../lib/frames/flat_share.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { uniformNoise } from "../../lib/frames/noise.ts";

const [height, width] = [40, 60];
const noise = uniformNoise({ seed: 1, frame: 0, purpose: "generated" }, height, width);

/** The noise, but for the pixels for which a value is given. */
function drawn(value: (y: number, x: number) => number | undefined): Frame {
  const data = noise.data.map((of, i) => {
    const pixel = Math.floor(i / 3);
    return value(Math.floor(pixel / width), pixel % width) ?? of;
  });
  return { height, width, data };
}

Deno.test("nothing of noise is flat, all of a single color is, and so are bars", () => {
  assert.equal(flatShare(noise), 0);
  assert.equal(flatShare(drawn(() => 0.5)), 1);
  assert.equal(flatShare(drawn((y) => y / height)), 1);
  assert.equal(flatShare(drawn((_, x) => x / width)), 1);
});

Deno.test("a slope along both axes is not flat", () => {
  assert.equal(flatShare(drawn((y, x) => (y + x) / (height + width))), 0);
});

Deno.test("a flat part of a frame counts by its pixels, less those at its edge", () => {
  const half = flatShare(drawn((_, x) => x < width / 2 ? 0.5 : undefined));
  // Of 57 columns those from 1 to 28.
  assert.equal(half, 28 / 57);
  assert.equal(flatShare(drawn((y, x) => y < 3 && x < 3 ? 0.5 : undefined)), 0);
});

Deno.test("pixels of which one channel differs are not equal", () => {
  const { data } = drawn(() => 0.5);
  const colored = data.map((value, i) => i % 3 === 2 ? noise.data[i] ?? NaN : value);
  assert.equal(flatShare({ height, width, data: colored }), 0);
});

Deno.test("frames that are too small for two neighborhoods have no flat part", () => {
  for (const [height, width] of [[3, 9], [9, 3], [1, 1]] as const) {
    assert.equal(flatShare({ height, width, data: new Float32Array(height * width * 3) }), 0);
  }
});
