/**
 * The gradient of a maximum over a window that moves by one along a line.
 * @module
 */
import type { OnnxWriter } from "../onnx_writer.ts";
import { asFloats } from "./elementwise.ts";
import { padded } from "./layout.ts";

/** A window along axis 2 or 3 of images, with a border that is never chosen. */
export interface SlidingWindow {
  readonly axis: 2 | 3;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

/** The smallest float32: never the maximum beside an element. */
const LOWEST = -3.4028234663852886e38;

/**
 * Gives each window's gradient to its first maximum. The maximum from a place on over 2, 4, 8 ... elements is that of two
 * shorter maxima; gradients go back through this tree, to the earlier one where both are equal. Scattering to the places
 * that MaxPool can name costs twice as much (measured for windows of 5).
 */
export function slidingMaximumGradient(
  writer: OnnxWriter,
  x: string,
  gradient: string,
  { axis, size, before, after }: SlidingWindow,
): string {
  const pad = (name: string, first: number, last: number, filling?: string): string =>
    first === 0 && last === 0
      ? name
      : padded(writer, name, alongAxis(axis, first), alongAxis(axis, last), filling);

  const line = pad(x, before, after, writer.floats(Float32Array.of(LOWEST), []));
  const lengths = doublings(size);
  const maxima = lengths.map((length) => length === 1 ? line : maximaFrom(writer, line, axis, length));
  // One gradient for every place, also where no whole window starts.
  let passed = pad(gradient, 0, size - 1);
  for (let level = lengths.length - 1; level > 0; level--) {
    const [shorter = "", longer = ""] = maxima.slice(level - 1);
    const shift = (lengths[level] ?? 0) - (lengths[level - 1] ?? 0);
    const isEarlier = asFloats(writer, writer.node("Equal", [shorter, longer]));
    const earlier = writer.node("Mul", [passed, isEarlier]);
    const later = writer.node("Sub", [passed, earlier]);
    passed = writer.node("Add", [earlier, pad(later, shift, -shift)]);
  }
  return pad(passed, -before, -after);
}

/** 1, 2, 4 ... and the size itself. */
function doublings(size: number): readonly number[] {
  const lengths: number[] = [];
  for (let length = 1; length < size; length *= 2) lengths.push(length);
  return [...lengths, size];
}

/** At each place the maximum of this many elements from there on, or of those that are left. */
function maximaFrom(writer: OnnxWriter, line: string, axis: 2 | 3, length: number): string {
  return writer.node("MaxPool", [line], {
    kernel_shape: { ints: axis === 2 ? [length, 1] : [1, length] },
    strides: { ints: [1, 1] },
    pads: { ints: axis === 2 ? [0, 0, length - 1, 0] : [0, 0, 0, length - 1] },
  });
}

function alongAxis(axis: 2 | 3, count: number): readonly number[] {
  return axis === 2 ? [0, 0, count, 0] : [0, 0, 0, count];
}
