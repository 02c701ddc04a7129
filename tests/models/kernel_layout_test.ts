import assert from "node:assert/strict";
import { kernelFromTensorFlow } from "../../lib/models/kernel_layout.ts";

/** A kernel in which every element tells its place: height, width, input, output as digits. */
const stored = Float32Array.from({ length: 2 * 3 * 2 * 4 }, (_, i) => {
  const [output, input, x, y] = [i % 4, (i >> 2) % 2, (i >> 3) % 3, Math.floor(i / 24)];
  return y * 1000 + x * 100 + input * 10 + output;
});

Deno.test("kernelFromTensorFlow() puts outputs and inputs before height and width", () => {
  const { shape, data } = kernelFromTensorFlow(stored, [2, 3, 2, 4]);
  assert.deepEqual(shape, [4, 2, 2, 3]);
  const at = (output: number, input: number, y: number, x: number) =>
    data[((output * 2 + input) * 2 + y) * 3 + x];
  assert.equal(at(3, 1, 0, 2), 213);
  assert.equal(at(0, 1, 1, 0), 1010);
  assert.equal(at(2, 0, 1, 1), 1102);
});

Deno.test("kernelFromTensorFlow() can turn the inputs around", () => {
  const plain = kernelFromTensorFlow(stored, [2, 3, 2, 4]).data;
  const turned = kernelFromTensorFlow(stored, [2, 3, 2, 4], [1, 0]).data;
  assert.deepEqual(turned.subarray(0, 6), plain.subarray(6, 12));
  assert.deepEqual(turned.subarray(6, 12), plain.subarray(0, 6));
});
