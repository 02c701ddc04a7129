/**
 * The temporal amplitude spectrum of a video whose frames are read one after the other.
 * @module
 */
import { temporalAmplitudes, temporalAmplitudeSums } from "../../analysis/spectra.ts";
import type { Fourier } from "../../frames/fourier.ts";

/** How many gray values there are in memory. */
export interface Room {
  /** Held at a time: a video that has more is read several times. */
  readonly held: number;
  /** Transformed at a time. */
  readonly transformed: number;
}

/** 512 MiB, and 160 MiB with their transform. */
const usualRoom: Room = { held: 2 ** 27, transformed: 2 ** 23 };

/** The frames that it is of. */
export interface GrayFrames {
  readonly frames: number;
  readonly pixels: number;
  /** Gray values, 0 to 1. */
  gray(time: number): Promise<Float32Array>;
}

/** Hears a stop, and is told how many frames were read, each as often as it is read. */
export interface Reading {
  stopRequested(): boolean;
  read(done: number, of: number): void;
}

/**
 * Some pixels at a time over all frames, so that a long video needs no more memory than a short one. Resolves to "stopped" when a
 * stop is requested meanwhile.
 */
export async function temporalSpectrum(
  fourier: Fourier,
  { frames, pixels, gray }: GrayFrames,
  { stopRequested, read }: Reading,
  { held, transformed }: Room = usualRoom,
): Promise<number[] | "stopped"> {
  const together = Math.max(2, Math.min(pixels, Math.floor(transformed / frames)));
  const ofPass = together * Math.max(1, Math.floor(held / (frames * together)));
  const passes = Math.ceil(pixels / ofPass);
  const sums = new Array<number>(Math.floor(frames / 2)).fill(0);
  for (let pass = 0; pass < passes; pass++) {
    const first = pass * ofPass;
    const values: Float32Array[] = [];
    for (let time = 0; time < frames; time++) {
      if (stopRequested()) return "stopped";
      values.push((await gray(time)).slice(first, first + ofPass));
      read(pass * frames + time + 1, passes * frames);
    }
    const count = Math.min(ofPass, pixels - first);
    for (let start = 0; start < count; start += together) {
      if (stopRequested()) return "stopped";
      const parts = values.map((gray) => gray.subarray(start, start + together));
      const series = new Float32Array(frames * parts[0]!.length);
      parts.forEach((part, time) => series.set(part, time * part.length));
      temporalAmplitudeSums(fourier, series, frames).forEach((sum, i) => sums[i]! += sum);
    }
  }
  return temporalAmplitudes(sums, frames, pixels);
}
