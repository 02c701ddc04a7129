/**
 * The arrays of activations: one for each video and layer, a row for each window, in files that grow.
 * @module
 */
import { isUserError, RunError } from "../../errors.ts";
import { decodeNpy, elementCount } from "../../formats/npy.ts";
import type { DescribedArray } from "../../formats/write_hdf5.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { unlessAbsent } from "../../store/presence.ts";

/** An array that will be made. */
export interface PlannedArray {
  readonly video: string;
  readonly layer: string;
  readonly tensor: string;
  /** The first length is the number of windows, the others are those of the layer. */
  readonly shape: readonly number[];
  /** The frame at which the first window ends. */
  readonly firstFrame: number;
}

/** The list of the arrays. */
export const listName = "activations.tsv";

/** The file that holds all of them, where that is asked for. */
export const hdf5Name = "activations.h5";

/** The most that one HDF5 file takes, in bytes: it is made in memory. */
const mostHdf5Bytes = 2 ** 30;

/** `natural.maxpool`, a name that every file system takes. */
export function arrayName({ video, layer }: Pick<PlannedArray, "video" | "layer">): string {
  const name = `${video.replace("[", "-").replace("]", "")}.${layer}`;
  return name.replace(/[^A-Za-z0-9_=,.+-]/g, (character) => `%${character.codePointAt(0)?.toString(16)}`);
}

/** The tab-separated list of the arrays. */
export function listText(arrays: readonly PlannedArray[], format: "npy" | "hdf5"): string {
  const lines = arrays.map((array) => {
    const { video, layer, tensor, shape, firstFrame } = array;
    const place = format === "npy" ? `${arrayName(array)}.npy` : `${hdf5Name}:/${arrayName(array)}`;
    return [place, video, layer, tensor, shape.join(" x "), firstFrame].join("\t");
  });
  return ["array\tvideo\tlayer\ttensor\tshape\tfirst_frame", ...lines, ""].join("\n");
}

/** Throws a RunError when arrays are more than one HDF5 file takes. */
export function requireFittingHdf5(arrays: readonly PlannedArray[]): void {
  const bytes = arrays.reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);
  if (bytes <= mostHdf5Bytes) return;
  throw new RunError(
    `the arrays have ${
      (bytes / 2 ** 30).toFixed(1)
    } GiB, and an HDF5 file is made of 1 GiB at most; write format: npy, or take fewer layers or frames`,
  );
}

/** Puts the finished arrays into one HDF5 file. Their own files stay: a kill may come before it is on the disk. */
export async function gatherHdf5(
  arrays: readonly PlannedArray[],
  store: StageContext["store"],
): Promise<void> {
  const datasets = new Map<string, DescribedArray>();
  for (const array of arrays) {
    const file = `${arrayName(array)}.npy`;
    const { shape, data } = decodeNpy(await store.readArray(file), file);
    if (!(data instanceof Float32Array)) throw new RunError(`${file} holds no float32 numbers`);
    const { video, layer, tensor } = array;
    datasets.set(arrayName(array), { shape, data, attributes: { video, layer, tensor } });
  }
  const { encodeHdf5 } = await import("../../formats/write_hdf5.ts");
  await store.writeArray(hdf5Name, await encodeHdf5(datasets));
}

/** True when there is an HDF5 file that has all of the arrays, whole. */
export async function holdsAll(
  arrays: readonly PlannedArray[],
  store: StageContext["store"],
): Promise<boolean> {
  const bytes = await unlessAbsent(hdf5Name, () => store.readArray(hdf5Name));
  if (bytes === undefined) return false;
  const { openHdf5 } = await import("../../formats/hdf5.ts");
  try {
    using file = await openHdf5(bytes, hdf5Name);
    const names = new Set(file.names("/"));
    return arrays.every((array) => {
      const name = arrayName(array);
      return names.has(name) && file.floats(name).shape.join() === array.shape.join();
    });
  } catch (error) {
    if (isUserError(error)) return false;
    throw error;
  }
}

/** Removes the arrays' own files, when the HDF5 file is on the disk. */
export async function removeOwnFiles(
  arrays: readonly PlannedArray[],
  store: StageContext["store"],
): Promise<void> {
  for (const array of arrays) await store.removeArray(`${arrayName(array)}.npy`);
}
