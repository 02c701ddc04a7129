/**
 * NumPy's .npz files: named arrays as .npy entries of a zip archive.
 * @module
 */
import { decodeNpy, encodeNpy, type NpyArray } from "./npy.ts";
import { decodeZip, encodeZip } from "./zip.ts";
import { RunError } from "../errors.ts";

/** Arrays by name. */
export type NpzArrays = Readonly<Record<string, NpyArray>>;

const extension = ".npy";

/**
 * Reads all arrays of an .npz file.
 * @param where the file's name, for error messages
 * Throws a RunError when the archive or one of its arrays is damaged or of a kind that is not read.
 */
export function decodeNpz(bytes: Uint8Array, where = "archive"): NpzArrays {
  const arrays: Record<string, NpyArray> = Object.create(null);
  for (const [name, entry] of Object.entries(decodeZip(bytes, where))) {
    if (!name.endsWith(extension)) continue;
    arrays[name.slice(0, -extension.length)] = decodeNpy(entry, `${where}: ${name}`);
  }
  return arrays;
}

/** Writes an .npz file; the same arrays give the same bytes. */
export function encodeNpz(
  arrays: NpzArrays,
  options: { readonly compress: boolean },
): Uint8Array<ArrayBuffer> {
  const entries: Record<string, Uint8Array> = {};
  for (const [name, array] of Object.entries(arrays)) entries[name + extension] = encodeNpy(array);
  return encodeZip(entries, options);
}

/** The array of that name. Throws a RunError that lists the names there are. */
export function npzArray(arrays: NpzArrays, name: string, where: string): NpyArray {
  const array = arrays[name];
  if (array === undefined) {
    throw new RunError(`${where}: no array '${name}'; there are ${Object.keys(arrays).join(", ")}`);
  }
  return array;
}
