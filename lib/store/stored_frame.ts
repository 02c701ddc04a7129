/**
 * One frame's file: written with its digest, read only when the digest holds.
 * @module
 */
import { join } from "node:path";
import { RunError } from "../errors.ts";
import { decodeNpy, encodeNpy } from "../formats/npy.ts";
import { sha256OfBytes } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { framePath } from "./layout.ts";
import { readBytesIfThere } from "./presence.ts";
import type { StoredArray } from "./stage_store.ts";

/** A file whose bytes are not those that were recorded. */
export interface Damage {
  /** Inside the instance's folder, with `/`. */
  readonly path: string;
  readonly expected: string;
  /** A digest, or "no file". */
  readonly found: string;
}

/** Writes a frame durably; `folder` is the instance's. */
export async function writeFrameFile(
  folder: string,
  index: number,
  frame: StoredArray,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const bytes = encodeNpy(frame);
  await durableWrite(join(folder, framePath(index)), bytes);
  return { sha256: sha256OfBytes(bytes), bytes: bytes.length };
}

/** Reads a frame. Throws RunError when it is missing or not the one recorded. */
export async function readFrameFile(folder: string, index: number, sha256: string): Promise<StoredArray> {
  const path = join(folder, framePath(index));
  const bytes = await readBytesIfThere(path);
  if (bytes === undefined) throw new RunError(`${path} is missing; run again to compute it again`);
  if (sha256OfBytes(bytes) !== sha256) {
    throw new RunError(
      `${path} is damaged: its checksum is not the recorded one; run again to compute it again`,
    );
  }
  const { shape, data } = decodeNpy(bytes, path);
  if (data instanceof Float32Array || data instanceof Uint8Array) return { shape, data };
  throw new RunError(`${path} holds neither float32 nor uint8 numbers; run again to compute it again`);
}
