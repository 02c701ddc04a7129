import assert from "node:assert/strict";
import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import { RunError } from "../../../lib/errors.ts";
import { encodeNpz, type NpzArrays } from "../../../lib/formats/npz.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input } from "../../../lib/graph/operations.ts";
import { msoe } from "../../../lib/models/msoe/entry.ts";
import { readMsoeWeights } from "../../../lib/models/msoe/weights.ts";
import { evaluateModel, named } from "../evaluate_model.ts";

/** A file like the published one; every value of a kernel is 0.01 times its place modulo 7, less 0.03. */
function weightsFile(change: Partial<NpzArrays> = {}): Uint8Array {
  const array = (...shape: number[]) => {
    const count = shape.reduce((product, length) => product * length, 1);
    return { shape, data: Float32Array.from({ length: count }, (_, i) => 0.01 * (i % 7) - 0.03) };
  };
  return encodeNpz({
    conv1_w: array(2, 11, 11, 1, 32),
    conv1_b: array(32),
    conv2_w: array(1, 1, 1, 32, 64),
    conv2_b: array(64),
    conv3_w: array(1, 3, 3, 320, 64),
    conv3_b: array(64),
    conv4_w: array(1, 1, 1, 64, 2),
    conv4_b: array(2),
    ...change,
  }, { compress: false });
}

const frame = (height: number, width: number, seed: number) => ({
  shape: [height, width, 3],
  data: Float32Array.from({ length: height * width * 3 }, (_, i) => ((i * seed) % 17) / 17),
});

Deno.test("MSOE's 64 channels of a scale have absolute values that sum to 1, down to frames of a pixel", async () => {
  const model = await msoe.open(weightsFile(), "msoe.npz");
  await using engine = await openReferenceEngine();
  for (const [height, width] of [[9, 6], [1, 1]] as const) {
    const frames = [frame(height, width, 5), frame(height, width, 11)];
    const { shape, data } = named(await evaluateModel(engine, model, frames, ["concat"]), "concat");
    assert.deepEqual(shape, [320, height, width]);
    const pixels = height * width;
    // Only the finest scale is not resized.
    for (let pixel = 0; pixel < pixels; pixel++) {
      let sum = 0;
      for (let channel = 0; channel < 64; channel++) sum += Math.abs(data[channel * pixels + pixel] ?? NaN);
      assert.ok(Math.abs(sum - 1) < 1e-5, String(sum));
    }
  }
});

Deno.test("MSOE does not see a change of contrast or luminance of both frames", async () => {
  const model = await msoe.open(weightsFile(), "msoe.npz");
  await using engine = await openReferenceEngine();
  const frames = [frame(8, 7, 5), frame(8, 7, 11)];
  const dimmed = frames.map(({ shape, data }) => ({ shape, data: data.map((value) => 0.3 * value + 0.2) }));
  const [before, after] = [
    await evaluateModel(engine, model, frames, ["concat"]),
    await evaluateModel(engine, model, dimmed, ["concat"]),
  ];
  named(before, "concat").data.forEach((value, i) => {
    assert.ok(Math.abs(value - (named(after, "concat").data[i] ?? NaN)) < 1e-5);
  });
});

Deno.test("MSOE refuses one frame, and frames of two sizes", async () => {
  const model = await msoe.open(weightsFile(), "msoe.npz");
  const graph = createGraphBuilder();
  const [one, other] = [input(graph, "one", [8, 8, 3]), input(graph, "other", [8, 9, 3])];
  assert.throws(() => model.layers([one], ["concat"]), /expected 2 frames .* got \[8, 8, 3\]/);
  assert.throws(() => model.layers([one, other], ["concat"]), /got \[8, 8, 3\], \[8, 9, 3\]/);
});

Deno.test("readMsoeWeights() puts the previous frame first and turns kernels into the graph's layout", () => {
  const shape = [2, 11, 11, 1, 32];
  // Values tell their place: time, row, column, output.
  const data = Float32Array.from({ length: 2 * 121 * 32 }, (_, i) => {
    const [output, pixel, time] = [i % 32, Math.floor(i / 32) % 121, Math.floor(i / (32 * 121))];
    return time * 1e6 + Math.floor(pixel / 11) * 1e4 + (pixel % 11) * 100 + output;
  });
  const { motion } = readMsoeWeights(weightsFile({ conv1_w: { shape, data } }), "msoe.npz");
  assert.deepEqual(motion.kernel.shape, [32, 2, 11, 11]);
  const at = (output: number, time: number, y: number, x: number) =>
    motion.kernel.data[((output * 2 + time) * 11 + y) * 11 + x];
  assert.equal(at(31, 0, 2, 10), 2e4 + 1000 + 31);
  assert.equal(at(5, 1, 10, 3), 1e6 + 10e4 + 300 + 5);
});

Deno.test("readMsoeWeights() names an array that is missing or of another shape or type", () => {
  const fails = (change: NpzArrays, message: RegExp) =>
    assert.throws(
      () => readMsoeWeights(weightsFile(change), "msoe.npz"),
      (error) => error instanceof RunError && message.test(error.message),
    );
  fails(
    { conv2_b: { shape: [32], data: new Float32Array(32) } },
    /conv2_b is Float32Array \[32\], expected .* \[64\]/,
  );
  fails({ conv4_b: { shape: [2], data: new Float64Array(2) } }, /conv4_b is Float64Array \[2\]/);
  const other = encodeNpz({ conv1_w: { shape: [1], data: new Float32Array(1) } }, { compress: false });
  assert.throws(() => readMsoeWeights(other, "msoe.npz"), /conv1_w is Float32Array \[1\]/);
});
