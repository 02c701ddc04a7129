/**
 * Measures how soon each optimizer brings the residuals of both texture losses down, on one frame that starts as noise.
 * @module
 */
import type { Engine } from "../../lib/engines/engine.ts";
import type { Size } from "../../lib/frames/frame.ts";
import type { OptimizerSettings } from "../../lib/synthesis/settings.ts";
import { largestMean } from "../../lib/synthesis/stop.ts";
import { synthesizeTransitionWith } from "../../lib/synthesis/synthesize_transition.ts";
import { models } from "../models.ts";
import { leaves, noise } from "../textures.ts";

/** An optimizer at the learning rate that suits it. */
export interface OptimizerChoice {
  readonly name: OptimizerSettings["name"];
  readonly learningRate: number;
}

/** The optimizers, each at the learning rate that suits it here. */
export const optimizers: readonly OptimizerChoice[] = [
  { name: "descent", learningRate: 0.005 },
  { name: "adam", learningRate: 0.05 },
  { name: "lbfgs", learningRate: 0.05 },
];

/** Where an optimizer was after some evaluations. */
export interface Progress {
  readonly evaluations: number;
  /** Of all iterations so far, the updates included. */
  readonly seconds: number;
  /** The lowest so far of what `stop: { residual }` looks at: of two terms the larger mean over the layers. */
  readonly residual: number;
}

/** How an optimizer fared, evaluation by evaluation. */
export async function measureOptimizer(
  engine: Engine,
  { name, learningRate }: OptimizerChoice,
  size: Size,
  iterations: number,
): Promise<readonly Progress[]> {
  const target = leaves(1, size);
  const progress: Progress[] = [];
  await synthesizeTransitionWith({ engine, models }, {
    previous: target.previous,
    start: noise(0, size),
    targets: { spatial_texture: target, temporal_texture: target },
    octaves: [{ octave: 0, iterations, learning_rate: learningRate, total_variation: 0.05 }],
    optimizer: name,
    observer: {
      iterationFinished({ iteration, residuals, seconds }) {
        const { seconds: before, residual: lowest } = progress.at(-1) ?? { seconds: 0, residual: Infinity };
        progress.push({
          evaluations: iteration,
          seconds: before + seconds,
          residual: Math.min(lowest, largestMean(residuals)),
        });
      },
    },
  });
  return progress;
}
