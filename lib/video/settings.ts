/**
 * The settings of a video with every default filled in, in the words of the workflow language.
 * `stages/video/kind.ts` makes them from YAML.
 * @module
 */
import type { GeneratorSettings } from "../frames/generated/settings.ts";
import type { Transfer } from "../frames/transfer.ts";

/** Where the frames come from: a video file or still image, a folder or pattern of images, or made here. */
export type VideoOrigin =
  | { readonly file: string }
  | { readonly files: string }
  | { readonly generate: GeneratorSettings };

/** How a frame of another shape becomes one of the wanted size: deformed, cut at the middle, or filled up with black. */
export type Fit = "stretch" | "crop" | "pad";

/** What is read of the origin, and as what. */
export interface VideoChoices {
  /** Index in the origin of the first frame that is read. */
  readonly start: number;
  /** How many frames are read. Left out: all that there are (120 where any number could be made). */
  readonly frames?: number;
  /** Every how many frames of the origin one is read. */
  readonly step: number;
  /** One left out follows from the other and the origin's shape; both left out: the origin's size. */
  readonly height?: number;
  readonly width?: number;
  readonly fit: Fit;
  /** A rational in lowest terms, for origins that carry none. */
  readonly fps?: string;
  readonly color: "rgb" | "gray";
  /** How the values that are worked with follow light. A file's values are coded by sRGB; a generator's are these. */
  readonly transfer: Transfer;
  readonly license?: string;
  readonly source?: string;
}

/** One entry of `videos`, complete. */
export type VideoSettings = VideoOrigin & VideoChoices;
