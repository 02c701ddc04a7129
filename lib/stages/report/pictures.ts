/**
 * The frames of a report's videos: one file that plays them all in sync, and a strip of some of them.
 * @module
 */
import { join } from "node:path";
import { frameToBytes } from "../../frames/bytes.ts";
import { rescaled, thumbnailPng, thumbnailScale, thumbnailSize } from "../../frames/thumbnail.ts";
import { codedFrame } from "../../frames/transfer.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { Played, Strip, StripRow } from "../../report/content.ts";
import { encodeShareable, shareable } from "../../video/encode.ts";
import { frameOf, sourceAt } from "../read_frames.ts";
import { frameAt, layOut, type Mosaic, type PlacedVideo } from "./mosaic.ts";
import type { ShownVideo } from "./shown.ts";

/** Pictures in a row of the strip at most, how long their sides are at most, and all of them together, about. */
const mostColumns = 8;
const longestSide = 240;
const rowWidth = 1060;

/** What lies between the videos. */
const background = 0;

/** 8-bit RGB of one frame, coded for a display. */
type ReadBytes = (index: number) => Promise<Uint8Array>;

/** Smaller files than those to share, without frames that refer to later ones, which some players show late. */
const embedded = {
  ...shareable,
  outputOptions: [...shareable.outputOptions, "-crf", "16", "-bf", "0", "-g", "24"],
};

/** The file that is played. Returns undefined when a stop is requested before it is whole. */
export async function playedTogether(
  shown: readonly ShownVideo[],
  context: StageContext,
): Promise<Played | undefined> {
  const mosaic = layOut(shown);
  const readers = mosaic.videos.map((video) => ({ video, read: bytesOf(video.role, context) }));
  const folder = await Deno.makeTempDir({ prefix: "metamer_report_" });
  let stopped = false;
  async function* frames(): AsyncGenerator<Uint8Array> {
    for (let time = 0; time < mosaic.frames; time++) {
      stopped ||= context.stopRequested();
      if (stopped) return;
      yield await mosaicFrame(mosaic, readers, time);
    }
  }
  try {
    const path = join(folder, "together.mp4");
    const { height, width, fps, rate } = mosaic;
    await encodeShareable(path, frames(), { size: { height, width }, fps }, "pad", embedded);
    if (stopped) return undefined;
    const videos = mosaic.videos.map(({ role: _, scale: __, ...video }) => video);
    return { mp4: await Deno.readFile(path), height, width, fps: rate, frames: mosaic.frames, videos };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function mosaicFrame(
  { height, width, rate }: Mosaic,
  readers: readonly { readonly video: PlacedVideo; readonly read: ReadBytes }[],
  time: number,
): Promise<Uint8Array> {
  const together = new Uint8Array(height * width * 3).fill(background);
  for (const { video, read } of readers) {
    const bytes = rescaled(await read(frameAt(video, rate, time)), video, video.scale);
    const row = video.shownWidth * 3;
    for (let y = 0; y < video.shownHeight; y++) {
      together.set(bytes.subarray(y * row, (y + 1) * row), ((video.y + y) * width + video.x) * 3);
    }
  }
  return together;
}

/** Frames evenly spaced over the longest video, the first and the last among them; as many as fit side by side. */
export async function stripOf(shown: readonly ShownVideo[], context: StageContext): Promise<Strip> {
  const longest = Math.max(...shown.map(({ video }) => video.frames));
  const most = Math.min(mostColumns, longest);
  const room = Math.min(longestSide, Math.floor(rowWidth / most));
  const placed = shown.map((each) => ({ ...each, scale: thumbnailScale(each.video, room) }));
  const widest = Math.max(...placed.map(({ video, scale }) => thumbnailSize(video, scale).width));
  const count = Math.min(most, Math.max(2, Math.floor(rowWidth / widest)));
  const frames = Array.from(
    { length: count },
    (_, column) => count === 1 ? 0 : Math.round(column * (longest - 1) / (count - 1)),
  );
  const rows: StripRow[] = [];
  for (const { role, name, video, scale } of placed) {
    const read = bytesOf(role, context);
    const pictures: (Uint8Array | undefined)[] = [];
    for (const frame of frames) {
      pictures.push(frame < video.frames ? thumbnailPng(await read(frame), video, scale) : undefined);
    }
    rows.push({ name, ...thumbnailSize(video, scale), pictures });
  }
  return { frames, rows };
}

/** A video that holds its last frame is not decoded again and again. */
function bytesOf(role: string, { inputs, facts }: StageContext): ReadBytes {
  const source = sourceAt(inputs, role);
  const transfer = facts.videos[role]?.transfer ?? "srgb";
  let last: { readonly index: number; readonly bytes: Uint8Array } | undefined;
  return async (index) => {
    if (last?.index === index) return last.bytes;
    const stored = await source.frame(index);
    const bytes = stored.data instanceof Uint8Array && transfer === "srgb"
      ? stored.data
      : frameToBytes(codedFrame(frameOf(stored), transfer));
    last = { index, bytes };
    return bytes;
  };
}
