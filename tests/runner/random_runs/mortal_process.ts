/** Work that dies as a process does: from some moment on nothing of it reaches the disk. */
import { type Call, callOf, replace } from "../../replaced.ts";

class Died extends Error {
  override readonly name = "Died";
}

/**
 * Does the work, and has it die at its nth change of the disk, the first being 0: of what it writes then, half gets there.
 * Its locks are free afterwards, as the kernel frees them. Resolves to "died" then, else to what the work resolves to.
 */
export async function dyingAt<T>(change: number, work: () => Promise<T>): Promise<T | "died"> {
  let left = change;
  const changesFolder = (call: Call): Call => (file, args) => left-- > 0 ? call(file, args) : rejected();
  const writes = (call: Call): Call => (file, args) => {
    if (left-- > 0) return call(file, args);
    const [bytes] = args;
    if (left === -1 && bytes instanceof Uint8Array && file instanceof Deno.FsFile) {
      writeSync(file, [bytes.subarray(0, Math.floor(bytes.length / 2))]);
    }
    throw new Died();
  };
  const opens = (call: Call): Call => (file, args) =>
    left >= 0 || Object.keys(Object(args[1])).every((key) => key === "read") ? call(file, args) : rejected();
  const writeSync = callOf(Deno.FsFile.prototype, "writeSync");

  using changed = new DisposableStack();
  for (const name of ["rename", "remove", "mkdir", "symlink", "link"]) {
    changed.use(replace(Deno, name, changesFolder));
  }
  for (const name of ["write", "writeSync", "truncate"]) {
    changed.use(replace(Deno.FsFile.prototype, name, writes));
  }
  changed.use(replace(Deno, "open", opens));
  // The process dies, not the machine: what was written is there.
  changed.use(replace(Deno.FsFile.prototype, "sync", () => () => Promise.resolve()));
  try {
    const result = await work();
    return left < 0 ? "died" : result;
  } catch (error) {
    if (left < 0) return "died";
    throw error;
  }
}

function rejected(): Promise<never> {
  return Promise.reject(new Died());
}
