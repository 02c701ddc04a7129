/**
 * A few iterations of what a quickstart does, to be made by one engine and by another.
 * @module
 */
import assert from "node:assert/strict";
import type { Engine } from "../../lib/engines/engine.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { deadLeavesFrame } from "../../lib/frames/generated/dead_leaves.ts";
import { synthesizeTransition } from "../../mod.ts";
import { noiseFrame } from "../synthesis/tiny_models.ts";

const size = { height: 48, width: 64 };
const leaves = { name: "dead_leaves", seed: 1, speed: 1, smallest: 3, largest: 20 } as const;

/** The first octave of the first transition of a small quickstart: its models, its targets, fewer updates. */
export async function firstOctave(engine: Engine): Promise<Frame> {
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
