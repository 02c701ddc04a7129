/**
 * Measures what the frames of one synthesis cost, one after the other.
 * @module
 */
import type { Engine } from "../../lib/engines/engine.ts";
import type { Frame, Size } from "../../lib/frames/frame.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import { recipeOf, targetFrames } from "../../lib/synthesis/requests.ts";
import { runTransition } from "../../lib/synthesis/transition.ts";
import { models } from "../models.ts";
import { median } from "../statistics.ts";
import { leaves, noise } from "../textures.ts";

/** What one frame cost. */
export interface FrameCost {
  /** 1 for the first. */
  readonly frame: number;
  /** Median of its iterations. */
  readonly secondsPerIteration: number;
  /** The targets' statistics included, and for the first frame the compiling of the graphs. */
  readonly seconds: number;
  /** What the process held when it was done. */
  readonly residentBytes: number;
}

/** The cost of each frame, as soon as it is there. Each starts from the one before. */
export async function* measureFrames(
  engine: Engine,
  size: Size,
  { frames, iterations }: { readonly frames: number; readonly iterations: number },
): AsyncGenerator<FrameCost> {
  const first = leaves(1, size);
  const recipe = await recipeOf({ spatial_texture: first, temporal_texture: first }, {}, "reference", models);
  await using programs = new SynthesisPrograms(engine, recipe);
  let previous: Frame = first.previous;
  for (let frame = 1; frame <= frames; frame++) {
    const target = leaves(frame, size);
    const began = performance.now();
    const seconds: number[] = [];
    const outcome = await runTransition(programs, {
      frame,
      size,
      previous,
      start: frame === 1 ? noise(0, size) : previous,
      targets: targetFrames({ spatial_texture: target, temporal_texture: target }),
      weights: { spatial_texture: 1, temporal_texture: 1 },
      octaves: [{ octave: 0, scale: 1.5, iterations, learning_rate: 0.003, total_variation: 0.05 }],
      balance: "initial",
      resample: "original",
      optimizer: { name: "descent", normalize_gradient: true },
      colorTransfer: undefined,
    }, {
      iterationFinished: (report) => {
        seconds.push(report.seconds);
      },
    });
    if ("stopped" in outcome) throw new Error("a transition stopped without being asked to");
    previous = outcome.finished.frame;
    yield {
      frame,
      secondsPerIteration: median(seconds),
      seconds: (performance.now() - began) / 1000,
      residentBytes: Deno.memoryUsage().rss,
    };
  }
}
