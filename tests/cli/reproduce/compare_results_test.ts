import assert from "node:assert/strict";
import { compareResults, type Result } from "../../../lib/cli/reproduce/compare_results.ts";
import { makeFolder } from "../../../lib/store/durable_write.ts";
import { framePath, instancePaths } from "../../../lib/store/layout.ts";
import { manifestSchema } from "../../../lib/store/manifest.ts";
import { writeFrameFile } from "../../../lib/store/stored_frame.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const engine = {
  name: "onnxruntime",
  version: "1",
  provider: "cpu",
  device: "cpu",
  precision: "float32",
  threads: 2,
};

/** A result of 2 x 1 frames, each of one value, made on a CPU. */
async function result(folder: string, values: readonly number[], cpu = "one"): Promise<Result> {
  const paths = instancePaths(folder, "synthesis-0");
  await makeFolder(paths.frames);
  const outputs = [];
  for (const [index, value] of values.entries()) {
    const data = new Float32Array(6).fill(value);
    outputs.push({
      path: framePath(index),
      ...await writeFrameFile(paths.folder, index, { shape: [2, 1, 3], data }),
    });
  }
  const session = { started: "", ended: "", host: "", os: "", cpu, engine };
  const manifest = manifestSchema.parse({
    ...{
      v: 1,
      key: "synthesis-0",
      kind: "synthesis",
      format: 1,
      stage: { name: "a", instance: "a" },
      settings: {},
    },
    ...{ inputs: [], models: [], outputs, sessions: [session], deviations: [], seconds: 1, iterations: 1 },
    video: { frames: values.length, height: 2, width: 1, fps: "25/1" },
    software: { metamer: "0", deno: "0", v8: "0" },
  });
  return { paths, manifest };
}

Deno.test("frames of the same bytes are identical, whatever made them, and as far as both have them", async () => {
  await using folder = await temporaryFolder();
  const recorded = await result(`${folder.path}/a`, [0.5, 0.25, 0.125]);
  const again = await result(`${folder.path}/b`, [0.5, 0.25], "another");
  const { verdict, compared } = await compareResults(recorded, again);
  assert.deepEqual([verdict, compared], ["identical", 2]);
});

Deno.test("frames that are near are within tolerance on another CPU, and different on the same", async () => {
  await using folder = await temporaryFolder();
  const recorded = await result(`${folder.path}/a`, [0.5, 0.25]);
  const near = 0.25 + 2 ** -10;
  const there = await compareResults(recorded, await result(`${folder.path}/b`, [0.5, near], "another"));
  assert.deepEqual(there, {
    verdict: "within tolerance",
    compared: 2,
    differing: 1,
    first: "frames/000001.npy",
    distance: { largest: 2 ** -10, mean: 2 ** -10 },
    conditions: ["CPU: another here, one then"],
  });
  const here = await compareResults(recorded, await result(`${folder.path}/c`, [0.5, near]));
  assert.deepEqual([here.verdict, here.conditions], ["different", []]);
});

Deno.test("frames that are far off are different on every machine", async () => {
  await using folder = await temporaryFolder();
  const recorded = await result(`${folder.path}/a`, [0.5]);
  const { verdict } = await compareResults(recorded, await result(`${folder.path}/b`, [0.75], "another"));
  assert.equal(verdict, "different");
});

Deno.test("a recorded frame that is damaged is compared by its checksum alone", async () => {
  await using folder = await temporaryFolder();
  const recorded = await result(`${folder.path}/a`, [0.5]);
  await Deno.remove(`${recorded.paths.folder}/${framePath(0)}`);
  const { verdict, distance } = await compareResults(
    recorded,
    await result(`${folder.path}/b`, [0.25], "another"),
  );
  assert.deepEqual([verdict, distance], ["different", undefined]);
});
