/** The program with WebGPU, as a user starts it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import { bench } from "../program/bench.ts";
import { type Bench, benchOf, runProgram, tinyWorkflow } from "../program/program.ts";
import { writeTinyModel } from "../stages/foreign_models/tiny_model.ts";

/** With a model of a single convolution: software that plays a GPU needs long to compile the shaders of a large one. */
const brief = tinyWorkflow.replace("iterations: 20", "iterations: 1")
  .replace("stages:", "models: { colors: { file: tiny.onnx } }\nstages:")
  .replace("spatial: steerable", "spatial: colors");

/** The workflow's path. */
async function writeBrief(place: Bench): Promise<string> {
  await writeTinyModel(place.folder, { anySize: true });
  return await place.write("a.yaml", brief);
}

Deno.test("frames begun by the processor go on with WebGPU: a warning says so, and the manifest which came from which", async () => {
  await using place = await benchOf(runProgram);
  const file = await writeBrief(place);
  await place.events(file, "--frames", "1");
  const events = await place.events(file, "--frames", "2", "--provider", "webgpu");
  const changed = events.find((event) => event.type === "engine.changed");
  assert.match(changed?.from ?? "", /^onnxruntime \S+, cpu on /);
  assert.match(changed?.to ?? "", /^onnxruntime \S+, webgpu on the graphics adapter/);
  const manifests = await Array.fromAsync(
    Deno.readDir(join(place.runs, "store")),
    async ({ name }) =>
      name.startsWith("synthesis-")
        ? await readManifest(join(place.runs, "store", name, "manifest.json"))
        : undefined,
  );
  const [manifest] = manifests.filter((manifest) => manifest !== undefined);
  assert.deepEqual(manifest?.sessions.map(({ engine, frames }) => [engine?.provider, frames]), [
    ["cpu", [0, 0]],
    ["webgpu", [1, 1]],
  ]);
  const refused = await runProgram(["run", file, "--out", place.runs, "--frames", "2", "--same-engine"]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /tiny: 1 frame with provider webgpu, now cpu; device /);
});

Deno.test("--provider auto passes over a graphics adapter that is slower than the processor, and says so", async () => {
  await using place = await bench();
  const file = await writeBrief(place);
  const { code, stdout, stderr } = await runProgram([
    ...["run", file, "--out", place.runs, "--frames", "1", "--provider", "auto"],
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /--provider auto is cpu here; cuda: .*; webgpu: slower here than the processor/);
});

Deno.test("the doctor says that WebGPU computes what it should", async () => {
  await using place = await bench();
  const { code, stdout } = await runProgram(["doctor", "--out", place.runs]);
  assert.equal(code, 0, stdout);
  assert.match(
    stdout,
    /ok +provider webgpu +--provider webgpu computes on the graphics adapter .* are right\n/,
  );
});
