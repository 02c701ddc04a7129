/**
 * The two kinds of windows that max pooling has ways of its own for.
 * @module
 */
import type { Window } from "../../../graph/ops.ts";

/** Separate windows of 2 x 2, as networks halve their images. */
export function halves({ size, stride, pad }: Window): boolean {
  return [...size, ...stride].every((length) => length === 2) && pad.every((count) => count === 0);
}

/** Windows that move by one. */
export function slides({ size, stride }: Window): boolean {
  return stride.every((step) => step === 1) && size.some((length) => length > 1);
}
