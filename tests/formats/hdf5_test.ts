import assert from "node:assert/strict";
import { File, ready } from "h5wasm";
import { RunError } from "../../lib/errors.ts";
import { openHdf5 } from "../../lib/formats/hdf5.ts";
import { sharedPath } from "../shared_data.ts";

/** A file with one layer as Keras would write it, and some things that are not read. */
async function exampleFile(): Promise<Uint8Array> {
  const library = await ready;
  const file = new File("/example.h5", "w");
  file.create_attribute("layer_names", ["conv", "pool"]);
  file.create_attribute("backend", "tensorflow");
  file.create_attribute("epoch", 3);
  const group = file.create_group("conv").create_group("conv");
  group.create_dataset({ name: "kernel:0", data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] });
  group.create_dataset({ name: "steps", data: Int32Array.of(1), shape: [1] });
  file.close();
  const bytes = library.FS.readFile("/example.h5");
  library.FS.unlink("/example.h5");
  return bytes;
}

Deno.test("openHdf5() reads float32 datasets and lists of strings", async () => {
  using file = await openHdf5(await exampleFile(), "weights.h5");
  assert.deepEqual(file.floats("conv/conv/kernel:0"), {
    shape: [2, 3],
    data: Float32Array.of(1, 2, 3, 4, 5, 6),
  });
  assert.deepEqual(file.strings("/", "layer_names"), ["conv", "pool"]);
  assert.deepEqual(file.strings("/", "backend"), ["tensorflow"]);
  assert.equal(file.strings("conv", "weight_names"), undefined);
  assert.deepEqual(file.names("/"), ["conv"]);
  assert.equal(file.has("conv/conv"), true);
  assert.equal(file.has("conv/none/kernel:0"), false);
});

Deno.test("an open HDF5 file says what is missing or of another type", async () => {
  using file = await openHdf5(await exampleFile(), "weights.h5");
  const fails = (read: () => unknown, message: RegExp) =>
    assert.throws(read, (error) => error instanceof RunError && message.test(error.message));
  fails(() => file.floats("conv/kernel:0"), /weights\.h5: no dataset 'conv\/kernel:0'/);
  fails(() => file.floats("conv/conv"), /no dataset 'conv\/conv'/);
  fails(() => file.floats("conv/conv/steps"), /'conv\/conv\/steps' is of type "<i", expected float32/);
  fails(() => file.names("dense"), /no group 'dense'/);
  fails(() => file.strings("/", "epoch"), /attribute 'epoch' of '\/' is not text/);
});

Deno.test("openHdf5() throws a RunError for what is cut short or another file", async () => {
  const bytes = await exampleFile();
  for (const length of [0, 7, 100, bytes.length >> 1, bytes.length - 1]) {
    await assert.rejects(openHdf5(bytes.slice(0, length), "weights.h5"), RunError);
  }
  await assert.rejects(
    openHdf5(new TextEncoder().encode("<html>not found</html>"), "weights.h5"),
    /not an HDF5 file/,
  );
});

Deno.test("two HDF5 files can be open at once", async () => {
  using one = await openHdf5(await exampleFile(), "one.h5");
  {
    using other = await openHdf5(await exampleFile(), "other.h5");
    assert.equal(other.has("conv"), true);
  }
  assert.equal(one.floats("conv/conv/kernel:0").data[5], 6);
});

const checkpoint = sharedPath("golden/prednet_random_checkpoint.hdf5");
Deno.test({
  name: "openHdf5() reads names and kernels that Keras itself wrote",
  ignore: checkpoint === undefined,
  fn: async () => {
    using file = await openHdf5(Deno.readFileSync(checkpoint ?? ""), "prednet.hdf5");
    assert.deepEqual(file.strings("model_weights", "layer_names")?.slice(0, 2), ["input_1", "pred_net_1"]);
    const names = file.strings("model_weights/pred_net_1", "weight_names") ?? [];
    assert.equal(names.length, 46);
    assert.deepEqual(file.floats(`model_weights/pred_net_1/${names[0]}`).shape, [3, 3, 6, 8]);
  },
});
