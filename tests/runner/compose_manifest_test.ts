import assert from "node:assert/strict";
import { composeManifest } from "../../lib/runner/compose_manifest.ts";
import type { FinishedFrame } from "../../lib/store/frame_records.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fakeInput, planFake } from "./fake_run.ts";

const provenance = { version: "1", ffmpeg: "6.1", repository: { commit: "0123", dirty: null } };

function record(frame: number, conv1: number): FinishedFrame {
  const residuals = { spatial_texture: { conv1_1: conv1, conv2_1: 2 } };
  return { frame, sha256: "00", bytes: 1, seconds: 2, iterations: 10, residuals };
}

Deno.test("residuals are told as mean and standard deviation over the frames", async () => {
  await using folder = await temporaryFolder();
  const instance = await planFake(folder.path, { name: "a", frames: 3 });
  const records = [record(0, 1), record(1, 2), record(2, 6)];
  const { residuals, seconds, iterations, software, git } = composeManifest(
    instance,
    records,
    [],
    provenance,
  );
  assert.deepEqual(residuals, {
    spatial_texture: { conv1_1: { mean: 3, sd: Math.sqrt(7) }, conv2_1: { mean: 2, sd: 0 } },
  });
  assert.deepEqual([seconds, iterations, software.ffmpeg, git], [6, 30, "6.1", provenance.repository]);
  const [first] = records;
  assert(first !== undefined);
  const one = composeManifest(instance, [first], [], provenance);
  assert.deepEqual(one.residuals?.spatial_texture?.conv1_1, { mean: 1, sd: 0 });
});

Deno.test("what was warned of is told, each text once", async () => {
  await using folder = await temporaryFolder();
  const instance = await planFake(folder.path, { name: "a", frames: 1 });
  const given = { v: 1, at: "2026-11-24T12:00:00.000Z", type: "warning", code: "flat_regions" } as const;
  const events = [
    { ...given, run: "1", text: "it is flat", where: "frame 0" },
    { ...given, run: "2", text: "it is flat", where: "frame 3" },
    { ...given, run: "2", text: "it is slow" },
  ];
  assert.deepEqual(composeManifest(instance, [record(0, 1)], events, provenance).warnings, [
    { code: "flat_regions", text: "it is flat", where: "frame 0" },
    { code: "flat_regions", text: "it is slow" },
  ]);
});

Deno.test("frames without residuals leave them out", async () => {
  await using folder = await temporaryFolder();
  const instance = await planFake(folder.path, { name: "a", frames: 1 });
  const { residuals: _, ...plain } = record(0, 1);
  const without = { version: "1", ffmpeg: undefined, repository: undefined };
  const manifest = composeManifest(instance, [plain], [], without);
  assert.deepEqual([manifest.residuals, manifest.git, manifest.software.ffmpeg], [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("what an input's own manifest says of how it was changed stands beside that input", async () => {
  await using folder = await temporaryFolder();
  const [plain, stretched] = [fakeInput("plain", 1), fakeInput("stretched", 1)];
  const deviations = ["frames stretched from 10 x 10 to 10 x 20 (height x width), which changes their shape"];
  const instance = await planFake(folder.path, {
    name: "a",
    frames: 1,
    inputs: [plain, { ...stretched, deviations }],
  });
  const { inputs } = composeManifest(instance, [record(0, 1)], [], provenance);
  assert.deepEqual(inputs.map((input) => input.deviations), [undefined, deviations]);
});
