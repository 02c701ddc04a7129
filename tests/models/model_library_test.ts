import assert from "node:assert/strict";
import { join } from "node:path";
import { MissingError, RunError } from "../../lib/errors.ts";
import { createModelLibrary } from "../../lib/models/model_library.ts";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { sharedPath } from "../shared_data.ts";
import { loopback } from "./weights/published_example.ts";

const nowhere = join("/nowhere", "weights");

Deno.test("a model library opens an analytic model without any file, and each model once", async () => {
  const library = createModelLibrary({ weightsFolder: nowhere, offline: true });
  assert.equal(await library.open("steerable"), await library.open("steerable"));
  const digest = await library.digest("steerable");
  assert.deepEqual(digest, { sha256: sha256OfBytes("steerable 1"), official: true });
  assert.deepEqual(await library.digestIfPresent("steerable"), digest);
});

Deno.test("a model library names page, folder and file when weights are missing and it is offline", async () => {
  const library = createModelLibrary({ weightsFolder: nowhere, offline: true });
  assert.equal(await library.digestIfPresent("vgg19"), undefined);
  for (const ask of [() => library.open("vgg19"), () => library.digest("vgg19")]) {
    await assert.rejects(ask, (error) => {
      assert.ok(error instanceof MissingError);
      assert.match(error.message, /weights of vgg19 are not on this machine/);
      assert.match(error.message, /https:\/\/keras\.io/);
      assert.ok(error.message.includes(nowhere));
      assert.match(error.message, /vgg19_weights_tf_dim_ordering_tf_kernels_notop\.h5/);
      return true;
    });
  }
});

Deno.test("a model library fetches missing weights, and uses nothing of a file that is not the published one", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = loopback(() => new Response("<html>blocked</html>"));
    const library = createModelLibrary({ weightsFolder: folder, offline: false, fetch: server.fetch });
    await assert.rejects(library.digest("msoe"), MissingError);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    assert.match(server.requests[0] ?? "", /^https:\/\/raw\.githubusercontent\.com\/antoninogreco\/STST\//);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a model library can be asked again after a failure", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = loopback(() => new Response("busy", { status: 503 }));
    const library = createModelLibrary({ weightsFolder: folder, offline: false, fetch: server.fetch });
    await assert.rejects(library.open("msoe"), MissingError);
    await assert.rejects(library.open("msoe"), MissingError);
    assert.equal(server.requests.length, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a model library opens a file that a person put there only if it is one of that model", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "weights.npz"), "not an archive");
    await Deno.writeTextFile(join(folder, "vgg19_notop.h5"), "not HDF5");
    const library = createModelLibrary({ weightsFolder: folder, offline: true });
    assert.equal((await library.digest("msoe")).official, false);
    await assert.rejects(
      library.open("msoe"),
      (error) => error instanceof RunError && error.message.startsWith("weights.npz: "),
    );
    await assert.rejects(library.open("vgg19"), /vgg19_notop\.h5: not an HDF5 file/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a model library opens the weights that were planned, and no others", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "weights.npz");
    await Deno.writeTextFile(path, "not an archive");
    const planned = { msoe: sha256OfBytes("not an archive") };
    const library = createModelLibrary({ weightsFolder: folder, offline: true, planned });
    await assert.rejects(library.open("msoe"), /^RunError: weights\.npz: /);
    await Deno.writeTextFile(path, "another file");
    await assert.rejects(library.open("msoe"), {
      name: "RunError",
      message: `${path} changed since the run was planned; run again`,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const shared = sharedPath("weights/msoe.npz");
Deno.test({
  name:
    "a model library recognizes the published weights of MSOE, and that development's VGG-19 is another file",
  ignore: shared === undefined,
  fn: async () => {
    const library = createModelLibrary({ weightsFolder: join(shared ?? "", ".."), offline: true });
    const [msoe, vgg19] = [await library.digest("msoe"), await library.digest("vgg19")];
    assert.equal(msoe.official, true);
    assert.equal(msoe.sha256, "99c984d7763650dfd8a5bb3db47c1d7a7872cb2aff13fdfb3f9158516d48b06b");
    assert.equal(vgg19.official, false);
    assert.equal(vgg19.bytes, 80_138_608);
  },
});
