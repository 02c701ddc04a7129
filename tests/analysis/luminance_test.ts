import assert from "node:assert/strict";
import { meanLuminance, rmsContrast, secondDifference } from "../../lib/analysis/luminance.ts";
import { uniformGray } from "../frames/uniform_gray.ts";

const gray = (value: number) => uniformGray(value, 4, 6);

Deno.test("the mean luminance weighs red, green and blue as gray does", () => {
  const red = { height: 1, width: 2, data: Float32Array.from([1, 0, 0, 1, 0, 0]) };
  assert(Math.abs(meanLuminance(red) - 0.299) < 1e-6);
  assert(Math.abs(meanLuminance(gray(0.4)) - 0.4) < 1e-6);
});

Deno.test("the contrast is the standard deviation of gray", () => {
  const halves = { height: 1, width: 2, data: Float32Array.from([0.2, 0.2, 0.2, 0.6, 0.6, 0.6]) };
  assert(Math.abs(rmsContrast(halves) - 0.2) < 1e-6);
  assert(rmsContrast(gray(0.4)) < 1e-6);
});

Deno.test("a steady change does not flicker, going to and fro does", () => {
  assert(secondDifference(gray(0.2), gray(0.3), gray(0.4)) < 1e-6);
  assert(Math.abs(secondDifference(gray(0.2), gray(0.3), gray(0.2)) - 0.2) < 1e-6);
  assert.throws(() => secondDifference(gray(0), gray(0), uniformGray(0, 2, 2)), /different sizes/);
});
