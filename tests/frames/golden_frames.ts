/**
 * Frames of the golden files.
 * @module
 */
import type { Frame } from "../../lib/frames/frame.ts";
import { decodeNpz, npzArray } from "../../lib/formats/npz.ts";

/** The frame arrays of an .npz file by name: float32 as stored, uint8 as float32(v / 255). */
export async function readGoldenFrames(path: string): Promise<(name: string) => Frame> {
  const arrays = decodeNpz(await Deno.readFile(path), path);
  return (name) => {
    const { shape, data } = npzArray(arrays, name, path);
    const [height, width, channels] = shape;
    if (height === undefined || width === undefined || channels !== 3 || data instanceof BigInt64Array) {
      throw new Error(`${path}: ${name} of shape [${shape}] is no frame`);
    }
    const scale = data instanceof Uint8Array ? 255 : 1;
    return { height, width, data: Float32Array.from(data, (value) => value / scale) };
  };
}

/** Mean and largest absolute difference of two frames of one size. */
export function difference(a: Frame, b: Frame): { readonly mean: number; readonly max: number } {
  if (a.height !== b.height || a.width !== b.width) throw new Error("the frames differ in size");
  let sum = 0;
  let max = 0;
  a.data.forEach((value, i) => {
    const gap = Math.abs(value - b.data[i]!);
    sum += gap;
    max = Math.max(max, gap);
  });
  return { mean: sum / a.data.length, max };
}
