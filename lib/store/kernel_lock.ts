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

/** The numbers of the system's errors, on Linux and on macOS. Deno has names for some of them alone. */
const numbers = {
  EPERM: [1, 1],
  EMLINK: [31, 31],
  ENOLCK: [37, 77],
  ENOSYS: [38, 78],
  ENOTSUP: [95, 45],
  EOPNOTSUPP: [95, 102],
} as const;

/** True where the system says by one of these errors that it does not do such a thing. */
export function isRefused(error: unknown, names: readonly (keyof typeof numbers)[]): boolean {
  const told = error instanceof Error ? /\(os error (\d+)\)/.exec(error.message)?.[1] : undefined;
  const system = Deno.build.os === "darwin" ? 1 : 0;
  return names.some((name) => String(numbers[name][system]) === told);
}
