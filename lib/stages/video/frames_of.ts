/**
 * The frames of a video as they are stored: bytes where the origin has bytes, numbers where it has finer values or other
 * values are worked with.
 * @module
 */
import { resolve } from "node:path";
import { frameFromBytes, frameToBytes } from "../../frames/bytes.ts";
import type { Size } from "../../frames/frame.ts";
import { openGenerator } from "../../frames/generated/generators.ts";
import type { GeneratorSettings } from "../../frames/generated/settings.ts";
import { grayFrame } from "../../frames/gray.ts";
import { grayOfValues } from "../../frames/gray_of_values.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { decodeFrames, type Decoding } from "../../video/decode.ts";
import { decodeValues } from "../../video/decode_values.ts";
import type { VideoChoices, VideoSettings } from "../../video/settings.ts";
import type { Values } from "../../video/values.ts";
import { mediaOf } from "./media.ts";

/** Values of one frame, height x width x 3. */
export type FrameValues = Uint8Array | Float32Array;

/**
 * `count` frames from the video's frame `first` on.
 * @param images absolute paths of all images, for a video that is made of them
 */
export function framesOf(
  settings: VideoSettings,
  context: Pick<StageContext, "folder" | "facts">,
  { size, first, count, images }: {
    readonly size: Size;
    readonly first: number;
    readonly count: number;
    readonly images: readonly string[] | undefined;
  },
): AsyncGenerator<FrameValues> {
  const { step, fit } = settings;
  const start = settings.start + first * step;
  if ("generate" in settings) return generated(settings.generate, settings, { size, start, count });
  const media = mediaOf(settings, context.facts.inspected);
  if (media === undefined) throw new Error("a file that was not inspected as one");
  const { kind, color, height, width, traits } = media.details;
  const still = kind === "still image";
  const decoding: Decoding = {
    path: "file" in settings ? resolve(context.folder, settings.file) : settings.files,
    ...(images && { images }),
    source: { height, width },
    color,
    ...(traits?.turn !== undefined && { turn: traits.turn }),
    ...{ size, fit },
    ...(still ? { start: 0, step: 1, count: 1 } : { start, step, count }),
  };
  const decoded = decodedAs(decoding, settings, media.values);
  return still ? repeated(decoded, count) : decoded;
}

async function* decodedAs(
  decoding: Decoding,
  { color, transfer }: VideoChoices,
  values: Values,
): AsyncGenerator<FrameValues> {
  const gray = color === "gray";
  if (values.stored === "uint8" && !values.alpha) {
    for await (const bytes of decodeFrames(decoding)) yield gray ? grayBytes(bytes, decoding.size) : bytes;
    return;
  }
  for await (const frame of decodeValues(decoding, { values, transfer, gray })) {
    yield values.stored === "uint8" ? frameToBytes(frame) : frame.data;
  }
}

function grayBytes(rgb: Uint8Array, { height, width }: Size): Uint8Array {
  return frameToBytes(grayFrame(frameFromBytes(rgb, height, width)));
}

/** A generator's values are those that are worked with: a grating's contrast is that of light where light is meant. */
async function* generated(
  generator: GeneratorSettings,
  { step, color, transfer }: VideoChoices,
  { size, start, count }: { readonly size: Size; readonly start: number; readonly count: number },
): AsyncGenerator<FrameValues> {
  const frameAt = await openGenerator(generator);
  for (let i = 0; i < count; i++) {
    const frame = frameAt(start + i * step, size);
    if (transfer !== "srgb") {
      const inRange = { ...frame, data: frame.data.map((value) => Math.min(Math.max(value, 0), 1)) };
      yield (color === "gray" ? grayOfValues(inRange, transfer) : inRange).data;
    } else {
      const bytes = frameToBytes(frame);
      yield color === "gray" ? grayBytes(bytes, size) : bytes;
    }
  }
}

async function* repeated(frames: AsyncIterable<FrameValues>, count: number): AsyncGenerator<FrameValues> {
  for await (const frame of frames) {
    for (let i = 0; i < count; i++) yield frame;
  }
}
