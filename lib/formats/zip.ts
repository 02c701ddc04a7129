/**
 * Zip archives in memory, with every entry's length and checksum verified (fflate alone does not look at checksums).
 * @module
 */
import { crc32 } from "node:zlib";
import { inflateSync, zipSync } from "fflate";
import { RunError } from "../errors.ts";

const endRecord = { signature: 0x06054b50, length: 22, longestComment: 0xffff };
const directoryRecord = { signature: 0x02014b50, length: 46 };
const localRecord = { signature: 0x04034b50, length: 30 };

const stored = 0;
const deflated = 8;
/** Deflate cannot shrink data by more than this; an entry that claims more is corrupt. */
const largestRatio = 1032;

interface DirectoryEntry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packedLength: number;
  readonly length: number;
  readonly localStart: number;
}

/**
 * All entries of an archive by name. Archives above 4 GiB, encrypted entries and methods other than stored and deflate are refused.
 * @param where the file's name, for error messages
 * Throws a RunError when the archive is not whole.
 */
export function decodeZip(bytes: Uint8Array, where = "archive"): Record<string, Uint8Array> {
  const entries: Record<string, Uint8Array> = Object.create(null);
  for (const entry of directory(bytes, where)) {
    entries[entry.name] = unpack(bytes, entry, `${where}: ${entry.name}`);
  }
  return entries;
}

/** Writes an archive; the same entries give the same bytes at any time and place. */
export function encodeZip(
  entries: Readonly<Record<string, Uint8Array>>,
  options: { readonly compress: boolean },
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    zipSync({ ...entries }, { level: options.compress ? 6 : 0, mtime: new Date(1980, 0, 1) }),
  );
}

/** A view that says "cut short" instead of throwing a RangeError. */
function viewOf(bytes: Uint8Array, start: number, length: number, where: string): DataView {
  if (start + length > bytes.length) throw new RunError(`${where}: cut short or damaged`);
  return new DataView(bytes.buffer, bytes.byteOffset + start, length);
}

function directory(bytes: Uint8Array, where: string): DirectoryEntry[] {
  const end = endStart(bytes, where);
  const endView = viewOf(bytes, end, endRecord.length, where);
  const count = endView.getUint16(10, true);
  let start = endView.getUint32(16, true);
  const entries: DirectoryEntry[] = [];
  for (let i = 0; i < count; i++) {
    const view = viewOf(bytes, start, directoryRecord.length, where);
    if (view.getUint32(0, true) !== directoryRecord.signature) {
      throw new RunError(`${where}: the archive's directory is damaged`);
    }
    const nameLength = view.getUint16(28, true);
    viewOf(bytes, start + directoryRecord.length, nameLength, where);
    const nameStart = start + directoryRecord.length;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(nameStart, nameStart + nameLength)),
      method: view.getUint16(8, true) & 1 ? NaN : view.getUint16(10, true),
      checksum: view.getUint32(16, true),
      packedLength: view.getUint32(20, true),
      length: view.getUint32(24, true),
      localStart: view.getUint32(42, true),
    });
    start = nameStart + nameLength + view.getUint16(30, true) + view.getUint16(32, true);
  }
  return entries;
}

/** The end record is the last thing in the file but for a comment, so it is searched from the end. */
function endStart(bytes: Uint8Array, where: string): number {
  const last = bytes.length - endRecord.length;
  for (let start = last; start >= Math.max(0, last - endRecord.longestComment); start--) {
    if (viewOf(bytes, start, 4, where).getUint32(0, true) === endRecord.signature) return start;
  }
  throw new RunError(`${where}: not a zip archive, or cut short`);
}

function unpack(bytes: Uint8Array, entry: DirectoryEntry, where: string): Uint8Array {
  const local = viewOf(bytes, entry.localStart, localRecord.length, where);
  if (local.getUint32(0, true) !== localRecord.signature) throw new RunError(`${where}: damaged`);
  const start = entry.localStart + localRecord.length + local.getUint16(26, true) + local.getUint16(28, true);
  viewOf(bytes, start, entry.packedLength, where);
  const packed = bytes.subarray(start, start + entry.packedLength);
  const data = inflate(packed, entry, where);
  if (data.length !== entry.length || crc32(data) !== entry.checksum) {
    throw new RunError(`${where}: damaged (its checksum does not hold)`);
  }
  return data;
}

function inflate(packed: Uint8Array, entry: DirectoryEntry, where: string): Uint8Array {
  if (entry.method === stored) return packed;
  if (entry.method !== deflated) {
    throw new RunError(`${where}: encrypted, or packed by a method that is not read`);
  }
  if (entry.length > packed.length * largestRatio + largestRatio) throw new RunError(`${where}: damaged`);
  try {
    return inflateSync(packed, { out: new Uint8Array(entry.length) });
  } catch (cause) {
    throw new RunError(`${where}: damaged (it cannot be unpacked)`, { cause });
  }
}
