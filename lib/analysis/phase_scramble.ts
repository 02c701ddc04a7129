/**
 * Frames whose amplitude spectrum is a clip's and whose phases are random: what a clip is without its edges and objects.
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";
import type { ComplexPlane } from "../frames/generated/fourier.ts";
import { uniformValues } from "../frames/noise.ts";
import { transformPlane } from "./fourier.ts";

/** Scrambles frames of one size. */
export type Scrambler = (frame: Frame) => Frame;

/**
 * A scrambler that adds one field of angles to the phases of every frame and of every channel, so that a clip keeps its
 * amplitude spectrum in space and time, and its colors their correlations. The angles are those of the spectrum of real
 * noise: 0 at zero frequency, so that each channel keeps its mean. Values outside [0, 1] are clipped.
 * @param draw which of the scrambled versions it is, from 0
 */
export function phaseScrambler({ height, width }: Size, seed: number, draw: number): Scrambler {
  const count = height * width;
  const noise = uniformValues({ seed, frame: draw, purpose: "scrambled" }, count);
  const phases = complexPlane({ height, width }, noise, new Float32Array(count));
  transformPlane(phases);
  for (let i = 0; i < count; i++) {
    const length = Math.hypot(phases.real[i]!, phases.imaginary[i]!);
    phases.real[i] = length === 0 ? 1 : phases.real[i]! / length;
    phases.imaginary[i] = length === 0 ? 0 : phases.imaginary[i]! / length;
  }

  return (frame) => {
    const channel = (index: number) => frame.data.filter((_, i) => i % 3 === index);
    // The phases are those of a real kernel, so that real and imaginary part hold a channel each.
    const redGreen = rotated(complexPlane(frame, channel(0), channel(1)), phases);
    const blue = rotated(complexPlane(frame, channel(2), new Float32Array(count)), phases);
    const data = new Float32Array(3 * count);
    for (let i = 0; i < count; i++) {
      data[3 * i] = clipped(redGreen.real[i]!);
      data[3 * i + 1] = clipped(redGreen.imaginary[i]!);
      data[3 * i + 2] = clipped(blue.real[i]!);
    }
    return { height, width, data };
  };
}

/** The plane whose spectrum was multiplied by the phases. */
function rotated(plane: ComplexPlane, phases: ComplexPlane): ComplexPlane {
  const count = plane.height * plane.width;
  const { real, imaginary } = plane;
  transformPlane(plane);
  for (let i = 0; i < count; i++) {
    const [re, im] = [real[i]!, imaginary[i]!];
    real[i] = re * phases.real[i]! - im * phases.imaginary[i]!;
    // Conjugated before and after, the same transform goes back.
    imaginary[i] = -(re * phases.imaginary[i]! + im * phases.real[i]!);
  }
  transformPlane(plane);
  return {
    ...plane,
    real: real.map((value) => value / count),
    imaginary: imaginary.map((value) => -value / count),
  };
}

function complexPlane({ height, width }: Size, real: Float32Array, imaginary: Float32Array): ComplexPlane {
  return { height, width, real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) };
}

function clipped(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
