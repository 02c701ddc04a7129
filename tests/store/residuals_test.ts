import assert from "node:assert/strict";
import { driftOf } from "../../lib/store/residuals.ts";

Deno.test("the first and the last third of the frames are told apart, in whatever order they were recorded", () => {
  const frames = [5, 0, 1, 2, 3, 4, 6].map((frame) => ({
    frame,
    residuals: { texture: { fine: frame, coarse: 3 * frame } },
  }));
  assert.deepEqual(driftOf(frames), { texture: { first: 1, last: 11 } });
  assert.deepEqual(driftOf(frames.slice(0, 2)), {});
  assert.deepEqual(driftOf([0, 1, 2].map((frame) => ({ frame }))), {});
});
