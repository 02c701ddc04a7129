/**
 * Golden numbers, weights and clips that lie outside the project: `METAMER_SHARED`, else `../shared`.
 * @module
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = Deno.env.get("METAMER_SHARED") ?? fileURLToPath(new URL("../../shared", import.meta.url));

/** The path of a shared file such as `golden/resize.npz`, or undefined when it is not on this machine. */
export function sharedPath(relative: string): string | undefined {
  const path = `${folder}/${relative}`;
  return existsSync(path) ? path : undefined;
}
