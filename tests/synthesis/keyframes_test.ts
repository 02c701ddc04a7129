import assert from "node:assert/strict";
import { keyframeValue } from "../../lib/synthesis/keyframes.ts";

Deno.test("a keyframed value is linear between keyframes and constant outside them", () => {
  const keyframes = { 10: 1, 0: 0, 20: -1 };
  const values = [-5, 0, 5, 10, 15, 20, 99].map((frame) => keyframeValue(keyframes, frame));
  assert.deepEqual(values, [0, 0, 0.5, 1, 0, -1, -1]);
});

Deno.test("a plain number holds for every frame, and so does a single keyframe", () => {
  assert.equal(keyframeValue(3, -4), 3);
  assert.equal(keyframeValue({ 7: 2 }, 0), 2);
  assert.equal(keyframeValue({ 7: 2 }, 9), 2);
});
