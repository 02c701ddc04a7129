/**
 * The textures that are matched: two frames of a clip that we generate, so that nothing needs to be fetched.
 * @module
 */
import type { Frame, Size } from "../lib/frames/frame.ts";
import { generateFrame } from "../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../lib/frames/generated/settings.ts";
import { uniformNoise } from "../lib/frames/noise.ts";
import type { TargetPair } from "../lib/synthesis/requests.ts";

/** Frames `time` - 1 and `time` of a camera's walk through leaves. */
export function leaves(time: number, size: Size): Required<Omit<TargetPair, "earlier">> {
  const frame = (time: number) => generateFrame(generatorDefaults.dead_leaves, time, size);
  return { previous: frame(time - 1), current: frame(time) };
}

/** Seeded noise; each number another one. */
export function noise(number: number, { height, width }: Size): Frame {
  return uniformNoise({ seed: 1, frame: number, purpose: "firstStart" }, height, width);
}
