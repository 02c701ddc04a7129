/**
 * What is measured of clips before and after they are scrambled.
 */
import { type ClipChannels, emptyClip, putFrame } from "../../lib/controls/phase_scramble.ts";
import type { ComplexArray, Fourier } from "../../lib/frames/fourier.ts";
import type { Frame } from "../../lib/frames/frame.ts";

function clipOf(frames: readonly Frame[]): ClipChannels {
  const clip = emptyClip({ ...frames[0]!, frames: frames.length });
  frames.forEach((frame, time) => putFrame(clip, time, frame));
  return clip;
}

/** Amplitudes of the 3-D spectrum of a channel, frames x height x width. */
export function amplitudes(fourier: Fourier, frames: readonly Frame[], channel: number): Float64Array {
  const { height, width } = frames[0]!;
  const values = clipOf(frames).channels[channel]!;
  const spectrum: ComplexArray = {
    shape: [frames.length, height, width],
    real: Float64Array.from(values),
    imaginary: new Float64Array(values.length),
  };
  fourier.forward(spectrum);
  return spectrum.real.map((value, at) => Math.hypot(value, spectrum.imaginary[at]!));
}

export function channelMean({ data }: Frame, channel: number): number {
  let sum = 0;
  for (let i = channel; i < data.length; i += 3) sum += data[i]!;
  return 3 * sum / data.length;
}

/** Mean over times and values of what `measure` makes of a value's change from one frame to the next. */
export function meanChange(frames: readonly Frame[], measure: (change: number) => number): number {
  let sum = 0;
  for (let time = 1; time < frames.length; time++) {
    const before = frames[time - 1]!.data;
    frames[time]!.data.forEach((value, i) => sum += measure(value - before[i]!));
  }
  return sum / ((frames.length - 1) * frames[0]!.data.length);
}
