/**
 * The files beside workflows/paper_figures_small.yaml, which a fresh copy of the project has to have. METAMER_UPDATE=1 writes
 * them anew.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { frameToBytes } from "../../lib/frames/bytes.ts";
import { readPrednetWeights } from "../../lib/models/prednet/weights.ts";
import { project } from "../program/program.ts";
import { decoded } from "../video/clips.ts";
import { clipNames, framesOf, writeClip } from "./clips.ts";
import { randomClassifier } from "./classifiers.ts";
import { randomPrednet, smallStacks } from "./prednet.ts";

const folder = join(project, "workflows", "small");
const classifiers = { random_image_classifier: 1, random_video_classifier: 5 };

if (Deno.env.get("METAMER_UPDATE") === "1") {
  for (const [name, frames] of Object.entries(classifiers)) {
    const { onnx, json } = randomClassifier(name, { seed: 1, frames });
    await Deno.writeFile(join(folder, `${name}.onnx`), onnx);
    await Deno.writeTextFile(join(folder, `${name}.json`), json);
  }
  await Deno.writeFile(join(folder, "random_prednet.hdf5"), await randomPrednet(1));
  for (const name of clipNames) await writeClip(name, join(folder, `${name}.mp4`));
}

for (const [name, frames] of Object.entries(classifiers)) {
  Deno.test(`workflows/small/${name}.onnx and its JSON are what their seed makes`, async () => {
    const { onnx, json } = randomClassifier(name, { seed: 1, frames });
    assert.deepEqual(await Deno.readFile(join(folder, `${name}.onnx`)), onnx);
    assert.equal(await Deno.readTextFile(join(folder, `${name}.json`)), json);
  });
}

Deno.test("workflows/small/random_prednet.hdf5 has the weights that its seed makes", async () => {
  const there = await readPrednetWeights(await Deno.readFile(join(folder, "random_prednet.hdf5")), "there");
  assert.deepEqual(there, await readPrednetWeights(await randomPrednet(1), "made"));
  assert.deepEqual(there.stacks, smallStacks);
});

for (const name of clipNames) {
  Deno.test(`workflows/small/${name}.mp4 shows what its generator makes`, async () => {
    const made = (await framesOf(name)).map(frameToBytes);
    const there = await decoded(join(folder, `${name}.mp4`));
    assert.equal(there.length, made.length);
    // What H.264 leaves of small, colorful disks.
    const levels = there.map((frame, time) =>
      frame.reduce((sum, value, i) => sum + Math.abs(value - made[time]![i]!), 0) / frame.length
    );
    assert.ok(Math.max(...levels) < 10, `up to ${Math.max(...levels)} of 255 levels on average`);
  });
}
