/**
 * A drifting sinusoidal grating.
 * @module
 */
import type { Frame, Size } from "../frame.ts";
import type { GratingSettings } from "./settings.ts";

/** Frame `index` of the clip: mean (1 + contrast cos(2 pi (cycles u - drift index) + phase)), u along the direction. */
export function gratingFrame(settings: GratingSettings, index: number, size: Size): Frame {
  const { contrast, mean, cycles, direction, drift, phase } = settings;
  const angle = (direction * Math.PI) / 180;
  const { height, width } = size;
  const data = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    const up = 0.5 - (row + 0.5) / height;
    for (let column = 0; column < width; column++) {
      const right = (column + 0.5 - width / 2) / height;
      const along = right * Math.cos(angle) + up * Math.sin(angle);
      const turns = cycles * along - drift * index + phase / 360;
      const value = mean * (1 + contrast * Math.cos(2 * Math.PI * turns));
      const at = (row * width + column) * 3;
      data.fill(Math.min(Math.max(value, 0), 1), at, at + 3);
    }
  }
  return { height, width, data };
}
