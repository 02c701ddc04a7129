/**
 * What a report is made of: finished records, and pictures of their frames.
 * @module
 */
import type { FinishedInstance } from "../store/finished_instance.ts";

/** An instance that a report tells of. */
export interface Reported {
  /** `metamer[seed=2]` */
  readonly name: string;
  /** True for one of a stage that the report is of, false for what that was made from. */
  readonly isSubject: boolean;
  readonly finished: FinishedInstance;
}

/** A video's place in the one file that is played. Sizes in pixels. */
export interface PlayedVideo {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  /** How many are shown. */
  readonly frames: number;
  /** A rational: "25/1". */
  readonly fps: string;
  /** In the file, from the left and from the top. */
  readonly x: number;
  readonly y: number;
  /** As it stands there: enlarged or made smaller by a whole number. */
  readonly shownHeight: number;
  readonly shownWidth: number;
}

/** All videos side by side in one file, so that they cannot but be in sync. */
export interface Played {
  /** H.264. */
  readonly mp4: Uint8Array;
  readonly height: number;
  readonly width: number;
  /** Frames per second. */
  readonly fps: number;
  readonly frames: number;
  readonly videos: readonly PlayedVideo[];
}

/** Frames of a video beside each other. */
export interface StripRow {
  readonly name: string;
  /** Of a picture as it is shown, in pixels. */
  readonly height: number;
  readonly width: number;
  /** PNG files; undefined where the video has no such frame. */
  readonly pictures: readonly (Uint8Array | undefined)[];
}

/** The same frames of all videos. */
export interface Strip {
  readonly frames: readonly number[];
  readonly rows: readonly StripRow[];
}

/** All that a report shows. */
export interface ReportContent {
  readonly title: string;
  readonly instances: readonly Reported[];
  /** Absent where there is no video. */
  readonly played?: Played;
  readonly strip?: Strip;
  /** Names of videos that are not shown. */
  readonly more: readonly string[];
}
