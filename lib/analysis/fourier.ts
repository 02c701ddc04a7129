/**
 * The discrete Fourier transform of planes of any size: lines whose length is no power of two become convolutions with a
 * chirp (Bluestein 1970).
 * @module
 */
import { type Circle, circle, type ComplexPlane, transformLine } from "../frames/generated/fourier.ts";

/**
 * Replaces a plane F by f(y, x) = sum over v, u of F(v, u) exp(2 pi i (v y / height + u x / width)), whatever its sides:
 * the inverse transform without its division by the number of values.
 */
export function transformPlane(plane: ComplexPlane): void {
  const { height, width } = plane;
  const across = lineTransform(width);
  for (let row = 0; row < height; row++) across(plane, row * width, 1);
  const down = height === width ? across : lineTransform(height);
  for (let column = 0; column < width; column++) down(plane, column, width);
}

/** Transforms one line of a plane, from `start` on and `step` apart. */
export type LineTransform = (plane: ComplexPlane, start: number, step: number) => void;

/** The same transform of lines of one length. */
export function lineTransform(length: number): LineTransform {
  if ((length & (length - 1)) !== 0) return chirpTransform(length);
  const points = circle(length);
  return (plane, start, step) => transformLine(plane, start, step, length, points);
}

/**
 * With w(k) = exp(i pi k^2 / length), the sum over j of x(j) exp(2 pi i j k / length) is w(k) times the convolution of
 * x w with the conjugate of w, for 2 j k = j^2 + k^2 - (k - j)^2.
 */
function chirpTransform(length: number): LineTransform {
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const points = circle(size);
  const { cosines, sines } = chirp(length);
  const kernel = emptyLine(size);
  for (let k = 0; k < length; k++) {
    for (const at of [k, (size - k) % size]) {
      kernel.real[at] = cosines[k]!;
      kernel.imaginary[at] = -sines[k]!;
    }
  }
  transformLine(kernel, 0, 1, size, points);

  return ({ real, imaginary }, start, step) => {
    const line = emptyLine(size);
    for (let k = 0; k < length; k++) {
      const [re, im] = [real[start + k * step]!, imaginary[start + k * step]!];
      line.real[k] = re * cosines[k]! - im * sines[k]!;
      line.imaginary[k] = re * sines[k]! + im * cosines[k]!;
    }
    transformLine(line, 0, 1, size, points);
    for (let i = 0; i < size; i++) {
      const [re, im] = [line.real[i]!, line.imaginary[i]!];
      line.real[i] = re * kernel.real[i]! - im * kernel.imaginary[i]!;
      // Conjugated before and after, the same transform goes the other way.
      line.imaginary[i] = -(re * kernel.imaginary[i]! + im * kernel.real[i]!);
    }
    transformLine(line, 0, 1, size, points);
    for (let k = 0; k < length; k++) {
      const [re, im] = [line.real[k]! / size, -line.imaginary[k]! / size];
      real[start + k * step] = re * cosines[k]! - im * sines[k]!;
      imaginary[start + k * step] = re * sines[k]! + im * cosines[k]!;
    }
  };
}

/** w(k); k^2 is taken modulo 2 length, so that the angle stays exact for long lines. */
function chirp(length: number): Circle {
  const angles = Float64Array.from({ length }, (_, k) => Math.PI * ((k * k) % (2 * length)) / length);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}

function emptyLine(width: number): ComplexPlane {
  return { height: 1, width, real: new Float64Array(width), imaginary: new Float64Array(width) };
}
