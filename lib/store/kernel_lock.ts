/**
 * Locks of the kernel, which go with the process that holds them. On a network disk they may reach no further than this
 * machine, or not be there at all.
 * @module
 */

/** taken: nobody on this machine has it, and now we do. none: this disk has no such locks. */
export type KernelLock = "taken" | "busy" | "none";

/** Locks an open file until it is closed. */
export async function lockInKernel(file: Deno.FsFile, exclusive = true): Promise<KernelLock> {
  try {
    return await file.tryLock(exclusive) ? "taken" : "busy";
  } catch (error) {
    if (isRefused(error, ["ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"])) return "none";
    throw error;
  }
}

/** True where the system says by one of these names that it does not do such a thing. */
export function isRefused(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && "code" in error && names.some((name) => name === error.code);
}
