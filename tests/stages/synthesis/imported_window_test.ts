/**
 * Renders with an imported model of several frames as temporal stream: as with a model of our own that computes the same, and
 * the same after a stop.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeModel, floatTensor, floatValue, node } from "../../../lib/formats/onnx/model.ts";
import { openOwnModel } from "../../../lib/models/imported/own_model.ts";
import type { ModelSource } from "../../../lib/models/stream_model.ts";
import { sha256OfBytes, sha256OfFile } from "../../../lib/store/checksum.ts";
import { tinyModels } from "../../synthesis/tiny_models.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { run, settings } from "./stage.ts";

/** A network that weighs the frames of its window and adds them up, color by color; this file's models have no other numbers. */
async function openWeighing(folder: string, weights: readonly number[], stride = 1): Promise<ModelSource> {
  const count = weights.length;
  const kernel = [0, 1, 2].flatMap((out) =>
    [0, 1, 2].flatMap((color) => weights.map((weight) => out === color ? weight : 0))
  );
  const bytes = encodeModel({
    name: "weighing",
    inputs: [floatValue("frames", [1, 3, count, -1, -1])],
    outputs: [floatValue("change", [1, 3, 1, -1, -1])],
    initializers: [floatTensor("kernel", [3, 3, count, 1, 1], Float32Array.from(kernel))],
    nodes: [node("Conv", ["frames", "kernel"], ["change"])],
  });
  const path = join(folder, "weighing.onnx");
  await Deno.writeFile(path, bytes);
  const about = {
    onnx: "weighing.onnx",
    sha256: sha256OfBytes(bytes),
    input: { name: "frames", layout: "NCTHW", size: "native", frames: count, stride },
    layers: { change: "change" },
  };
  await Deno.writeTextFile(join(folder, "weighing.json"), JSON.stringify(about));
  const model = await openOwnModel("weighing", path, { sha256: sha256OfFile });
  return { open: (name) => name === "weighing" ? Promise.resolve(model) : tinyModels.open(name) };
}

const imported = { ...settings, streams: { spatial: "colors", temporal: "weighing" } };

Deno.test("an imported model of two frames renders bit for bit what a built-in one that computes the same does", async () => {
  await using folder = await temporaryFolder();
  const models = await openWeighing(folder.path, [-1, 1]);
  const ours = await run(join(folder.path, "ours"), { settings });
  const theirs = await run(join(folder.path, "theirs"), { settings: imported, models });
  assert.equal(ours.frames.length, 3);
  assert.deepEqual(theirs.frames, ours.frames);
});

for (const order of ["forward", "mirrored"] as const) {
  Deno.test(`stopped anywhere, a render with a window of four frames by two goes on to the same bytes (padding ${order})`, async () => {
    await using folder = await temporaryFolder();
    const models = await openWeighing(folder.path, [-0.5, 1, -1.5, 1], 2);
    const chosen = { settings: { ...imported, padding: { frames: 3, order } }, models };
    const whole = await run(join(folder.path, "whole"), chosen);
    const [unlike] = (await run(join(folder.path, "two"), { settings })).frames;
    assert.notDeepEqual(whole.frames[0], unlike);
    const broken = join(folder.path, "broken");
    // In the padding, and in frames whose windows reach back over it.
    for (const stopAfter of [1, 3, 4]) await run(broken, { ...chosen, stopAfter });
    const resumed = await run(broken, chosen);
    assert.deepEqual(resumed.frames, whole.frames);
    assert.ok(resumed.made.length < whole.made.length);
  });
}
