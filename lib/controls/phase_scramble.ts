/**
 * Phase scrambling in space and time, the control stimulus of Greco & Siegel (2025): a clip with its amplitudes and
 * without its edges and objects. Numbers as in docs/design/numerics.md.
 * @module
 */
import { type ComplexArray, type Fourier, loadFourier } from "../frames/fourier.ts";
import type { Frame, Size } from "../frames/frame.ts";
import { uniformValues } from "../frames/noise.ts";
import { type PhaseMode, randomizePhases } from "./random_phases.ts";

/** How the phases of a clip are scrambled. */
export interface PhaseScrambleSettings {
  /** `frames`: the phases of each frame (2-D); `clip`: those of the whole clip (3-D); `both`: one after the other. */
  readonly steps: "both" | "frames" | "clip";
  /** In the step `frames`: the same angles for all frames, or fresh ones for each. */
  readonly angles: "shared" | "per_frame";
  /** Whether angles are added to the phases or take their place. */
  readonly mode: PhaseMode;
  /** Whether red, green and blue have angles of their own, or the same. */
  readonly channels: "separate" | "same";
  /** Seed of the angles. */
  readonly seed: number;
}

/** The paper's. */
export const phaseScrambleDefaults: PhaseScrambleSettings = {
  steps: "both",
  angles: "shared",
  mode: "add",
  channels: "separate",
  seed: 1,
};

/** A clip, channel by channel. */
export interface ClipChannels extends Size {
  readonly frames: number;
  /** Red, green and blue: frames x height x width each. */
  readonly channels: readonly [Float32Array, Float32Array, Float32Array];
}

/** Scrambles the frame at a time; values may leave [0, 1]. */
export type FrameScrambler = (frame: Frame, time: number) => Frame;

/**
 * A clip with scrambled phases. Values may leave [0, 1]: give the frames colors (`transferColor`), or clip them.
 * @param frames of one size, at least one
 * @param settings what is left out is the paper's
 */
export async function scramblePhases(
  frames: readonly Frame[],
  settings: Partial<PhaseScrambleSettings> = {},
): Promise<readonly Frame[]> {
  const [first] = frames;
  if (first === undefined) return [];
  if (frames.some(({ height, width }) => height !== first.height || width !== first.width)) {
    throw new RangeError("the frames of a clip must have one size");
  }
  const chosen = { ...phaseScrambleDefaults, ...settings };
  const fourier = await loadFourier();
  const made = chosen.steps === "clip" ? frames : frames.map(frameScrambler(fourier, first, chosen));
  if (chosen.steps === "frames") return made;
  const clip = emptyClip({ ...first, frames: frames.length });
  made.forEach((frame, time) => putFrame(clip, time, frame));
  scrambleClip(fourier, clip, chosen);
  return made.map((_, time) => frameAt(clip, time));
}

/** Room for a clip of that size, all 0. */
export function emptyClip({ frames, height, width }: Size & { readonly frames: number }): ClipChannels {
  const channel = () => new Float32Array(frames * height * width);
  return { frames, height, width, channels: [channel(), channel(), channel()] };
}

/** Puts a frame into a clip. */
export function putFrame({ height, width, channels }: ClipChannels, time: number, { data }: Frame): void {
  const count = height * width;
  for (const [index, channel] of channels.entries()) {
    for (let i = 0; i < count; i++) channel[time * count + i] = data[3 * i + index]!;
  }
}

/** A frame of a clip. */
export function frameAt({ height, width, channels }: ClipChannels, time: number): Frame {
  const count = height * width;
  const data = new Float32Array(3 * count);
  for (const [index, channel] of channels.entries()) {
    for (let i = 0; i < count; i++) data[3 * i + index] = channel[time * count + i]!;
  }
  return { height, width, data };
}

/** The step `frames`, for frames of one size: each keeps the amplitudes of its 2-D spectrum and its mean in each channel. */
export function frameScrambler(
  fourier: Fourier,
  size: Size,
  { angles, mode, channels, seed }: Omit<PhaseScrambleSettings, "steps">,
): FrameScrambler {
  const planesAt = (time: number) =>
    (channels === "same" ? [0] : [0, 1, 2]).map((channel) =>
      anglesNoise({ seed, purpose: "frameAngles" }, size, time, channel)
    );
  const shared = angles === "shared" ? planesAt(0) : undefined;
  return (frame, time) => scrambleFrame(fourier, frame, shared ?? planesAt(time), mode);
}

/**
 * A frame with random phases.
 * @param noise height x width values whose spectrum has the angles: of each channel, or one for all
 */
export function scrambleFrame(
  fourier: Fourier,
  frame: Frame,
  noise: readonly Float32Array[],
  mode: PhaseMode,
): Frame {
  const { height, width } = frame;
  const data = new Float32Array(frame.data.length);
  const plane = complexArray([height, width]);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < plane.real.length; i++) plane.real[i] = frame.data[3 * i + channel]!;
    plane.imaginary.set(noise[channel % noise.length]!);
    randomizePhases(fourier, plane, mode);
    for (let i = 0; i < plane.real.length; i++) data[3 * i + channel] = plane.real[i]!;
  }
  return { height, width, data };
}

/**
 * The step `clip`, in place: a channel keeps the amplitudes of its 3-D spectrum and its mean over the clip. Needs 16 bytes
 * for each value of a channel beside the clip itself.
 * @param stopRequested asked before each channel
 * @returns false when it was stopped: the clip is then useless
 */
export function scrambleClip(
  fourier: Fourier,
  clip: ClipChannels,
  { mode, channels, seed }: Omit<PhaseScrambleSettings, "steps" | "angles">,
  stopRequested: () => boolean = () => false,
): boolean {
  const { frames, height, width } = clip;
  const volume = complexArray([frames, height, width]);
  for (const [index, values] of clip.channels.entries()) {
    if (stopRequested()) return false;
    volume.real.set(values);
    for (let time = 0; time < frames; time++) {
      const noise = anglesNoise(
        { seed, purpose: "clipAngles" },
        clip,
        time,
        channels === "same" ? 0 : index,
      );
      volume.imaginary.set(noise, time * height * width);
    }
    randomizePhases(fourier, volume, mode);
    values.set(volume.real);
  }
  return true;
}

/** Noise whose spectrum has the angles: a plane for each time and channel. */
function anglesNoise(
  key: { readonly seed: number; readonly purpose: "frameAngles" | "clipAngles" },
  { height, width }: Size,
  time: number,
  channel: number,
): Float32Array {
  return uniformValues({ ...key, frame: 3 * time + channel }, height * width);
}

function complexArray(shape: readonly number[]): ComplexArray {
  const count = shape.reduce((product, length) => product * length, 1);
  return { shape, real: new Float64Array(count), imaginary: new Float64Array(count) };
}
