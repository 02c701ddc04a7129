/**
 * Paths as they are told.
 * @module
 */
import { relative } from "node:path";

/** The shorter of the paths from the working folder and from the root. */
export function fromHere(path: string): string {
  const here = relative(Deno.cwd(), path);
  return here.length < path.length ? here : path;
}
