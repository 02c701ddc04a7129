/**
 * The four networks of the paper's figure 3 beside torchvision's own numbers: with weights that are hashes, of which
 * fixtures/record_torchvision.py recorded some; and, where METAMER_TORCH names a Python with torch, torchvision and onnx, exported
 * anew by scripts/export_torchvision.py with random weights and compared whole.
 */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { openVisionModel } from "../../lib/analysis/vision_model/vision_model.ts";
import { prepareFrame } from "../../lib/analysis/vision_model/prepared_frame.ts";
import { openEngine } from "../../lib/engines/open.ts";
import { decodeNpz, npzArray } from "../../lib/formats/npz.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { lookAtModel } from "../../lib/models/imported/open_model.ts";
import { sha256OfFile } from "../../lib/store/checksum.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fixturePath, hashedFrames, unpackNetwork } from "./hashed_weights.ts";

/** Of the largest magnitude. */
const tolerance = 1e-3;

const networks: Readonly<Record<string, readonly string[]>> = {
  resnet50: ["maxpool", "layer4.2.relu_2"],
  convnext_tiny: ["features.0", "features.7.2.add"],
  r3d_18: ["layer1.0.conv1.1", "layer4.1.relu"],
  mc3_18: ["layer1.0.conv1.1", "layer4.1.relu"],
};

type Numbers = ArrayLike<number | bigint>;

/** The layers' numbers for one window, as an analysis gets them. */
async function activityIn(path: string, layers: readonly string[], frames: readonly Frame[]) {
  const model = await lookAtModel(path, sha256OfFile);
  await using engine = await openEngine({});
  const bytes = await Deno.readFile(model.onnx);
  const tensors = Object.fromEntries(layers.map((layer) => [layer, layer]));
  await using opened = await openVisionModel(engine, model, bytes, tensors);
  const { input } = model.declaration;
  const [activity] = await opened.run([frames.map((frame) => prepareFrame(frame, input))]);
  assert.ok(activity);
  return activity;
}

/** Compares with every so many of a layer's numbers. */
function assertNear(actual: Numbers, expected: Numbers, every: number, name: string): void {
  assert.equal(Math.ceil(actual.length / every), expected.length, name);
  const largest = Array.from(expected, Number).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assert.ok(largest > 0, name);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(Number(actual[i * every]) - Number(expected[i]));
    assert.ok(difference <= tolerance * largest, `${name}[${i * every}]: off by ${difference} of ${largest}`);
  }
}

for (const [name, layers] of Object.entries(networks)) {
  const [side, count] = name.includes("18") ? [112, 5] : [224, 1];

  Deno.test(`${name} has torchvision's activations, as far as they were recorded`, async () => {
    await using folder = await temporaryFolder();
    const path = await unpackNetwork(name, folder.path);
    const activity = await activityIn(path, layers, hashedFrames(count, side, side));
    const file = `${name}.npz`;
    const recorded = decodeNpz(await Deno.readFile(fixturePath(file)), file);
    for (const layer of layers) {
      const values = activity[layer]?.values ?? [];
      const every = Math.max(1, Math.floor(values.length / 4000));
      assertNear(values, npzArray(recorded, layer, file).data, every, `${name} ${layer}`);
    }
  });
}

const python = Deno.env.get("METAMER_TORCH");

Deno.test({
  name:
    "the four networks, exported from torchvision, have its activations (where METAMER_TORCH is a Python that has it)",
  ignore: python === undefined,
  async fn() {
    await using folder = await temporaryFolder();
    const script = fixturePath("run_torchvision.py");
    const { code, stderr } = await new Deno.Command(python ?? "", { args: [script, folder.path] }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    for (const [name, layers] of Object.entries(networks)) {
      const [side, count] = name.includes("18") ? [112, 5] : [224, 1];
      const path = join(folder.path, `${name}.onnx`);
      const activity = await activityIn(path, layers, hashedFrames(count, side, side));
      const file = join(folder.path, `${name}.npz`);
      const made = decodeNpz(await Deno.readFile(file), basename(file));
      for (const layer of layers) {
        assertNear(activity[layer]?.values ?? [], npzArray(made, layer, file).data, 1, `${name} ${layer}`);
      }
    }
  },
});
