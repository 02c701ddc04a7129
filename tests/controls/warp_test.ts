import assert from "node:assert/strict";
import fc from "fast-check";
import { createWarp, jacobianDeterminant, stepsNeeded, warpedPlace } from "../../lib/controls/warp_field.ts";
import { frameWarper, warpFrame, warpMap } from "../../lib/controls/warp_frame.ts";
import { noiseClip } from "./clips.ts";

const warps = fc.record({
  amount: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
  components: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(0xffffffff),
});

const size = { height: 30, width: 44 };

Deno.test("the Jacobian is positive everywhere, in theory and between the places that pixels are taken from", () => {
  fc.assert(
    fc.property(warps, (settings) => {
      const warp = createWarp(settings, size);
      const step = 1e-5;
      for (let y = 0; y <= size.height; y += 6) {
        for (let x = 0; x <= size.width; x += 11) {
          const determinant = jacobianDeterminant(warp, { y, x });
          assert(determinant > 0, `${determinant} at ${y}, ${x}`);
          if (y === 0 || x === 0 || y === size.height || x === size.width) continue;
          const [up, down] = [-step, step].map((d) => warpedPlace(warp, { y: y + d, x }));
          const [left, right] = [-step, step].map((d) => warpedPlace(warp, { y, x: x + d }));
          const measured =
            ((down!.y - up!.y) * (right!.x - left!.x) - (down!.x - up!.x) * (right!.y - left!.y)) /
            (2 * step) ** 2;
          assert(
            Math.abs(measured - determinant) <= 1e-3 * determinant + 1e-6,
            `${measured} instead of ${determinant}`,
          );
        }
      }
    }),
    { numRuns: 6 },
  );
});

Deno.test("the edges stay edges and the corners stay where they are", () => {
  const warp = createWarp({ amount: 0.1, components: 3, seed: 5 }, size);
  const { height, width } = size;
  for (const corner of [{ y: 0, x: 0 }, { y: height, x: 0 }, { y: 0, x: width }, { y: height, x: width }]) {
    const { y, x } = warpedPlace(warp, corner);
    assert(Math.hypot(y - corner.y, x - corner.x) < 1e-9);
  }
  for (let x = 1; x < width; x += 6) assert(Math.abs(warpedPlace(warp, { y: height, x }).y - height) < 1e-9);
});

Deno.test("amount is the root mean square of the way, across and down, in frame heights", () => {
  // So little that places stay where the field is the same.
  const amount = 1e-5;
  const warp = createWarp({ amount, components: 3, seed: 2 }, size);
  const { y, x } = warpMap(warp);
  const rootMeanSquare = (ways: Float64Array) => Math.hypot(...ways) / Math.sqrt(ways.length) / size.height;
  const down = rootMeanSquare(y.map((place, i) => place - Math.floor(i / size.width) - 0.5));
  const across = rootMeanSquare(x.map((place, i) => place - i % size.width - 0.5));
  for (const found of [down, across]) assert(Math.abs(found / amount - 1) < 0.02, `${found}`);
});

Deno.test("too few steps would fold: stepsNeeded() is what makes a larger amount take more of them", () => {
  const needed = (amount: number) => stepsNeeded({ amount, components: 6, seed: 1 }, size);
  assert(needed(0.1) > needed(0.05));
  const settings = { amount: 0.4, components: 6, seed: 1 };
  const few = createWarp({ ...settings, steps: 1 }, size);
  const folds = Array.from({ length: 400 }, (_, i) => (
    jacobianDeterminant(few, { y: size.height * (i % 20) / 20, x: size.width * Math.floor(i / 20) / 20 })
  ));
  assert(folds.some((determinant) => determinant <= 0), "one step of that size folds");
});

Deno.test("what is of one color stays so, gray stays gray, and no value leaves the range", () => {
  const warp = createWarp({ amount: 0.05, components: 2, seed: 9 }, size);
  const [flat, gray, loud] = [[0.3, 0.3], [0, 1], [0, 1]].map(([low, high], i) => (
    noiseClip({ ...size, frames: 1, seed: i, range: [low!, high!], gray: i < 2 })[0]!
  ));
  const [value] = flat!.data;
  assert(warpFrame(flat!, warp).data.every((found) => Math.abs(found - value!) < 1e-6));
  const warped = warpFrame(gray!, warp).data;
  assert(warped.every((found, i) => found === warped[3 * Math.floor(i / 3)]));
  assert(warpFrame(loud!, warp).data.every((found) => found >= 0 && found <= 1));
});

Deno.test("a warp that hardly moves changes hardly anything, and a clip's frames are warped alike", () => {
  const [frame, other] = noiseClip({ ...size, frames: 2, seed: 4, range: [0.2, 0.8], gray: false });
  const near = warpFrame(frame!, createWarp({ amount: 1e-7, components: 2, seed: 1 }, size));
  assert(near.data.every((found, i) => Math.abs(found - frame!.data[i]!) < 1e-4));
  const warp = frameWarper(warpMap(createWarp({ amount: 0.05, components: 2, seed: 1 }, size)));
  const mean = { ...frame!, data: frame!.data.map((value, i) => (value + other!.data[i]!) / 2) };
  const [a, b, both] = [warp(frame!), warp(other!), warp(mean)];
  assert(both.data.every((found, i) => Math.abs(found - (a.data[i]! + b.data[i]!) / 2) < 1e-5));
});
