/** The small clips: generated, and written as the videos that a clip table can name. */
import type { Frame } from "../../lib/frames/frame.ts";
import { frameToBytes } from "../../lib/frames/bytes.ts";
import { generateFrame, openGenerator } from "../../lib/frames/generated/generators.ts";
import { generatorDefaults, type GeneratorSettings } from "../../lib/frames/generated/settings.ts";
import { encodeShareable } from "../../lib/video/encode.ts";
import { inOrder } from "../video/clips.ts";

/** Of each clip. */
export const clipSize = { height: 64, width: 96 };
export const clipFrames = 16;

const { dead_leaves, noise } = generatorDefaults;

/** By name: a camera that drifts, one that moves fast among smaller disks, and clouds. */
const clips: Readonly<Record<string, GeneratorSettings>> = {
  leaves: { ...dead_leaves, seed: 1, speed: 1 },
  pebbles: { ...dead_leaves, seed: 2, speed: 3, largest: 0.1 },
  clouds: { ...noise, exponent: 1.5, lifetime: 10, colored: true },
};

/** Names of the clips. */
export const clipNames = Object.keys(clips);

/** The frames of a clip. */
export async function framesOf(name: string): Promise<readonly Frame[]> {
  const settings = clips[name];
  if (settings === undefined) throw new Error(`no clip ${name}`);
  const frameAt = settings.name === "noise"
    ? await openGenerator(settings)
    : (index: number) => generateFrame(settings, index, clipSize);
  return Array.from({ length: clipFrames }, (_, index) => frameAt(index, clipSize));
}

/** Writes a clip as .mp4. */
export async function writeClip(name: string, path: string): Promise<void> {
  const frames = (await framesOf(name)).map(frameToBytes);
  await encodeShareable(path, inOrder(frames), { size: clipSize, fps: "25/1" }, "pad");
}
