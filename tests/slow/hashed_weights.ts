/**
 * Weights and frames that are hashes of their index: the same as in fixtures/record_torchvision.py, so that no file has to keep
 * them.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Frame } from "../../lib/frames/frame.ts";
import { frameFromBytes } from "../../lib/frames/bytes.ts";

/** Path of a file that was recorded. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** Copies a network's graph and declaration into a folder, and writes the weights beside them. Returns the path of its JSON. */
export async function unpackNetwork(name: string, folder: string): Promise<string> {
  for (const file of [`${name}.onnx`, `${name}.json`]) {
    await Deno.copyFile(fixturePath(file), join(folder, file));
  }
  const tensors = z.array(z.tuple([z.int(), z.number(), z.number()])).parse(
    JSON.parse(await Deno.readTextFile(fixturePath(`${name}.weights.json`))),
  );
  const weights = new Float32Array(tensors.reduce((sum, [count]) => sum + count, 0));
  let next = 0;
  for (const [count, center, spread] of tensors) {
    for (const end = next + count; next < end; next++) {
      weights[next] = center + spread * (hashed(next) / 2 ** 31 - 1);
    }
  }
  await Deno.writeFile(join(folder, `${name}.weights`), new Uint8Array(weights.buffer));
  return join(folder, `${name}.json`);
}

/** Frames of noise in 8 bits. */
export function hashedFrames(count: number, height: number, width: number): readonly Frame[] {
  const length = height * width * 3;
  return Array.from({ length: count }, (_, frame) => {
    const bytes = Uint8Array.from({ length }, (_, i) => hashed(frame * length + i) >>> 24);
    return frameFromBytes(bytes, height, width);
  });
}

/** The finalizer of MurmurHash3: 32 bits. */
function hashed(index: number): number {
  let h = index >>> 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
