/** What a piece of work asks of the disk. */
import { replace } from "../../replaced.ts";

/** Operations on files and folders. */
export interface FileOperations {
  /** On lock files, their claims, and the files that become locks. */
  readonly locks: number;
  readonly others: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

const onPaths = [
  ...["open", "stat", "lstat", "mkdir", "rename", "remove", "link", "symlink", "readLink", "readDir"],
  ...["readFile", "readTextFile", "writeTextFile", "watchFs"],
];
const onFiles = ["read", "write", "writeSync", "stat", "sync", "syncData", "tryLock", "unlock", "truncate"];

/** Counts until disposed. Closing and seeking ask nothing of a disk. */
export function countFileOperations(): FileOperations & Disposable {
  const replaced = new DisposableStack();
  const pathOf = new WeakMap<object, string>();
  const counted = {
    ...{ locks: 0, others: 0, bytesRead: 0, bytesWritten: 0 },
    [Symbol.dispose]: () => replaced.dispose(),
  };
  const count = (paths: readonly unknown[]) => {
    if (paths.some((path) => typeof path === "string" && isOfLock(path))) counted.locks++;
    else counted.others++;
  };
  for (const name of onPaths) {
    replaced.use(replace(Deno, name, (call) => (self, args) => {
      count(args.flat());
      const result = call(self, args);
      if (!(result instanceof Promise)) return result;
      return result.then((value: unknown) => {
        if (value instanceof Deno.FsFile) pathOf.set(value, String(args[0]));
        if (typeof value === "string" || value instanceof Uint8Array) counted.bytesRead += value.length;
        return value;
      });
    }));
  }
  for (const name of onFiles) {
    replaced.use(replace(Deno.FsFile.prototype, name, (call) => (file, args) => {
      count([typeof file === "object" && file !== null ? pathOf.get(file) : undefined]);
      const [bytes] = args;
      if (bytes instanceof Uint8Array && name !== "read") counted.bytesWritten += bytes.length;
      // No machine crashes here, and many nodes would wait for one disk.
      return name.startsWith("sync") ? Promise.resolve() : call(file, args);
    }));
  }
  return counted;
}

function isOfLock(path: string): boolean {
  return /(^|[/.])lock(\.(tmp|turn)-[^/]*)?$/.test(path);
}
