/** Frames made by TensorFlow.js: the same as by ONNX Runtime, and one after the other by both. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { synthesizeTransition } from "../../mod.ts";
import type { Engine } from "../../lib/engines/engine.ts";
import { openEngine } from "../../lib/engines/open.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { deadLeavesFrame } from "../../lib/frames/generated/dead_leaves.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { difference } from "../frames/golden_frames.ts";
import { bench, tinyWorkflow } from "../program/program.ts";
import { noiseFrame } from "../synthesis/tiny_models.ts";
import { assertAsStated } from "../webgpu/balanced_total.ts";
import { withBackend } from "./backends_here.ts";

const size = { height: 48, width: 64 };
const leaves = { name: "dead_leaves", seed: 1, speed: 1, smallest: 3, largest: 20 } as const;

/** The first octave of the first transition of a small quickstart: its models, its targets, fewer updates. */
async function firstOctave(engine: Engine): Promise<Frame> {
  const leaf = (index: number) => deadLeavesFrame(leaves, index, size);
  const target = { previous: leaf(0), current: leaf(1) };
  const { octaves } = await synthesizeTransition({
    streams: { spatial: "steerable", temporal: "motion_energy" },
    previous: noiseFrame(1, size.height, size.width),
    start: noiseFrame(2, size.height, size.width),
    targets: { spatial_texture: target, temporal_texture: { ...target, weight: 0.3 } },
    octaves: [{ octave: 0, iterations: 20, learning_rate: 0.02, total_variation: 0.001 }],
    engine,
  });
  const frame = octaves[0]?.endFrame;
  assert.ok(frame !== undefined);
  return frame;
}

for (const backend of ["node", "wasm"] as const) {
  await withBackend(backend, (engine) => {
    Deno.test(`tensorflow ${backend}: the first octave of a transition ends within 1e-3 of ONNX Runtime's`, async () => {
      await using judge = await openEngine({ engine: "onnxruntime" });
      const [found, expected] = [await firstOctave(engine), await firstOctave(judge)];
      await assertAsStated(`tensorflow ${backend}, first octave of a transition`, {
        "mean absolute difference of the frame from ONNX Runtime's": difference(found, expected).mean,
      });
    });

    Deno.test(`tensorflow ${backend}: a run that another engine began goes on with a warning, and the manifest tells whose frames are whose`, async () => {
      await using place = await bench();
      const file = await place.write("a.yaml", tinyWorkflow);
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
