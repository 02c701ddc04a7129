/**
 * Folders that the user chose, looked at before anything is made in them.
 * @module
 */
import { dirname } from "node:path";
import { WorkflowError } from "../errors.ts";
import { isSystemError, systemReason } from "../store/presence.ts";

/** How another folder for results is chosen. */
export const otherRuns = "choose another one with --out or METAMER_RUNS";

/**
 * Throws WorkflowError when a folder cannot be looked into or made: a file is in the way, or Deno keeps programs out of it.
 * @param remedy how the user chooses another one
 */
export async function requireUsable(folder: string, remedy: string): Promise<void> {
  for (let above = folder;; above = dirname(above)) {
    try {
      if ((await Deno.stat(above)).isDirectory) return;
      throw new WorkflowError(`${folder} can't be a folder: ${above} is a file; ${remedy}`);
    } catch (error) {
      const { NotFound, NotADirectory } = Deno.errors;
      const isAbsent = error instanceof NotFound || error instanceof NotADirectory;
      if (!isAbsent || above === dirname(above)) throw unusable(folder, remedy, error);
    }
  }
}

/** Makes a folder and writes into it. Throws WorkflowError when that is refused. */
export async function requireWritable(folder: string, remedy: string): Promise<void> {
  await requireUsable(folder, remedy);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.remove(
      await Deno.makeTempFile({ dir: folder, prefix: "writable", suffix: `.tmp-${Deno.pid}` }),
    );
  } catch (error) {
    throw unusable(folder, remedy, error);
  }
}

function unusable(folder: string, remedy: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const reason = error instanceof Deno.errors.NotCapable
    ? "Deno keeps programs out of the system's folders"
    : systemReason(error);
  return new WorkflowError(`${folder} can't be used: ${reason}; ${remedy}`, { cause: error });
}
