/**
 * The clips that Metamer makes itself. Frame t is a function of (parameters, t, size) alone, so every clip can be
 * lengthened and any frame can be made first.
 * @module
 */
import type { Frame, Size } from "../frame.ts";
import { loadFourier } from "../fourier.ts";
import { deadLeavesFrame } from "./dead_leaves.ts";
import { gratingFrame } from "./grating.ts";
import { noiseFrame } from "./noise_clip.ts";
import type { GeneratorSettings, NoiseSettings } from "./settings.ts";

/** Frame `index` (0 or more) of a generated clip that needs no library. */
export function generateFrame(
  settings: Exclude<GeneratorSettings, NoiseSettings>,
  index: number,
  size: Size,
): Frame {
  switch (settings.name) {
    case "dead_leaves":
      return deadLeavesFrame(settings, index, size);
    case "grating":
      return gratingFrame(settings, index, size);
  }
}

/** Loads what a generator needs; resolves to what makes frame `index` (0 or more) of a clip. */
export async function openGenerator(
  settings: GeneratorSettings,
): Promise<(index: number, size: Size) => Frame> {
  if (settings.name !== "noise") return (index, size) => generateFrame(settings, index, size);
  const fourier = await loadFourier();
  return (index, size) => noiseFrame(fourier, settings, index, size);
}
