import assert from "node:assert/strict";
import { join } from "node:path";
import { bench, callProgram } from "./bench.ts";
import { runProgram, tinyWorkflow } from "./program.ts";

Deno.test("a wrong option is refused with exit code 2 and a suggestion", async () => {
  const { code, stderr } = await runProgram(["run", "a.yaml", "--fraems", "3"]);
  assert.equal(code, 2);
  assert.match(stderr, /unknown option '--fraems'\n\(Did you mean --frames\?\)/);
  assert.equal((await callProgram(["run", "a.yaml", "--frames", "few"])).code, 2);
  const devices = await callProgram(["run", "a.yaml", "--devices", "gpu"]);
  assert.equal(devices.code, 2);
  assert.match(devices.stderr, /'gpu' is invalid.* It must be numbers of devices, as 0,1\./);
  assert.equal((await callProgram(["render", "a.yaml"])).code, 2);
  assert.equal((await callProgram(["run"])).code, 2);
});

Deno.test("a provider that is not here ends with 3 and the line that mends it, before anything is made", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const elsewhere = Deno.build.os === "windows" ? "coreml" : "directml";
  const refused = await runProgram(["run", file, "--out", place.runs, "--provider", elsewhere]);
  assert.equal(refused.code, 3, refused.stderr);
  assert.match(
    refused.stderr,
    new RegExp(
      `^error: the provider ${elsewhere} is not in ONNX Runtime for \\w+ \\w+: it is built for .*; here there are cpu`,
    ),
  );
  assert.doesNotMatch(refused.stderr, /^ +at /m);
  await assert.rejects(Deno.stat(join(place.runs, "store")), Deno.errors.NotFound);
});

Deno.test({
  name: "--provider cuda without its library ends with 3 and says how Deno runs the script that fetches it",
  ignore: Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
  async fn() {
    await using place = await bench();
    const file = await place.write("a.yaml", tinyWorkflow);
    for (const provider of ["cuda", "tensorrt"]) {
      const { code, stderr } = await runProgram(["run", file, "--out", place.runs, "--provider", provider]);
      assert.equal(code, 3, stderr);
      assert.match(
        stderr,
        new RegExp(`^error: the provider ${provider} is not on this machine: its library lib\\S+\\.so`),
      );
      assert.match(stderr, /\n {2}npx -y deno@\S+ install --allow-scripts=npm:onnxruntime-node\n/);
      assert.doesNotMatch(stderr, /^ +at /m);
    }
  },
});

Deno.test("choices of an engine that do not go together are refused with what would be right", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const refusals: readonly (readonly [options: readonly string[], says: RegExp])[] = [
    [
      ["--engine", "reference", "--provider", "webgpu"],
      /^--provider webgpu: error: .* leave it out, or choose --engine onnxruntime/,
    ],
    [["--device", "1"], /^--device 1: error: the provider cpu .* is no numbered device; leave --device out/],
    [
      ["--provider", "webgpu", "--devices", "0,1"],
      /^--devices 0,1: error: the provider webgpu .* leave --devices out/,
    ],
    [
      ["--provider", "cuda", "--exact"],
      /^--exact: error: the provider cuda .* choose --provider cpu or webgpu/,
    ],
    [
      ["--set", "stages.tiny.precision=float16"],
      /^stages\.tiny\.precision: error: the provider cpu .* float16 needs one of .*: --provider webgpu/,
    ],
  ];
  for (const [options, says] of refusals) {
    const { code, stderr } = await callProgram(["run", file, "--out", place.runs, ...options]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, says);
  }
});

Deno.test("auto computes as it is asked to, or says of each provider why it does not, and makes nothing otherwise", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 1"));
  const auto = async (...more: readonly string[]) =>
    await runProgram(["run", file, "--out", place.runs, "--frames", "1", "--provider", "auto", ...more]);
  const float16 = await auto("--set", "stages.tiny.precision=float16");
  // Where there is a GPU with it, it computes.
  if (float16.code !== 0) {
    assert.equal(float16.code, 3, float16.stderr);
    assert.match(float16.stderr, /^error: float16 is not to be had here: .*\n {2}cuda: .*\n {2}webgpu: /);
  }
  const numbered = await auto("--devices", "0");
  if (numbered.code !== 0) {
    assert.equal(numbered.code, 2, numbered.stderr);
    assert.match(numbered.stderr, /^--device 0: error: the provider (cpu|webgpu) of onnxruntime /);
  }
});

Deno.test("--help is no error", async () => {
  const { code, stdout } = await callProgram(["run", "--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /Usage: npx -y deno@[\d.]+ task run \[options\] <file>/);
});

Deno.test("all problems of a workflow are told with their places, without a stack, and nothing is written", async () => {
  await using place = await bench();
  const file = await place.write(
    "a.yaml",
    tinyWorkflow.replace("padding: 1", "padding: -1").replace("rate: 0.01", "rate: -1"),
  );
  for (const verb of ["run", "plan", "validate"]) {
    const { code, stdout, stderr } = await callProgram([verb, file, "--out", place.runs]);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /a\.yaml:9:68: error: .*learning_rate/);
    assert.match(stderr, /a\.yaml:10:14: error: .*padding/);
    assert.doesNotMatch(stderr, /^ +at /m);
  }
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);
});

Deno.test("a file that is not there, and a stage that is not there, exit with 2", async () => {
  await using place = await bench();
  const missing = await callProgram(["run", join(place.folder, "a.yaml")]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /a\.yaml/);
  const file = await place.write("a.yaml", tinyWorkflow);
  const stage = await callProgram(["plan", file, "--only", "tinny"]);
  assert.equal(stage.code, 2);
  assert.match(stage.stderr, /has no stage "tinny"; it has clip, tiny/);
});

Deno.test("weights that may not be fetched exit with 3 and say which file belongs where", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("steerable", "vgg19"));
  const { code, stderr } = await callProgram([
    "run",
    file,
    "--out",
    place.runs,
    "--offline",
    "--weights",
    place.folder,
  ]);
  assert.equal(code, 3);
  assert.match(stderr, /https:\/\/.*vgg19/);
  assert(stderr.includes(place.folder));
  const planned = await callProgram(["plan", file, "--out", place.runs, "--weights", place.folder]);
  assert.equal(planned.code, 0);
  assert.match(planned.stdout, /the weights of vgg19 \(80 MB\) are not here yet/);
});

Deno.test("a name that is no folder's is refused with exit code 2, and nothing is written", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  for (const name of ["../escaped", "", "store"]) {
    const { code, stderr } = await callProgram(["run", file, "--out", place.runs, "--name", name]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^the results cannot have the name ".*--name\n$/);
  }
  const { code } = await callProgram(["plan", await place.write(".yaml", tinyWorkflow), "--out", place.runs]);
  assert.equal(code, 2);
  assert.deepEqual(Array.from(Deno.readDirSync(place.folder), ({ name }) => name).sort(), [
    ".yaml",
    "a.yaml",
  ]);
});

Deno.test("a second workflow of the same name is refused", async () => {
  await using place = await bench();
  await place.events(await place.write("a.yaml", tinyWorkflow), "--only", "clip");
  const other = await place.write("elsewhere/a.yaml", tinyWorkflow);
  const { code, stderr } = await callProgram(["run", other, "--out", place.runs, "--only", "clip"]);
  assert.equal(code, 2);
  assert.match(stderr, /another workflow of the same name; give this one a name with --name/);
  await place.events(other, "--only", "clip", "--name", "b");
});
