/**
 * Bilinear resizing, the one that octaves use.
 * @module
 */
import type { Frame } from "./frame.ts";

/** For each output position: the two source positions and the weight of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float64Array;
}

function taps(from: number, to: number): Taps {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const position = ((i + 0.5) * from) / to - 0.5;
    const below = Math.floor(position);
    first[i] = Math.min(Math.max(below, 0), from - 1);
    second[i] = Math.min(Math.max(below + 1, 0), from - 1);
    weight[i] = position - below;
  }
  return { first, second, weight };
}

/**
 * The values of an image of `channels` interleaved channels at another size: bilinear, half-pixel centers, no
 * antialias, edges replicated, as `tf.image.resize` does. Computed in float64 and written into `out`.
 */
export function resizePlane<A extends Float32Array | Float64Array>(
  data: A,
  from: { readonly height: number; readonly width: number },
  to: { readonly height: number; readonly width: number },
  channels: number,
  out: A,
): A {
  const rows = taps(from.height, to.height);
  const columns = taps(from.width, to.width);
  const stride = from.width * channels;
  let next = 0;
  for (let y = 0; y < to.height; y++) {
    const top = rows.first[y]! * stride;
    const bottom = rows.second[y]! * stride;
    const down = rows.weight[y]!;
    for (let x = 0; x < to.width; x++) {
      const left = columns.first[x]! * channels;
      const right = columns.second[x]! * channels;
      const across = columns.weight[x]!;
      for (let c = 0; c < channels; c++) {
        const upper = data[top + left + c]! * (1 - across) + data[top + right + c]! * across;
        const lower = data[bottom + left + c]! * (1 - across) + data[bottom + right + c]! * across;
        out[next++] = upper * (1 - down) + lower * down;
      }
    }
  }
  return out;
}

/**
 * The frame at another size: bilinear, half-pixel centers, no antialias, as `tf.image.resize` does.
 * A frame that already has the size is returned as it is.
 */
export function resizeBilinear(frame: Frame, height: number, width: number): Frame {
  if (!(Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0)) {
    throw new Error(`a frame cannot be resized to ${height} x ${width}`);
  }
  if (frame.height === height && frame.width === width) return frame;
  const data = resizePlane(frame.data, frame, { height, width }, 3, new Float32Array(height * width * 3));
  return { height, width, data };
}
