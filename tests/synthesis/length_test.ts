import assert from "node:assert/strict";
import fc from "fast-check";
import { frameWithin } from "../../lib/synthesis/length.ts";
import type { Length } from "../../lib/synthesis/settings.ts";

function shown(length: Length, frames: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => frameWithin(index, frames, length));
}

Deno.test("a target loops, turns around or holds after its last frame", () => {
  assert.deepEqual(shown("loop", 3, 8), [0, 1, 2, 0, 1, 2, 0, 1]);
  assert.deepEqual(shown("pingpong", 3, 8), [0, 1, 2, 1, 0, 1, 2, 1]);
  assert.deepEqual(shown("hold", 3, 6), [0, 1, 2, 2, 2, 2]);
});

Deno.test("a strict target has no frame after its last", () => {
  assert.deepEqual(shown("strict", 3, 3), [0, 1, 2]);
  assert.throws(() => frameWithin(3, 3, "strict"), RangeError);
});

Deno.test("whatever the length, neighbors in time are neighbors in a target that turns around", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 99 }), (frames, index) => {
    const [here, next] = [index, index + 1].map((at) => frameWithin(at, frames, "pingpong"));
    assert.ok(here !== undefined && next !== undefined && here < frames);
    assert.equal(Math.abs(here - next), frames === 1 ? 0 : 1);
  }));
});
