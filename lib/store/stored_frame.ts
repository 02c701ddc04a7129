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

/** Thrown for a frame, or another file of a result, that cannot be read as it was recorded: it has to be made again. */
export class DamagedFrame extends RunError {
  /** The folder of the instance. */
  readonly folder: string;
  /** The file. */
  readonly file: string;
  /** What is wrong with it. */
  readonly problem: string;

  /** @param problem what is wrong with the file, as "is missing" */
  constructor(folder: string, file: string, problem: string) {
    super(`${file} ${problem}; run again to make it again`);
    this.folder = folder;
    this.file = file;
    this.problem = problem;
  }
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

/** Reads a frame. Throws DamagedFrame when it is missing or not the one recorded. */
export async function readFrameFile(folder: string, index: number, sha256: string): Promise<StoredArray> {
  const path = join(folder, framePath(index));
  const bytes = await readBytesIfThere(path);
  if (bytes === undefined) throw new DamagedFrame(folder, path, "is missing");
  if (sha256OfBytes(bytes) !== sha256) {
    throw new DamagedFrame(folder, path, "is damaged: its checksum is not the recorded one");
  }
  const { shape, data } = decodeNpy(bytes, path);
  if (data instanceof Float32Array || data instanceof Uint8Array) return { shape, data };
  throw new DamagedFrame(folder, path, "holds neither float32 nor uint8 numbers");
}
