/**
 * What a PNG file is, from its chunks (W3C PNG, section 11), without decoding it.
 * @module
 */

/** Size and kind of the pixels. */
export interface PngHeader {
  readonly height: number;
  readonly width: number;
  /** "16-bit gray", "8-bit color with transparency". */
  readonly pixels: string;
  readonly transparent: boolean;
  /** The file breaks off before its last chunk. */
  readonly cutShort: boolean;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const colorTypes: Readonly<Record<number, { readonly words: string; readonly alpha: boolean }>> = {
  0: { words: "gray", alpha: false },
  2: { words: "color", alpha: false },
  3: { words: "palette", alpha: false },
  4: { words: "gray", alpha: true },
  6: { words: "color", alpha: true },
};

/** Undefined for a file that does not begin as a PNG does. Throws Deno.errors.NotFound. */
export async function readPngHeader(path: string): Promise<PngHeader | undefined> {
  using file = await Deno.open(path);
  const start = await bytesAt(file, 0, 33);
  if (start.length < 33 || signature.some((byte, i) => start[i] !== byte)) return undefined;
  const view = new DataView(start.buffer);
  const type = colorTypes[view.getUint8(25)];
  if (type === undefined || chunkType(start, 12) !== "IHDR") return undefined;
  const transparent = type.alpha || await hasTransparency(file);
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    pixels: `${view.getUint8(24)}-bit ${type.words}${transparent ? " with transparency" : ""}`,
    transparent,
    cutShort: !await isWhole(file),
  };
}

/** True when the chunk IEND is there. It stands last, unless a program has added something of its own. */
async function isWhole(file: Deno.FsFile): Promise<boolean> {
  const { size } = await file.stat();
  const last = await bytesAt(file, Math.max(0, size - 12), 12);
  return (last.length === 12 && chunkType(last, 4) === "IEND") ||
    await findChunk(file, ["IEND"]) !== undefined;
}

/** True when a chunk tRNS makes some colors transparent. It stands before the pixels. */
async function hasTransparency(file: Deno.FsFile): Promise<boolean> {
  return await findChunk(file, ["tRNS", "IDAT"]) === "tRNS";
}

/** The first chunk of these types after the header; undefined when the file ends before. */
async function findChunk(file: Deno.FsFile, types: readonly string[]): Promise<string | undefined> {
  for (let at = 33;;) {
    const head = await bytesAt(file, at, 8);
    if (head.length < 8) return undefined;
    const type = chunkType(head, 4);
    if (types.includes(type)) return type;
    at += 12 + new DataView(head.buffer).getUint32(0);
  }
}

async function bytesAt(file: Deno.FsFile, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  await file.seek(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.slice(0, filled);
}

function chunkType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
