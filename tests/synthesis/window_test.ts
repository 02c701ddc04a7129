import assert from "node:assert/strict";
import fc from "fast-check";
import { reachOf, timesBefore } from "../../lib/synthesis/window.ts";

Deno.test("a model of two frames sees the frame before, and one of a single frame none", () => {
  assert.deepEqual(timesBefore({ frames: 2 }, 7, -5), [6]);
  assert.deepEqual(timesBefore({ frames: 1 }, 7, -5), []);
});

Deno.test("a window of four frames by two reaches six frames back", () => {
  assert.deepEqual(timesBefore({ frames: 4, stride: 2 }, 7, 0), [1, 3, 5]);
  assert.equal(reachOf({ frames: 4, stride: 2 }), 6);
});

Deno.test("the first frame stands for what is missing before it", () => {
  assert.deepEqual(timesBefore({ frames: 4 }, -4, -5), [-5, -5, -5]);
  assert.deepEqual(timesBefore({ frames: 4 }, 1, 0), [0, 0, 0]);
});

Deno.test("a window is in order, before its time, never before the first frame, and of its length", () => {
  const window = fc.record({
    frames: fc.integer({ min: 1, max: 16 }),
    stride: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(
      window,
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: -20, max: 0 }),
      (window, time, first) => {
        const times = timesBefore(window, time, first);
        assert.equal(times.length, window.frames - 1);
        assert.deepEqual(times, times.toSorted((a, b) => a - b));
        assert.ok(times.every((before) => before >= first && before < time));
        const [oldest] = times;
        if (oldest !== undefined) assert.equal(oldest, Math.max(first, time - reachOf(window)));
      },
    ),
  );
});
