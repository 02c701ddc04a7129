/** TensorFlow.js, which this project does not bring along: who asks for it is told how to get it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bench } from "./bench.ts";
import { project, runProgram, tinyWorkflow } from "./program.ts";

const installed = existsSync(join(project, "tensorflow/node_modules/@tensorflow/tfjs-node-gpu"));

Deno.test({
  name:
    "--engine tensorflow --backend node-gpu without its package ends with 3 and the line that installs it",
  ignore: installed,
  async fn() {
    await using place = await bench();
    const file = await place.write("a.yaml", tinyWorkflow);
    const { code, stderr } = await runProgram(
      ["run", file, "--out", place.runs, "--engine", "tensorflow", "--backend", "node-gpu"],
    );
    assert.equal(code, 3, stderr);
    const lines = stderr.trimEnd().split("\n").slice(-3);
    assert.match(
      lines[0] ?? "",
      /^error: the engine tensorflow could not be loaded with the backend node-gpu: the package @tensorflow\/tfjs(-node-gpu)? is not installed$/,
    );
    assert.deepEqual(lines.slice(1), [
      "It needs Linux or Windows on x64, an NVIDIA GPU with its driver, CUDA 11.2 and cuDNN 8.1, found by LD_LIBRARY_PATH.",
      `To install it, in ${
        project.replace(/.$/, "")
      }: \`npm install --prefix tensorflow --save-exact @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-node-gpu@4.22.0\``,
    ]);
  },
});

Deno.test("a fresh checkout downloads nothing of TensorFlow: no package of it is locked, imported or asked for", async () => {
  for (const file of ["deno.json", "deno.lock"]) {
    assert.doesNotMatch(await Deno.readTextFile(join(project, file)), /@tensorflow/, file);
  }
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "lib/engines/tensorflow/tensorflow_engine.ts"],
    cwd: project,
  }).output();
  const { modules }: { readonly modules: readonly { readonly specifier: string }[] } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  assert.ok(modules.length > 5);
  assert.deepEqual(modules.filter(({ specifier }) => specifier.startsWith("npm:")), []);
});
