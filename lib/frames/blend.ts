/**
 * Mixing two frames.
 * @module
 */
import type { Frame } from "./frame.ts";

/** `share` x `frame` + (1 - `share`) x `other`, in float32. Throws Error when the sizes differ. */
export function blend(frame: Frame, other: Frame, share: number): Frame {
  if (frame.height !== other.height || frame.width !== other.width) {
    throw new Error(
      `cannot blend ${frame.height} x ${frame.width} with ${other.height} x ${other.width}`,
    );
  }
  const data = frame.data.map((value, i) => share * value + (1 - share) * other.data[i]!);
  return { height: frame.height, width: frame.width, data };
}
