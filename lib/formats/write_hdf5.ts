/**
 * HDF5 files of float32 arrays, as h5py and MATLAB's `h5read` read them.
 * @module
 */
import { File, ready } from "h5wasm";
import type { FloatArray } from "./hdf5.ts";

let written = 0;

/** An array with what is to be known of it. */
export interface DescribedArray extends FloatArray {
  readonly attributes: Readonly<Record<string, string>>;
}

/** The bytes of a file with a dataset for each name: the same arrays, the same bytes. The library holds a copy while it writes. */
export async function encodeHdf5(datasets: ReadonlyMap<string, DescribedArray>): Promise<Uint8Array> {
  const { FS } = await ready;
  const path = `/written-${written++}.h5`;
  return atTheBeginningOfTime(() => {
    const file = new File(path, "w");
    try {
      for (const [name, { shape, data, attributes }] of datasets) {
        const dataset = file.create_dataset({ name, data, shape: [...shape], dtype: "<f4" });
        for (const [key, value] of Object.entries(attributes)) dataset.create_attribute(key, value);
      }
      file.close();
      return FS.readFile(path);
    } finally {
      FS.unlink(path);
    }
  });
}

/** The library writes the time into each dataset and can't be told not to; nothing else runs meanwhile. */
function atTheBeginningOfTime<Result>(write: () => Result): Result {
  const { now } = Date;
  Date.now = () => 0;
  try {
    return write();
  } finally {
    Date.now = now;
  }
}
