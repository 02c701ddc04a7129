/**
 * A frame as a small picture: enlarged or made smaller by a whole number, so that no pixel is invented.
 * @module
 */
import { encode } from "fast-png";
import type { Size } from "./frame.ts";

/** A frame is not halved to a longer side of less than this: then rather a wide row. */
const leastSide = 112;

/**
 * By how much frames are enlarged; negative numbers make them smaller: -3 shows the mean of 3 x 3 pixels.
 * @param room how long the longer side may be, about
 */
export function thumbnailScale({ height, width }: Size, room: number): number {
  const longer = Math.max(height, width);
  if (longer <= room) return Math.floor(room / longer);
  const parts = Math.ceil(longer / room);
  return parts === 2 && longer < 2 * leastSide ? 1 : -parts;
}

/** Size of the picture. */
export function thumbnailSize({ height, width }: Size, scale: number): Size {
  const side = (pixels: number) => scale > 0 ? pixels * scale : Math.max(1, Math.floor(pixels / -scale));
  return { height: side(height), width: side(width) };
}

/** "4 x", "1/3 x"; empty for the size as it is. */
export function scaleInWords(scale: number): string {
  return scale === 1 ? "" : scale > 0 ? `${scale} x` : `1/${-scale} x`;
}

/** A PNG of 8-bit RGB values, row by row; what is shown larger is left to who shows it, what is shown smaller is made so. */
export function thumbnailPng(bytes: Uint8Array, size: Size, scale: number): Uint8Array {
  if (scale > 0) return encode({ ...size, data: bytes, channels: 3, depth: 8 });
  const data = rescaled(bytes, size, scale);
  return encode({ ...thumbnailSize(size, scale), data, channels: 3, depth: 8 });
}

/** 8-bit RGB values of the picture: pixels repeated, or the mean of as many as fall together. */
export function rescaled(bytes: Uint8Array, size: Size, scale: number): Uint8Array {
  if (scale === 1) return bytes;
  const { height, width } = thumbnailSize(size, scale);
  const data = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 3 + channel] = scale > 0
          ? bytes[(Math.floor(y / scale) * size.width + Math.floor(x / scale)) * 3 + channel] ?? 0
          : meanOfBlock(bytes, size, y, x, channel, -scale);
      }
    }
  }
  return data;
}

function meanOfBlock(
  bytes: Uint8Array,
  { height, width }: Size,
  y: number,
  x: number,
  channel: number,
  step: number,
): number {
  let sum = 0;
  let count = 0;
  for (let row = y * step; row < Math.min((y + 1) * step, height); row++) {
    for (let column = x * step; column < Math.min((x + 1) * step, width); column++) {
      sum += bytes[(row * width + column) * 3 + channel] ?? 0;
      count++;
    }
  }
  return Math.round(sum / count);
}
