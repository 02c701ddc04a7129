/**
 * Decoding or making the frames of a video that are not in the store yet.
 * @module
 */
import { resolve } from "node:path";
import { RunError } from "../../errors.ts";
import type { StageContext, VideoFacts } from "../../plan/stage_kind.ts";
import { sha256OfFile } from "../../store/checksum.ts";
import { listImages } from "../../video/image_sequence.ts";
import type { VideoSettings } from "../../video/settings.ts";
import { mediaWarnings } from "./deviations.ts";
import { framesOf } from "./frames_of.ts";
import { sha256OfImages } from "./inspect_images.ts";

/**
 * Writes the missing frames, height x width x 3, as uint8 or as float32. Ends early when a stop is requested.
 * Throws RunError when the file is not the one that was planned or cannot be decoded, MissingError when there is no ffmpeg.
 */
export async function runVideo(settings: VideoSettings, context: StageContext): Promise<void> {
  if (context.artifact.made !== "video") throw new Error(`a video that makes a ${context.artifact.made}`);
  const { video } = context.artifact;
  let next = await context.store.finishedFrames(0);
  if (next >= video.frames) return;
  const images = await requirePlanned(settings, context);
  for (const text of mediaWarnings(settings, context.facts)) {
    context.emit({ type: "warning", code: "media", text });
  }
  while (next < video.frames && !context.stopRequested()) {
    next = await makeFrames(settings, context, { video, images, first: next });
  }
}

/**
 * The key says which bytes are decoded. Throws a RunError when the file or the images have others by now; resolves to the
 * paths of images.
 */
async function requirePlanned(
  settings: VideoSettings,
  { folder, facts }: StageContext,
): Promise<readonly string[] | undefined> {
  if ("generate" in settings) return undefined;
  const planned = facts.inspected?.digests;
  const name = "file" in settings ? settings.file : settings.files;
  const path = resolve(folder, name);
  try {
    if ("file" in settings) {
      if (await sha256OfFile(path) === planned?.file) return undefined;
    } else {
      const images = await listImages(path);
      if (!("problem" in images) && await sha256OfImages(images, sha256OfFile) === planned?.files) {
        return images;
      }
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${name} is no longer there`);
    throw error;
  }
  throw new RunError(`${name} changed since the run was planned; run again`);
}

/**
 * Makes frames from `first` on, until the next one is found to be there already (a damaged one before it was made
 * again), until the end, or until a stop is requested. Resolves to the next frame that is missing.
 */
async function makeFrames(
  settings: VideoSettings,
  context: StageContext,
  { video: { height, width, frames }, images, first }: {
    readonly video: VideoFacts;
    readonly images: readonly string[] | undefined;
    readonly first: number;
  },
): Promise<number> {
  const { store } = context;
  let index = first;
  let since = performance.now();
  const wanted = { size: { height, width }, first, count: frames - first, images };
  for await (const data of framesOf(settings, context, wanted)) {
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
