/**
 * Targets at the sizes of octaves, made once for as long as a frame is in use.
 * @module
 */
import type { Frame } from "../frames/frame.ts";
import { atOctaves, octaveSize } from "./octaves.ts";
import type { OctaveSettings, Resample } from "./settings.ts";

interface Versions {
  readonly resample: Resample;
  readonly frames: readonly Frame[];
}

/** Remembers the versions of frames, and forgets them with the frames. Nobody may change a frame's values meanwhile. */
export class ResizedFrames {
  readonly #made = new WeakMap<Frame, Versions>();

  /** As `atOctaves`; for the same frame and the same sizes the same versions. */
  atOctaves(
    frame: Frame,
    steps: readonly Pick<OctaveSettings, "octave" | "scale">[],
    resample: Resample,
  ): readonly Frame[] {
    const known = this.#made.get(frame);
    if (known !== undefined && known.resample === resample && haveSizes(known.frames, frame, steps)) {
      return known.frames;
    }
    const frames = atOctaves(frame, steps, resample);
    this.#made.set(frame, { resample, frames });
    return frames;
  }
}

function haveSizes(
  versions: readonly Frame[],
  frame: Frame,
  steps: readonly Pick<OctaveSettings, "octave" | "scale">[],
): boolean {
  return versions.length === steps.length && steps.every((step, index) => {
    const { height, width } = octaveSize(frame, step);
    return versions[index]?.height === height && versions[index].width === width;
  });
}
