import assert from "node:assert/strict";
import { join } from "node:path";
import { kittiStacks } from "../../lib/models/prednet/architecture.ts";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { prednetArrays, prednetFile } from "../models/prednet/prednet_file.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { callProgram } from "./bench.ts";

Deno.test("models lists every model, and says of weights that are not here how large they are and where they are", async () => {
  await using folder = await temporaryFolder();
  const { code, stdout } = await callProgram(["models", "--weights", folder.path]);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /\nvgg19 +spatial +conv1_1 \.\.\. conv5_4 \(16\) +missing +not here: 80 MB, https:\/\/keras\.io/,
  );
  assert.match(stdout, /\nmotion_energy +temporal .* embedded, no file needed\n/);
  assert.match(stdout, /\n {2}npx -y deno@\S+ task models pull all\n$/);
});

Deno.test("models verify ends with 3 for weights that are missing, and with 1 for a file that is no weights", async () => {
  await using folder = await temporaryFolder();
  const verify = () => callProgram(["models", "verify", "msoe", "--weights", folder.path]);
  const missing = await verify();
  assert.equal(missing.code, 3);
  assert.match(missing.stdout, /^msoe: not here: 725 kB, https:/);
  const path = join(folder.path, "msoe.npz");
  await Deno.writeTextFile(path, "<html>");
  const damaged = await verify();
  assert.equal(damaged.code, 1);
  assert.match(damaged.stdout, /^msoe: damaged: [^\n]*; remove \S*msoe\.npz and fetch it again\n$/);
  assert.equal(damaged.stderr, "");

  const pulled = await callProgram(["models", "pull", "msoe", "--weights", folder.path]);
  assert.equal(pulled.code, 1);
  assert.match(pulled.stdout, /nothing was fetched: move that file away/);
  assert.equal(await Deno.readTextFile(path), "<html>");
});

Deno.test("a model that is none is a mistake of the command line", async () => {
  const { code, stderr } = await callProgram(["models", "pull", "vgg18"]);
  assert.equal(code, 2);
  assert.match(stderr, /^models: error: there is no model "vgg18"; there is .*; did you mean "vgg19"\?\n$/);
});

Deno.test("weights that no program can fetch: pull says where they are, verify compares them with the user's checksum", async () => {
  await using folder = await temporaryFolder();
  const models = (verb: string, ...names: readonly string[]) =>
    callProgram(["models", verb, ...names, "--weights", folder.path]);
  const pulled = await models("pull", "prednet_kitti");
  assert.equal(pulled.code, 3);
  assert.match(
    pulled.stderr,
    /no program can fetch the weights of prednet_kitti[^]*page: +https:\/\/github\.com\/coxlab\/prednet\n[^]*under the name prednet_kitti_weights\.hdf5/,
  );
  assert.equal((await models("verify", "prednet_kitti")).code, 3);

  const path = join(folder.path, "prednet_kitti_weights.hdf5");
  const bytes = await prednetFile(prednetArrays(kittiStacks));
  await Deno.writeFile(path, bytes);
  const unknown = await models("verify", "prednet_kitti");
  assert.equal(unknown.code, 0);
  const [, sha256 = ""] = unknown.stdout.match(/keep its sha256 \(([0-9a-f]{64})\) in \S*hdf5\.sha256/) ?? [];
  assert.equal(sha256, sha256OfBytes(bytes));

  await Deno.writeTextFile(`${path}.sha256`, `${sha256}  prednet_kitti_weights.hdf5\n`);
  assert.match((await models("verify", "prednet_kitti")).stdout, /: the file whose checksum is beside it, /);
  await Deno.writeFile(path, await prednetFile(prednetArrays([3, 5])));
  const changed = await models("verify", "prednet_kitti");
  assert.equal(changed.code, 1);
  assert.match(
    changed.stdout,
    /^prednet_kitti: damaged: its sha256 is [0-9a-f]{64}, but \S+ says [0-9a-f]{64}/,
  );
});
