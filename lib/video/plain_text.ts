/**
 * Telling text from media, by the first bytes: ffprobe goes by the name, and misses an index in a text called clip.mp4.
 * @module
 */

const looked = 4096;

/** Media that begin with a line of text: Y4M, PNM. */
const textualHeader = /^(YUV4MPEG2|P[1-7]\s)/;

/** True when a file begins with UTF-8 text without control characters; an empty file is none. */
export async function isText(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(looked);
  const length = await file.read(bytes) ?? 0;
  if (length === 0) return false;
  try {
    // What is cut at the end may be the first part of a character.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), {
      stream: length === looked,
    });
    return !textualHeader.test(text) && !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
