import assert from "node:assert/strict";
import { blend } from "../../lib/frames/blend.ts";
import { frameFromBytes, frameToBytes } from "../../lib/frames/bytes.ts";
import { grayFrame, grayValues } from "../../lib/frames/gray.ts";
import { uniformGray } from "./uniform_gray.ts";

Deno.test("bytes survive the way through a frame", () => {
  const bytes = Uint8Array.from({ length: 3 * 256 }, (_, i) => i);
  assert.deepEqual(frameToBytes(frameFromBytes(bytes, 16, 16)), bytes);
});

Deno.test("frameToBytes() rounds to the nearest level and clips", () => {
  const data = new Float32Array([-0.2, 0.4 / 255, 0.6 / 255, 254.4 / 255, 254.6 / 255, 1.7]);
  assert.deepEqual([...frameToBytes({ height: 1, width: 2, data })], [0, 0, 1, 254, 255, 255]);
});

Deno.test("frameFromBytes() refuses a wrong number of bytes", () => {
  assert.throws(() => frameFromBytes(new Uint8Array(11), 2, 2), /11 bytes/);
});

Deno.test("blend() mixes by share and refuses frames of different sizes", () => {
  const mixed = blend(uniformGray(1, 2, 2), uniformGray(0, 2, 2), 0.95);
  assert.ok(mixed.data.every((value) => value === Math.fround(0.95)));
  assert.throws(() => blend(uniformGray(1, 2, 2), uniformGray(1, 2, 3), 0.5), /2 x 2 with 2 x 3/);
});

Deno.test("gray weighs the channels by .299, .587, .114", () => {
  const frame = { height: 1, width: 3, data: new Float32Array([1, 0, 0, 0, 1, 0, 0, 0, 1]) };
  const expected = [0.299, 0.587, 0.114].map(Math.fround);
  assert.deepEqual([...grayValues(frame)], expected);
  assert.deepEqual([...grayFrame(frame).data], expected.flatMap((value) => [value, value, value]));
});
