import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "../temporary_folder.ts";
import { runProgram } from "./program.ts";

Deno.test("models lists every model, and says of weights that are not here how large they are and where they are", async () => {
  await using folder = await temporaryFolder();
  const { code, stdout } = await runProgram(["models", "--weights", folder.path]);
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
  const verify = () => runProgram(["models", "verify", "msoe", "--weights", folder.path]);
  const missing = await verify();
  assert.equal(missing.code, 3);
  assert.match(missing.stdout, /^msoe: not here: 725 kB, https:/);
  const path = join(folder.path, "msoe.npz");
  await Deno.writeTextFile(path, "<html>");
  const damaged = await verify();
  assert.equal(damaged.code, 1);
  assert.match(damaged.stdout, /^msoe: damaged: [^\n]*; remove \S*msoe\.npz and fetch it again\n$/);
  assert.equal(damaged.stderr, "");

  const pulled = await runProgram(["models", "pull", "msoe", "--weights", folder.path]);
  assert.equal(pulled.code, 1);
  assert.match(pulled.stdout, /nothing was fetched: move that file away/);
  assert.equal(await Deno.readTextFile(path), "<html>");
});

Deno.test("a model that is none is a mistake of the command line", async () => {
  const { code, stderr } = await runProgram(["models", "pull", "vgg18"]);
  assert.equal(code, 2);
  assert.match(stderr, /^models: error: there is no model "vgg18"; there is .*; did you mean "vgg19"\?\n$/);
});
