/**
 * Scrambling the phases of a video. Finished frames survive a stop; what the step `clip` has made of all of them is computed
 * again: at 120 x 360 x 640 that is estimated to take a minute, about as long as the frames' colors, and it would be 330 MB of state.
 * @module
 */
import type { FrameScrambler } from "../../controls/phase_scramble.ts";
import { emptyClip, frameAt, frameScrambler, putFrame, scrambleClip } from "../../controls/phase_scramble.ts";
import { RunError } from "../../errors.ts";
import { transferColor, transferGray } from "../../frames/color_transfer/transfer_color.ts";
import { type Fourier, loadFourier } from "../../frames/fourier.ts";
import type { Frame } from "../../frames/frame.ts";
import { grayOfValues } from "../../frames/gray_of_values.ts";
import type { StageContext, VideoFacts } from "../../plan/stage_kind.ts";
import { makeFrames } from "../make_frames.ts";
import { sameVideo, videoRole } from "../one_video.ts";
import { readerOf, type ReadFrame } from "../read_frames.ts";
import { colorRole, type PhaseScrambleStage } from "./schema.ts";

/**
 * Writes the frames that are missing. Returns early when a stop is requested. Throws RunError when the clip does not fit
 * into memory.
 */
export async function runPhaseScramble(settings: PhaseScrambleStage, context: StageContext): Promise<void> {
  const video = sameVideo(settings, context.facts);
  const scrambled = await openScrambled(await loadFourier(), settings, context, video);
  if (scrambled === undefined) return;
  if (settings.color_transfer === "none") return await writeClipped(scrambled, context, video);
  const { variant } = settings.color_transfer;
  const colorsAt = readerOf(context.inputs, colorRole);
  await makeFrames(context, video.frames, async (time) => {
    const [frame, colors] = [await scrambled(time), await colorsAt(time)];
    return stored(
      video.color === "gray"
        ? transferGray(frame, grayOfValues(colors, video.transfer ?? "srgb"), variant)
        : transferColor(frame, colors, variant),
    );
  });
}

/** Resolves to what gives the scrambled frames, whose values may leave [0, 1]; to undefined when a stop was requested. */
async function openScrambled(
  fourier: Fourier,
  settings: PhaseScrambleStage,
  { inputs, emit, stopRequested }: StageContext,
  video: VideoFacts,
): Promise<ReadFrame | undefined> {
  const read = readerOf(inputs, videoRole);
  // Gray stays gray when all channels get the same angles.
  const chosen = video.color === "gray" ? { ...settings, channels: "same" as const } : settings;
  const step: FrameScrambler = settings.steps === "clip"
    ? (frame) => frame
    : frameScrambler(fourier, video, chosen);
  if (settings.steps === "frames") return async (time) => step(await read(time), time);
  try {
    const clip = emptyClip(video);
    for (let time = 0; time < video.frames; time++) {
      if (stopRequested()) return undefined;
      putFrame(clip, time, step(await read(time), time));
      const done = time + 1;
      if (done % toldEvery === 0) emit({ type: "preparing", text: "taking frames", done, of: video.frames });
    }
    if (!scrambleClip(fourier, clip, chosen, stopRequested)) return undefined;
    return (time) => Promise.resolve(frameAt(clip, time));
  } catch (error) {
    if (isOutOfMemory(error)) throw new RunError(tooLarge(video), { cause: error });
    throw error;
  }
}

/** Frames between two words about how far they are. */
const toldEvery = 10;

/** V8 has no class of its own for it. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /allocation failed|Invalid typed array length/.test(error.message);
}

/** In bytes for each pixel and frame: three channels in float32, and one at a time as complex float64. */
const bytesEach = 3 * 4 + 2 * 8;

function tooLarge({ frames, height, width }: VideoFacts): string {
  const gibibytes = (bytesEach * frames * height * width / 2 ** 30).toFixed(1);
  return `the step clip of ${frames} frames of ${height} x ${width} needs ${gibibytes} GiB of memory, more than there is; take fewer frames, smaller ones, or steps: frames`;
}

/** Writes the frames without other colors, and tells how much of them did not fit. */
async function writeClipped(scrambled: ReadFrame, context: StageContext, video: VideoFacts): Promise<void> {
  const outside = new Map<number, number>();
  const scrambledAt = async (time: number) => {
    const frame = await scrambled(time);
    outside.set(time, frame.data.reduce((count, value) => value < 0 || value > 1 ? count + 1 : count, 0));
    return frame;
  };
  await makeFrames(context, video.frames, async (time) => {
    const frame = await scrambledAt(time);
    return stored({ ...frame, data: frame.data.map((value) => Math.min(Math.max(value, 0), 1)) });
  });
  if (await context.store.finishedFrames(0) < video.frames) return;
  // Those that an earlier session wrote count, too.
  for (let time = 0; time < video.frames; time++) if (!outside.has(time)) await scrambledAt(time);
  const count = outside.values().reduce((sum, values) => sum + values, 0);
  if (count === 0) return;
  const share = 100 * count / (3 * video.frames * video.height * video.width);
  context.emit({
    type: "warning",
    code: "clipped",
    text: `${
      share < 0.01 ? "less than 0.01" : share.toPrecision(2)
    } % of the scrambled values lay outside [0, 1] and were clipped: the amplitude spectrum is not quite the clip's`,
  });
}

function stored({ height, width, data }: Frame) {
  return { shape: [height, width, 3], data };
}
