/**
 * What could be meant by a file that is not there.
 * @module
 */
import { dirname } from "node:path";
import { entriesIfThere } from "../store/presence.ts";
import { isUserError } from "../errors.ts";

/** More names than this are no help, and take long to compare. */
const mostNames = 5000;

/** The names of files in the folder in which a missing file was looked for. */
export async function namesBeside(path: string): Promise<readonly string[]> {
  try {
    const entries = await entriesIfThere(dirname(path));
    return entries.filter(({ name, isDirectory }) => !isDirectory && !name.startsWith("."))
      .map(({ name }) => name).sort().slice(0, mostNames);
  } catch (error) {
    if (isUserError(error)) return [];
    throw error;
  }
}
