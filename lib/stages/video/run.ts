/**
 * Decoding or making the frames of a video that are not in the store yet.
 * @module
 */
import { resolve } from "node:path";
import { RunError } from "../../errors.ts";
import { frameFromBytes, frameToBytes } from "../../frames/bytes.ts";
import type { Size } from "../../frames/frame.ts";
import { generateFrame, type GeneratorSettings } from "../../frames/generated/generators.ts";
import { grayFrame } from "../../frames/gray.ts";
import type { StageContext, VideoFacts } from "../../plan/stage_kind.ts";
import { sha256OfFile } from "../../store/checksum.ts";
import { decodeFrames } from "../../video/decode.ts";
import type { VideoSettings } from "../../video/settings.ts";
import { videoDetailsSchema } from "./details.ts";

/**
 * Writes the missing frames, as uint8, height x width x 3. Ends early when a stop is requested.
 * Throws RunError when the file is not the one that was planned or cannot be decoded, MissingError when there is no ffmpeg.
 */
export async function runVideo(settings: VideoSettings, context: StageContext): Promise<void> {
  if (context.artifact.made !== "video") throw new Error(`a video that makes a ${context.artifact.made}`);
  const { video } = context.artifact;
  let next = await context.store.finishedFrames(0);
  if (next < video.frames && "file" in settings) await requirePlannedFile(settings.file, context);
  while (next < video.frames && !context.stopRequested()) {
    next = await makeFrames(settings, context, video, next);
  }
}

/** The key says which bytes are decoded. Throws a RunError when the file has others by now. */
async function requirePlannedFile(file: string, { folder, facts }: StageContext): Promise<void> {
  const found = await sha256OrMissing(file, resolve(folder, file));
  if (found !== facts.inspected?.digests.file) {
    throw new RunError(`${file} changed since the run was planned; run again`);
  }
}

async function sha256OrMissing(file: string, path: string): Promise<string> {
  try {
    return await sha256OfFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${file} is no longer there`);
    throw error;
  }
}

/**
 * Makes frames from `first` on, until the next one is found to be there already (a damaged one before it was made
 * again), until the end, or until a stop is requested. Resolves to the next frame that is missing.
 */
async function makeFrames(
  settings: VideoSettings,
  context: StageContext,
  { height, width, frames }: VideoFacts,
  first: number,
): Promise<number> {
  const { store } = context;
  let index = first;
  let since = performance.now();
  for await (const rgb of framesFrom(settings, context, { height, width }, first, frames - first)) {
    const data = settings.color === "gray" ? grayBytes(rgb, height, width) : rgb;
    const seconds = (performance.now() - since) / 1000;
    await store.writeFrame(index, { shape: [height, width, 3], data }, { seconds });
    context.emit({ type: "frame.finished", frame: index, of: frames, seconds });
    index++;
    const finished = await store.finishedFrames(0);
    if (finished > index || context.stopRequested()) return finished;
    since = performance.now();
  }
  return index;
}

function grayBytes(rgb: Uint8Array, height: number, width: number): Uint8Array {
  return frameToBytes(grayFrame(frameFromBytes(rgb, height, width)));
}

/** `count` frames from the video's frame `first` on, in color. */
function framesFrom(
  settings: VideoSettings,
  context: StageContext,
  size: Size,
  first: number,
  count: number,
): AsyncGenerator<Uint8Array> {
  const start = settings.start + first * settings.step;
  if ("generate" in settings) return generated(settings.generate, size, start, settings.step, count);
  const details = videoDetailsSchema.parse(context.facts.inspected?.details);
  if (details.kind === "generated") throw new Error("a file that was inspected as a generated clip");
  const { color } = details;
  const source = { height: details.height, width: details.width };
  const file = { path: resolve(context.folder, settings.file), source, color, size, fit: settings.fit };
  if (details.kind === "still image") {
    return repeated(decodeFrames({ ...file, start: 0, step: 1, count: 1 }), count);
  }
  return decodeFrames({ ...file, start, step: settings.step, count });
}

async function* generated(
  settings: GeneratorSettings,
  size: Size,
  start: number,
  step: number,
  count: number,
): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield frameToBytes(generateFrame(settings, start + i * step, size));
}

async function* repeated(frames: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  for await (const frame of frames) {
    for (let i = 0; i < count; i++) yield frame;
  }
}
