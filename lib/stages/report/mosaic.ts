/**
 * Where each video stands in the one file that a report plays.
 * @module
 */
import { thumbnailSize } from "../../frames/thumbnail.ts";
import type { PlayedVideo } from "../../report/content.ts";
import { rateValue } from "../../video/rate.ts";
import type { ShownVideo } from "./shown.ts";

/** Small videos are enlarged to about this, so that halved chroma does not blur their pixels. */
const enlargedTo = 384;

/** Larger pictures are not decoded everywhere. */
const largest = { height: 2304, width: 4096 };

/** Blocks of the codec: what one video leaves over does not reach into the next. */
const block = 16;

/** A video with its place, and by how much it is enlarged; negative numbers make it smaller. */
export interface PlacedVideo extends PlayedVideo {
  readonly role: string;
  readonly scale: number;
}

/** The file's size and its videos in reading order. */
export interface Mosaic {
  readonly height: number;
  readonly width: number;
  /** The highest of the rates, a rational and a number. */
  readonly fps: string;
  readonly rate: number;
  /** Until the longest is over. */
  readonly frames: number;
  readonly videos: readonly PlacedVideo[];
}

/** In a grid about as wide as high. */
export function layOut(shown: readonly ShownVideo[]): Mosaic {
  for (let smaller = 1;; smaller++) {
    const mosaic = layOutBy(shown, smaller);
    if (mosaic.height <= largest.height && mosaic.width <= largest.width) return mosaic;
  }
}

function layOutBy(shown: readonly ShownVideo[], smaller: number): Mosaic {
  const scaled = shown.map(({ role, name, video: { height, width, frames, fps } }) => {
    const enlarged = Math.max(1, Math.floor(enlargedTo / Math.max(height, width)));
    const scale = smaller === 1 ? enlarged : -smaller;
    const size = thumbnailSize({ height, width }, scale);
    return {
      role,
      name,
      height,
      width,
      frames,
      fps,
      scale,
      shownHeight: size.height,
      shownWidth: size.width,
    };
  });
  const columns = Math.ceil(Math.sqrt(shown.length));
  const cell = {
    height: inBlocks(Math.max(...scaled.map(({ shownHeight }) => shownHeight))),
    width: inBlocks(Math.max(...scaled.map(({ shownWidth }) => shownWidth))),
  };
  const fastest = scaled.map(({ fps }) => fps).reduce((a, b) => rateValue(b) > rateValue(a) ? b : a);
  const rate = rateValue(fastest);
  const seconds = Math.max(...scaled.map(({ frames, fps }) => frames / rateValue(fps)));
  return {
    height: cell.height * Math.ceil(shown.length / columns),
    width: cell.width * Math.min(columns, shown.length),
    fps: fastest,
    rate,
    frames: Math.max(1, Math.round(seconds * rate)),
    videos: scaled.map((video, index) => ({
      ...video,
      x: cell.width * (index % columns),
      y: cell.height * Math.floor(index / columns),
    })),
  };
}

/** Which frame of a video is seen at a frame of the mosaic; after its end its last one. */
export function frameAt(
  { frames, fps }: Pick<PlayedVideo, "frames" | "fps">,
  rate: number,
  time: number,
): number {
  // Rates that are equal on paper differ in the last bit.
  return Math.min(frames - 1, Math.floor(time * rateValue(fps) / rate + 1e-6));
}

function inBlocks(side: number): number {
  return Math.ceil(side / block) * block;
}
