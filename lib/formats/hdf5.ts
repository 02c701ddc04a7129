/**
 * HDF5 files as Keras writes them: float32 datasets by path, and attributes that are lists of strings.
 * @module
 */
import { Dataset, File, Group, ready } from "h5wasm";
import { RunError } from "../errors.ts";

/** An array of any number of axes, row-major. */
export interface FloatArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** An open file; disposing of it frees the library's copy. Paths use slashes and start at the root. */
export interface Hdf5File extends Disposable {
  /** The names inside a group; "/" is the root. Throws a RunError when there is no such group. */
  names(group: string): readonly string[];
  has(path: string): boolean;
  /** Throws a RunError when the dataset is missing, of another type than float32, or damaged. */
  floats(path: string): FloatArray;
  /** An attribute that is a list of strings, or one string as a list of one; undefined when the object does not have it. */
  strings(path: string, attribute: string): readonly string[] | undefined;
}

let opened = 0;

/**
 * Opens an HDF5 file from its bytes, of which the library keeps a copy until the file is disposed of.
 * @param where the file's name, for error messages
 * Throws a RunError when it is not an HDF5 file or cut short.
 */
export async function openHdf5(bytes: Uint8Array, where: string): Promise<Hdf5File> {
  const library = await ready;
  // Without it the library writes its own report of every error to the console.
  library.activate_throwing_error_handler();
  const path = `/opened-${opened++}.h5`;
  library.FS.writeFile(path, bytes);
  const remove = () => library.FS.unlink(path);
  let file: File;
  try {
    file = new File(path, "r");
  } catch (cause) {
    remove();
    throw new RunError(`${where}: not an HDF5 file, or cut short`, { cause });
  }
  return {
    names: (group) => attempt(`${where}: ${group}`, () => groupAt(file, group, where).keys()),
    has: (object) => entityAt(file, object) !== undefined,
    floats: (dataset) => attempt(`${where}: ${dataset}`, () => readFloats(file, dataset, where)),
    strings: (object, attribute) =>
      attempt(`${where}: ${object}`, () => readStrings(file, object, attribute, where)),
    [Symbol.dispose]() {
      file.close();
      remove();
    },
  };
}

/** The library reports a damaged file by errors of many kinds. */
function attempt<Result>(where: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RunError) throw cause;
    throw new RunError(`${where}: damaged, it cannot be read`, { cause });
  }
}

/** The library throws for a path through something that is not there, and gives null for a last part that is not. */
function entityAt(file: File, path: string) {
  try {
    return path === "/" ? file : file.get(path) ?? undefined;
  } catch {
    return undefined;
  }
}

function groupAt(file: File, path: string, where: string): Group {
  const entity = entityAt(file, path);
  if (entity instanceof Group) return entity;
  throw new RunError(`${where}: no group '${path}'`);
}

function readFloats(file: File, path: string, where: string): FloatArray {
  const entity = entityAt(file, path);
  if (!(entity instanceof Dataset)) throw new RunError(`${where}: no dataset '${path}'`);
  const value = entity.value;
  if (!(value instanceof Float32Array) || entity.shape === null) {
    throw new RunError(
      `${where}: dataset '${path}' is of type ${JSON.stringify(entity.dtype)}, expected float32`,
    );
  }
  return { shape: entity.shape, data: value };
}

function readStrings(file: File, path: string, name: string, where: string): readonly string[] | undefined {
  const entity = entityAt(file, path);
  if (!(entity instanceof Group || entity instanceof Dataset)) {
    throw new RunError(`${where}: no object '${path}'`);
  }
  const value = entity.attrs[name]?.value;
  if (value === undefined || value === null) return undefined;
  // Keras writes an empty list as one of numbers.
  if (ArrayBuffer.isView(value) && value.byteLength === 0) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== "string") {
      throw new RunError(`${where}: attribute '${name}' of '${path}' is not text`);
    }
    return item;
  });
}
