/**
 * Schedules of octaves that have a name.
 * @module
 */
import type { OctaveSettings } from "../../synthesis/settings.ts";

/** Ratio of one octave's size to the next, in the paper. */
export const paperScale = 1.5;

type Row = readonly [octave: number, iterations: number, learningRate: number, totalVariation: number];

function schedule(rows: readonly Row[]): readonly OctaveSettings[] {
  return rows.map(([octave, iterations, learning_rate, total_variation]) => (
    { octave, scale: paperScale, iterations, learning_rate, total_variation }
  ));
}

/**
 * The presets of `octaves`. `fast` has a fifth of the paper's iterations and larger steps; `preview` a tenth, and stops at
 * 0.44 times the size; `authors_script` has the octaves of the script that the authors published, and nothing else of it
 * (it also used `blend: 1` and `resample: cascade`).
 */
export const octavePresets = {
  paper: schedule([[-2, 250, 0.001, 0.05], [-1, 750, 0.003, 0.1], [0, 1000, 0.005, 0.5]]),
  fast: schedule([[-2, 100, 0.0025, 0.05], [-1, 150, 0.006, 0.1], [0, 150, 0.012, 0.5]]),
  preview: schedule([[-3, 80, 0.005, 0.05], [-2, 120, 0.01, 0.1]]),
  authors_script: schedule([[-2, 2000, 0.001, 0.1], [-1, 1000, 0.002, 0.1], [0, 500, 0.005, 0.1]]),
} as const satisfies Readonly<Record<string, readonly OctaveSettings[]>>;

/** The words that may stand for `octaves`. */
export const octavePresetNames = ["paper", "fast", "preview", "authors_script"] as const;
