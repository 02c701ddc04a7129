/**
 * Targets that are shorter than what is made from them.
 * @module
 */
import type { Length } from "./settings.ts";

/**
 * Which of a target's frames stands for frame `index`: `loop` starts again at 0, `pingpong` turns around at both ends
 * without showing them twice, `hold` stays at the last. Throws a RangeError when a `strict` target has no such frame.
 */
export function frameWithin(index: number, frames: number, length: Length): number {
  if (index < 0 || frames < 1) throw new RangeError(`no frame ${index} in a target of ${frames} frames`);
  if (index < frames) return index;
  switch (length) {
    case "strict":
      throw new RangeError(`no frame ${index} in a strict target of ${frames} frames`);
    case "loop":
      return index % frames;
    case "pingpong": {
      if (frames === 1) return 0;
      const position = index % (2 * frames - 2);
      return position < frames ? position : 2 * frames - 2 - position;
    }
    case "hold":
      return frames - 1;
  }
}
