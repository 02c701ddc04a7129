/**
 * What becomes of a file's values: kept as bytes, or worked with as numbers.
 * @module
 */
import type { RawFormat } from "./decode.ts";
import type { Transfer } from "../frames/transfer.ts";
import { hasAlpha, isDeep, isLumaChroma } from "./pixel_format.ts";

/** What is known of a file's pixels. */
export interface Pixels {
  /** ffmpeg's name. */
  readonly format: string;
  /** The pixels of a palette, or of one color, may be transparent without the format saying so. */
  readonly transparent: boolean;
}

/** How the values of a file are read. */
export interface Values {
  /** What ffmpeg is asked for. */
  readonly raw: RawFormat;
  /** The number that stands for 1 in it. */
  readonly white: number;
  /** Pixels may be transparent: they are laid over gray. */
  readonly alpha: boolean;
  /** More than 8 bits. */
  readonly deep: boolean;
  /** Bytes where nothing is lost by them. */
  readonly stored: "uint8" | "float32";
}

/** ffmpeg's scaler makes 255 x 256 of the white of luma when it is to make 16 bits of it, and 65535 of that of RGB. */
const whiteOfLuma = 65280;

/** How values of such pixels are read, for frames that follow light in such a way. */
export function valuesOf({ format, transparent }: Pixels, transfer: Transfer): Values {
  const alpha = transparent || hasAlpha(format);
  const [deep, luma] = [isDeep(format), isLumaChroma(format)];
  const wide = deep || luma;
  return {
    raw: alpha ? (wide ? "rgba64le" : "rgba") : wide ? "rgb48le" : "rgb24",
    white: luma ? whiteOfLuma : wide ? 65535 : 255,
    alpha,
    deep,
    stored: deep || transfer !== "srgb" ? "float32" : "uint8",
  };
}
