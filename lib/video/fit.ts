/**
 * From the size of a file to the size that is wanted.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import type { Fit } from "./settings.ts";

/** The wanted size: what is left out follows from the other side, rounded to the nearest even number. */
export function fittedSize(source: Size, height: number | undefined, width: number | undefined): Size {
  const even = (side: number) => Math.max(2 * Math.round(side / 2), 2);
  if (height !== undefined && width !== undefined) return { height, width };
  if (height !== undefined) return { height, width: even((source.width * height) / source.height) };
  if (width !== undefined) return { height: even((source.height * width) / source.width), width };
  return source;
}

/** The size to which a frame is scaled before it is cut (`crop`) or filled up (`pad`) to the wanted one. */
export function scaledSize(source: Size, wanted: Size, fit: Fit): Size {
  if (fit === "stretch") return wanted;
  const factors = [wanted.height / source.height, wanted.width / source.width] as const;
  const factor = fit === "crop" ? Math.max(...factors) : Math.min(...factors);
  const side = (length: number, limit: number) => {
    const scaled = Math.max(Math.round(length * factor), 1);
    return fit === "crop" ? Math.max(scaled, limit) : Math.min(scaled, limit);
  };
  return { height: side(source.height, wanted.height), width: side(source.width, wanted.width) };
}
