/**
 * Pairs of frames for tests of models of motion: a sum of gratings that moves as one.
 * @module
 */
import type { TensorValue } from "../../../lib/engines/engine.ts";
import { seededRandom } from "../../graph/sample_values.ts";

export interface Pattern {
  readonly height: number;
  readonly width: number;
  /** Patterns of all seeds have the same spectrum; the phases are the seed's. */
  readonly seed: number;
  /** In pixels per frame. */
  readonly right?: number;
  readonly up?: number;
  /** What remains of the pattern's contrast, around gray. */
  readonly contrast?: number;
}

/** The pattern before and after one frame's motion, gray, in [0, 1]. */
export function movingPattern(pattern: Pattern): [previous: TensorValue, current: TensorValue] {
  return [frame(pattern, 0), frame(pattern, 1)];
}

/** Wave vectors in radians per pixel: wavelengths 3.2 to 45 pixels, all directions. */
const waves = Array.from({ length: 96 }, (_, i) => {
  const [angle, frequency] = [2.399963 * i, (2 * Math.PI / 45) * 14 ** (i / 95)];
  return { right: frequency * Math.cos(angle), up: frequency * Math.sin(angle) };
});

function frame({ height, width, seed, right = 0, up = 0, contrast = 1 }: Pattern, time: number): TensorValue {
  const random = seededRandom(seed);
  const phases = waves.map(() => 2 * Math.PI * random());
  const data = Float32Array.from({ length: height * width * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const x = pixel % width - right * time;
    const y = -Math.floor(pixel / width) - up * time;
    const sum = waves.reduce(
      (total, wave, j) => total + Math.cos(wave.right * x + wave.up * y + (phases[j] ?? 0)),
      0,
    );
    return 0.5 + 0.015 * contrast * sum;
  });
  return { shape: [height, width, 3], data };
}
