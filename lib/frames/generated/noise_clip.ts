/**
 * Dynamic Gaussian noise with a chosen spectrum in space and lifetime in time.
 * @module
 */
import type { Fourier } from "../fourier.ts";
import type { Frame, Size } from "../frame.ts";
import { uniformValues } from "../noise.ts";
import type { NoiseSettings } from "./settings.ts";

/** `count` (even) values of N(0, 1) that belong to a seed and a frame (Box & Muller 1958). */
function normalValues(seed: number, frame: number, count: number): Float32Array {
  const values = uniformValues({ seed, frame, purpose: "generated" }, count);
  for (let i = 0; i < count; i += 2) {
    const length = Math.sqrt(-2 * Math.log(1 - values[i]!));
    const angle = 2 * Math.PI * values[i + 1]!;
    values[i] = length * Math.cos(angle);
    values[i + 1] = length * Math.sin(angle);
  }
  return values;
}

/**
 * N(0, 1) values at a frame that last for `lifetime` frames: fresh values of the frames around, under a Gaussian whose
 * autocorrelation has that full width at half maximum.
 */
function lastingValues(seed: number, frame: number, count: number, lifetime: number): Float32Array {
  if (lifetime <= 1) return normalValues(seed, frame, count);
  const deviation = lifetime / (4 * Math.sqrt(Math.LN2));
  const reach = Math.ceil(3 * deviation);
  const sum = new Float32Array(count);
  let squares = 0;
  for (let offset = -reach; offset <= reach; offset++) {
    const share = Math.exp(-0.5 * (offset / deviation) ** 2);
    squares += share ** 2;
    const fresh = normalValues(seed, frame + offset, count);
    for (let i = 0; i < count; i++) sum[i] = sum[i]! + share * fresh[i]!;
  }
  return sum.map((value) => value / Math.sqrt(squares));
}

/** frequency^-exponent of every coefficient of a plane, 0 for the mean, scaled so that their squares sum to 1. */
function amplitudes(exponent: number, { height, width }: Size): Float64Array {
  const values = new Float64Array(height * width);
  let squares = 0;
  for (let i = 1; i < values.length; i++) {
    const row = Math.floor(i / width);
    const column = i % width;
    const frequency = Math.hypot(
      Math.min(row, height - row) / height,
      Math.min(column, width - column) / width,
    );
    const value = frequency ** -exponent;
    values[i] = value;
    squares += value ** 2;
  }
  return values.map((value) => value / Math.sqrt(squares));
}

function nextPowerOfTwo(side: number): number {
  return 2 ** Math.ceil(Math.log2(side));
}

/** Frame `index` of the clip: cut out of a larger field, so that opposite borders do not match. */
export function noiseFrame(fourier: Fourier, settings: NoiseSettings, index: number, size: Size): Frame {
  const { seed, exponent, lifetime, contrast, colored } = settings;
  const field = { height: nextPowerOfTwo(size.height + 1), width: nextPowerOfTwo(size.width + 1) };
  const count = field.height * field.width;
  const amplitude = amplitudes(exponent, field);
  const values = lastingValues(seed, index, 2 * count * (colored ? 3 : 1), lifetime);
  const data = new Float32Array(size.height * size.width * 3);
  for (let channel = 0; channel < (colored ? 3 : 1); channel++) {
    const first = 2 * count * channel;
    const real = amplitude.map((value, i) => value * values[first + 2 * i]!);
    const imaginary = amplitude.map((value, i) => value * values[first + 2 * i + 1]!);
    // The real part alone is noise of that spectrum; the imaginary part is another, independent one.
    fourier.inverse({ shape: [field.height, field.width], real, imaginary });
    for (let pixel = 0; pixel < size.height * size.width; pixel++) {
      const at = Math.floor(pixel / size.width) * field.width + (pixel % size.width);
      const value = Math.min(Math.max(0.5 + contrast * count * real[at]!, 0), 1);
      if (colored) data[pixel * 3 + channel] = value;
      else data.fill(value, pixel * 3, pixel * 3 + 3);
    }
  }
  return { ...size, data };
}
