import assert from "node:assert/strict";
import { join } from "node:path";
import { devicesOf, engineOptions, workersOf } from "../../lib/cli/engine_options.ts";
import { requirePrecision } from "../../lib/engines/choices.ts";
import { loadWorkflow } from "../../mod.ts";
import { tinyWorkflow } from "../program/program.ts";
import { temporaryFolder } from "../temporary_folder.ts";

async function loaded(run: string) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "w.yaml");
  await Deno.writeTextFile(file, `${tinyWorkflow}run: ${run}\n`);
  return await loadWorkflow(file, { out: folder.path });
}

Deno.test("devicesOf() refuses devices of engines that have none, and says what makes instances at a time", async () => {
  const workflow = await loaded("{}");
  assert.equal(devicesOf({}, workflow), undefined);
  const names = {
    onnxruntime: "the provider cpu of onnxruntime",
    reference: "the engine reference",
  } as const;
  for (const engine of ["onnxruntime", "reference"] as const) {
    assert.throws(() => devicesOf({ engine, devices: [0, 1] }, workflow), {
      name: "WorkflowError",
      message:
        `--devices 0,1: error: ${names[engine]} computes on this machine's processor, which is no numbered ` +
        "device; leave --devices out (--workers 2 makes so many instances at a time, which share the processor's threads)",
    });
  }
});

Deno.test("devicesOf() refuses numbers that there cannot be", async () => {
  const workflow = await loaded("{}");
  for (const devices of [[], [-1], [0.5], [1, 1]]) {
    assert.throws(
      () => devicesOf({ devices }, workflow),
      /must name devices by their numbers from 0, each once/,
    );
  }
});

Deno.test("workersOf() is one for each device, and refuses another number beside them", async () => {
  const workflow = await loaded("{ workers: 3 }");
  assert.equal(workersOf({}, workflow), 3);
  assert.equal(workersOf({ devices: [0, 1] }, workflow), 2);
  assert.throws(() => workersOf({ devices: [0, 1], workers: 3 }, workflow), {
    message:
      "--workers 3: error: --devices 0,1 makes 2 instances at a time, one on each; leave --workers out",
  });
});

Deno.test("engineOptions() takes a workflow's backend for the workflow's engine alone", async () => {
  const workflow = await loaded("{ engine: tensorflow, backend: wasm }");
  assert.partialDeepStrictEqual(engineOptions({}, workflow), { engine: "tensorflow", backend: "wasm" });
  assert.equal(engineOptions({ backend: "node" }, workflow).backend, "node");
  assert.equal(engineOptions({ engine: "onnxruntime" }, workflow).backend, undefined);
});

Deno.test("a backend of another engine than TensorFlow.js, its devices and its float16 are refused, each with what would do", async () => {
  const workflow = await loaded("{}");
  assert.throws(() => engineOptions({ backend: "node" }, workflow), {
    message:
      "--backend node: error: backends are TensorFlow.js's, and the engine is onnxruntime; leave it out, or choose --engine tensorflow",
  });
  for (const backend of ["auto", "node-gpu", "node", "webgpu", "wasm", "cpu"] as const) {
    const options = { engine: "tensorflow", backend } as const;
    assert.throws(
      () => devicesOf({ ...options, devices: [0, 1] }, workflow),
      /^WorkflowError: --devices 0,1: error: the engine tensorflow computes on the first device that it finds \(for node-gpu: that CUDA_VISIBLE_DEVICES shows it\)/,
    );
    assert.throws(
      () => requirePrecision(options, "float16"),
      /^WorkflowError: precision: error: the engine tensorflow has no float16; float16 needs one of ONNX Runtime's providers/,
    );
  }
});
