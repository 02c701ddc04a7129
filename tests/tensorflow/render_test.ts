/** Frames made by TensorFlow.js: the same as by ONNX Runtime, and one after the other by both. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openEngine } from "../../lib/engines/open.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { difference } from "../frames/golden_frames.ts";
import { bench } from "../program/bench.ts";
import { tinyWorkflow } from "../program/program.ts";
import { clipDifferences, finishedClip } from "../engines/finished_clip.ts";
import { firstOctave } from "../engines/first_octave.ts";
import { assertAsStated } from "../engines/stated_limits.ts";
import { withBackend } from "./backends_here.ts";

let clip: ReturnType<typeof finishedClip> | undefined;

/** Made once for all backends. */
function byOnnxRuntime() {
  return clip ??= finishedClip();
}

for (const backend of ["node", "wasm"] as const) {
  await withBackend(backend, (engine) => {
    Deno.test(`tensorflow ${backend}: the first octave of a transition ends where ONNX Runtime's does`, async () => {
      await using judge = await openEngine({ engine: "onnxruntime" });
      const [found, expected] = [await firstOctave(engine), await firstOctave(judge)];
      await assertAsStated(`tensorflow ${backend}, first octave of a transition`, {
        "mean absolute difference of the frame from ONNX Runtime's": difference(found, expected).mean,
      });
    });

    Deno.test(`tensorflow ${backend}: a finished clip's losses and features are ONNX Runtime's`, async () => {
      const found = await finishedClip("--engine", "tensorflow", "--backend", backend);
      const expected = await byOnnxRuntime();
      assert.deepEqual([found.madeBy, expected.madeBy], [`tensorflow ${backend}`, "onnxruntime cpu"]);
      await assertAsStated(
        `tensorflow ${backend}, finished clip`,
        clipDifferences(found, expected),
      );
    });

    Deno.test(`tensorflow ${backend}: a run that another engine began goes on with a warning, and the manifest tells whose frames are whose`, async () => {
      await using place = await bench();
      const file = await place.write("a.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 2"));
      await place.events(file, "--frames", "2");
      const events = await place.events(file, "--engine", "tensorflow", "--backend", backend);
      const changed = events.find((event) => event.type === "engine.changed");
      assert.match(changed?.from ?? "", /^onnxruntime /);
      assert.match(changed?.to ?? "", new RegExp(`^tensorflow [\\d.]+, ${backend} on `));
      const manifest = await readManifest(join(place.runs, "a", "stages", "tiny", "manifest.json"));
      assert.deepEqual(
        manifest?.sessions.map(({ engine, frames }) => [engine?.name, engine?.provider, frames]),
        [
          ["onnxruntime", "cpu", [0, 1]],
          ["tensorflow", backend, [2, 3]],
        ],
      );
    });
  });
}
