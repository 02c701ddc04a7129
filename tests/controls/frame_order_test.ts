import assert from "node:assert/strict";
import fc from "fast-check";
import { reversedOrder, shuffledOrder } from "../../lib/controls/frame_order.ts";

const sorted = (order: readonly number[]) => [...order].sort((a, b) => a - b);

Deno.test("shuffling uses each frame once, never in the clip's own order, and the same way for the same seed", () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(0xffffffff), (frames, seed) => {
    const order = shuffledOrder(frames, seed);
    assert.deepEqual(sorted(order), sorted(reversedOrder(frames)));
    assert(order.some((frame, time) => frame !== time));
    assert.deepEqual(shuffledOrder(frames, seed), order);
  }));
});

Deno.test("one frame stays, two change places", () => {
  assert.deepEqual(shuffledOrder(1, 1), [0]);
  for (let seed = 0; seed < 8; seed++) assert.deepEqual(shuffledOrder(2, seed), [1, 0]);
});

Deno.test("every order of three frames but their own is drawn equally often", () => {
  const orders = Array.from({ length: 2000 }, (_, seed) => shuffledOrder(3, seed).join());
  const counts = Map.groupBy(orders, (order) => order);
  assert.equal(counts.size, 5);
  for (const found of counts.values()) assert(Math.abs(found.length - 400) < 90, `${found.length}`);
});

Deno.test("a clip that is reversed twice runs forwards", () => {
  const order = reversedOrder(7);
  assert.deepEqual(order.map((frame) => order[frame]), [0, 1, 2, 3, 4, 5, 6]);
});
