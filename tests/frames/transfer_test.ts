import assert from "node:assert/strict";
import fc from "fast-check";
import {
  codedFrame,
  decodedFrame,
  lightFromSrgb,
  lightOfValue,
  srgbFromLight,
  type Transfer,
  valueOfLight,
} from "../../lib/frames/transfer.ts";

const transfers: fc.Arbitrary<Transfer> = fc.oneof(
  fc.constantFrom<Transfer>("srgb", "linear"),
  fc.double({ min: 0.4, max: 4, noNaN: true }).map((gamma) => ({ gamma })),
);
const values = fc.double({ min: 0, max: 1, noNaN: true });

function near(found: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected}`);
}

Deno.test("the curve of sRGB is that of the standard", () => {
  near(lightFromSrgb(0.5), 0.214041140482, 1e-12);
  near(srgbFromLight(0.5), 0.735356983052, 1e-12);
  near(srgbFromLight(0.18), 0.461356129500, 1e-12);
  assert.deepEqual([0, 1].map(lightFromSrgb), [0, 1]);
  near(srgbFromLight(1), 1, 1e-15);
  // The two pieces meet.
  near(lightFromSrgb(0.04045), lightFromSrgb(0.04045 + 1e-12), 1e-7);
});

Deno.test("values go to light and back, and rise with it", () => {
  fc.assert(fc.property(transfers, values, values, (transfer, one, other) => {
    near(valueOfLight(lightOfValue(one, transfer), transfer), one, 1e-9);
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    assert.ok(valueOfLight(low, transfer) <= valueOfLight(high, transfer));
  }));
});

Deno.test("frames of float32 are decoded and coded back to 1e-6", () => {
  fc.assert(fc.property(transfers, fc.array(values, { minLength: 12, maxLength: 12 }), (transfer, data) => {
    const frame = { height: 2, width: 2, data: Float32Array.from(data) };
    const back = codedFrame(decodedFrame(frame, transfer), transfer);
    frame.data.forEach((value, i) => near(back.data[i]!, value, 1e-6));
  }));
});

Deno.test("every level of 8 and of 16 bits comes back from linear light in float32", () => {
  for (const most of [255, 65535]) {
    const levels = Float32Array.from({ length: most + 1 }, (_, level) => level / most);
    const back = codedFrame(decodedFrame({ height: 1, width: 1, data: levels }, "linear"), "linear").data;
    assert.ok(back.every((value, level) => Math.round(value * most) === level), `${most}`);
  }
});

Deno.test("values outside [0, 1] are clipped, also where they are powers", () => {
  const frame = { height: 1, width: 1, data: Float32Array.of(-0.5, 0.25, 1.5) };
  assert.deepEqual([...codedFrame(frame, { gamma: 2 }).data].map((value) => value >= 0 && value <= 1), [
    true,
    true,
    true,
  ]);
  assert.equal(decodedFrame(frame, "linear").data[2], 1);
  assert.equal(codedFrame(frame, "srgb"), frame);
});
