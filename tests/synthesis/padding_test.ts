import assert from "node:assert/strict";
import { firstTime, framesForPadding, type Padding, targetFrameAt } from "../../lib/synthesis/padding.ts";

function visited(padding: Padding, frames: number): number[] {
  const times = Array.from({ length: frames + padding.frames }, (_, i) => firstTime(padding) + i);
  return times.map((time) => targetFrameAt(time, padding));
}

Deno.test("mirrored padding runs backwards into frame 0", () => {
  assert.deepEqual(visited({ frames: 3, order: "mirrored" }, 3), [3, 2, 1, 0, 1, 2]);
});

Deno.test("forward padding runs forwards and jumps back at frame 0, as the authors' script does", () => {
  assert.deepEqual(visited({ frames: 3, order: "forward" }, 3), [1, 2, 3, 0, 1, 2]);
});

Deno.test("without padding time begins at 0", () => {
  assert.deepEqual(visited({ frames: 0, order: "mirrored" }, 2), [0, 1]);
});

Deno.test("padding never looks beyond the frames that it says it needs", () => {
  for (const order of ["mirrored", "forward"] as const) {
    const padding = { frames: 5, order };
    assert.equal(Math.max(...visited(padding, 1)), framesForPadding(padding) - 1);
  }
});
