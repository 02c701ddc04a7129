/**
 * Arrays that are too large to be held until they are whole: .npy files that grow row by row, each row an entry of the first
 * axis. What lies behind the rows that a checkpoint counts is written again after a kill.
 * @module
 */
import { dirname, join } from "node:path";
import { elementCount, npyHeader } from "../formats/npy.ts";
import { cannotWrite, makeFolder, syncFolder } from "./durable_write.ts";
import { unlessAbsent } from "./presence.ts";
import { arraysFolder } from "./result_files.ts";

/** A file of float32 rows that is being written. */
export interface GrowingArray extends Disposable {
  /** Writes rows behind those that are there. Throws RunError when the disk is full. */
  append(rows: Float32Array): Promise<void>;
  /** Resolves when all rows are on the disk. */
  sync(): Promise<void>;
}

/** Which array, how large it will be, and how many rows of it are there already. */
export interface GrowingArrayRequest {
  /** A file's name, without folders. */
  readonly name: string;
  /** Of the whole array; the first length is the number of rows. */
  readonly shape: readonly number[];
  readonly done: number;
}

/** How many rows of an array are whole; 0 when it is not there. */
export async function wholeRows(
  folder: string,
  { name, shape }: Omit<GrowingArrayRequest, "done">,
): Promise<number> {
  const path = join(folder, arraysFolder, name);
  const { header, rowBytes } = layout(shape);
  const found = await unlessAbsent(path, () => Deno.stat(path));
  return found === undefined ? 0 : Math.max(0, Math.floor((found.size - header.length) / rowBytes));
}

/** Opens an array to write behind the rows that are done; what lies there is written over. */
export async function openGrowingArray(
  folder: string,
  { name, shape, done }: GrowingArrayRequest,
): Promise<GrowingArray> {
  const path = join(folder, arraysFolder, name);
  const { header, rowBytes } = layout(shape);
  await makeFolder(dirname(path));
  const file = await attempt(path, () => Deno.open(path, { read: true, write: true, create: true }));
  await attempt(path, async () => {
    await file.seek(0, Deno.SeekMode.Start);
    await writeAll(file, header);
    await file.truncate(header.length + done * rowBytes);
    await file.seek(0, Deno.SeekMode.End);
    await syncFolder(dirname(path));
  });
  return {
    append: ({ buffer, byteOffset, byteLength }) =>
      attempt(path, () => writeAll(file, new Uint8Array(buffer, byteOffset, byteLength))),
    sync: () => attempt(path, () => file.sync()),
    [Symbol.dispose]: () => file.close(),
  };
}

function layout(shape: readonly number[]): { readonly header: Uint8Array; readonly rowBytes: number } {
  return { header: npyHeader(shape, new Float32Array(0)), rowBytes: 4 * elementCount(shape.slice(1)) };
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}

async function attempt<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
