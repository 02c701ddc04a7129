/**
 * SHA-256 of bytes and of files, in hex.
 * @module
 */
import { createHash } from "node:crypto";

/** The digest of bytes in memory, of the bytes that a view covers. */
export function sha256OfBytes(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The digest of a file, read piece by piece. Throws Deno.errors.NotFound when there is none. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  for (;;) {
    const count = await file.read(buffer);
    if (count === null) return hash.digest("hex");
    hash.update(buffer.subarray(0, count));
  }
}
