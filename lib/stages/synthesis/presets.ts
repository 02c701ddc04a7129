/**
 * Schedules of octaves that have a name.
 * @module
 */
import { firstOptimizedTime, type Padding } from "../../synthesis/padding.ts";
import type { Keyframes, OctaveSettings, OptimizerSettings } from "../../synthesis/settings.ts";

/** Ratio of one octave's size to the next, in the paper. */
export const paperScale = 1.5;

/** The words that may stand for `octaves`. */
export const octavePresetNames = ["paper", "fast", "preview", "authors_script"] as const;

/** A word that may stand for `octaves`. */
export type OctavePresetName = (typeof octavePresetNames)[number];

type Row = readonly [
  octave: number,
  iterations: Keyframes,
  learningRate: Keyframes,
  totalVariation: Keyframes,
  temporal?: Keyframes,
];

function schedule(rows: readonly Row[]): readonly OctaveSettings[] {
  return rows.map(([octave, iterations, learning_rate, total_variation, temporal]) => ({
    octave,
    scale: paperScale,
    iterations,
    learning_rate,
    total_variation,
    ...(temporal !== undefined && { temporal }),
  }));
}

/** The octaves of the paper. */
export const paperOctaves = schedule([[-2, 250, 0.001, 0.05], [-1, 750, 0.003, 0.1], [0, 1000, 0.005, 0.5]]);

/** `preview` has a tenth of the paper's iterations, and stops at 0.44 times the size. */
const previewOctaves = schedule([[-3, 80, 0.005, 0.05], [-2, 120, 0.01, 0.1]]);

/** The octaves of the script that the authors published, and nothing else of it (it also used `blend: 1` and `resample: cascade`). */
const authorsOctaves = schedule([[-2, 2000, 0.001, 0.1], [-1, 1000, 0.002, 0.1], [0, 500, 0.005, 0.1]]);

/**
 * What a preset stands for. `fast` takes the first frame, which begins as noise, through the paper's octaves. All others begin
 * as the frame before, which has the textures and the details already: shrinking it to a smaller octave would only take
 * them away, so they stay at full size, and visit it twice. The first visit comes near to the targets in large steps, which
 * leave a jitter in every pixel; the second takes it away in small ones. `balance: initial` measures the losses where a visit
 * begins: at the second, the texture losses are small already, and total variation and the temporal terms weigh more to make
 * up for it. The second frame begins as the first, which is noisier than others: total variation weighs more again, and the
 * temporal terms less (1.6 and 2.2 times) than in later frames (2 and 3).
 */
export function octavesOfPreset(name: OctavePresetName, padding: Padding): readonly OctaveSettings[] {
  switch (name) {
    case "paper":
      return paperOctaves;
    case "preview":
      return previewOctaves;
    case "authors_script":
      return authorsOctaves;
    case "fast": {
      const first = firstOptimizedTime(padding);
      const times = [first, first + 1, first + 2];
      const frames = (...values: readonly [first: number, second: number, later: number]) =>
        Object.fromEntries(times.map((time, index) => [time, values[index] ?? 0]));
      return schedule([
        [-2, frames(100, 0, 0), 0.005, 0.05],
        [-1, frames(250, 0, 0), 0.005, 0.1],
        [0, frames(300, 170, 140), frames(0.01, 0.005, 0.005), frames(0.45, 1.65, 1.65), frames(1, 1.6, 2)],
        [0, frames(0, 80, 60), 0.0015, frames(0, 4.5, 3), frames(1, 2.2, 3)],
      ]);
    }
  }
}

/** The optimizer that a preset was made for. */
export function optimizerOfPreset(name: OctavePresetName): OptimizerSettings["name"] {
  return name === "fast" ? "adam" : "descent";
}
