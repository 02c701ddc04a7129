import assert from "node:assert/strict";
import type { Facts } from "../../../lib/plan/stage_kind.ts";
import { synthesisKind } from "../../../lib/stages/synthesis/kind.ts";
import { synthesisSchema } from "../../../lib/stages/synthesis/schema.ts";
import type { SynthesisSettings } from "../../../lib/synthesis/settings.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { run, settings } from "./stage.ts";

const colored = { height: 48, width: 64, frames: 12, fps: "25/1" };
const gray = { ...colored, color: "gray" } as const;
const model = {
  layers: ["a"],
  defaultTextureLayers: ["a"],
  defaultContentLayers: ["a"],
  smallestSide: 16,
};

function facts(spatial: Facts["videos"][string], temporal: Facts["videos"][string]): Facts {
  return {
    videos: {
      "targets.spatial_texture.mixture.0.video": spatial,
      "targets.temporal_texture.mixture.0.video": temporal,
      "color_transfer.video": spatial,
    },
    models: {
      "streams.spatial": { ...model, name: "vgg19", stream: "spatial" },
      "streams.temporal": { ...model, name: "msoe", stream: "temporal" },
    },
  };
}

const read = (value: object) =>
  synthesisSchema.parse({ targets: { spatial_texture: "clip", temporal_texture: "other" }, ...value });

Deno.test("a synthesis is gray when all its targets are, or when it is told to be", () => {
  const colorOf = (value: object, of: Facts) => {
    const artifact = synthesisKind.makes(read(value), of);
    return artifact.made === "video" ? artifact.video.color : "no video";
  };
  assert.equal(colorOf({}, facts(gray, gray)), "gray");
  assert.equal(colorOf({}, facts(gray, colored)), undefined);
  assert.equal(colorOf({ color: "rgb" }, facts(gray, gray)), undefined);
  assert.equal(colorOf({ color: "gray" }, facts(colored, colored)), "gray");
});

Deno.test("only gray is in the key, and neither setting nor targets decide it alone", () => {
  const keyed = (value: object, of: Facts) => synthesisKind.keyed(read(value), of);
  const inColors = keyed({}, facts(colored, colored));
  assert.ok(typeof inColors === "object" && inColors !== null && !("color" in inColors));
  assert.deepEqual(keyed({ color: "rgb" }, facts(gray, gray)), inColors);
  assert.deepEqual(keyed({ color: "gray" }, facts(colored, colored)), { ...inColors, color: "gray" });
  assert.deepEqual(keyed({}, facts(gray, gray)), { ...inColors, color: "gray" });
});

Deno.test("what a synthesis makes follows light as its first target does", () => {
  const artifact = synthesisKind.makes(read({}), facts({ ...colored, transfer: "linear" }, colored));
  assert.deepEqual(artifact, { made: "video", video: { ...colored, transfer: "linear" } });
});

Deno.test("the color is written out, and gray is a deviation that says what became of colored targets", () => {
  const written = (of: Facts) => synthesisKind.write(read({}), of);
  assert.partialDeepStrictEqual(written(facts(gray, gray)), { color: "gray" });
  assert.partialDeepStrictEqual(written(facts(gray, colored)), { color: "rgb" });
  const stated = (value: object, of: Facts) =>
    synthesisKind.deviations(read(value), of).filter((sentence) => sentence.includes("gray"));
  assert.deepEqual(stated({}, facts(colored, colored)), []);
  assert.equal(stated({}, facts(gray, gray)).length, 1);
  assert.match(stated({ color: "gray" }, facts(gray, colored))[0] ?? "", /so are the targets/);
});

function assertGray(data: Float32Array | Uint8Array | undefined, where: string) {
  assert.ok(data !== undefined, where);
  for (let at = 0; at < data.length; at += 3) {
    assert.ok(data[at] === data[at + 1] && data[at] === data[at + 2], `${where}: values from ${at} on`);
  }
}

/** Frames of colored noise as targets, start and colors: nothing but the stage makes them gray. */
async function grayRun(change: Partial<SynthesisSettings>) {
  await using folder = await temporaryFolder();
  return await run(folder.path, { settings: { ...settings, ...change }, frames: 2, color: "gray" });
}

Deno.test("gray frames have equal red, green and blue under every optimizer", async () => {
  const optimizers: readonly SynthesisSettings["optimizer"][] = [
    { name: "descent", normalize_gradient: true },
    { name: "descent", normalize_gradient: "per_channel" },
    { name: "descent", normalize_gradient: false },
    { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { name: "lbfgs", history: 5 },
  ];
  for (const optimizer of optimizers) {
    const { frames } = await grayRun({ optimizer });
    frames.forEach((data, index) => assertGray(data, `${JSON.stringify(optimizer)}, frame ${index}`));
    assert.notDeepEqual(frames[0], frames[1]);
  }
});

Deno.test("gray frames have equal red, green and blue under every color transfer and start", async () => {
  for (const variant of ["pdf", "pdf_regrain", "mean_std_lab"] as const) {
    const { frames } = await grayRun({ color_transfer: { video: "clip", variant } });
    frames.forEach((data, index) => assertGray(data, `${variant}, frame ${index}`));
  }
  for (const start_from of ["noise", "target", "gray", "other"]) {
    for (const padding of [0, 1]) {
      const { frames } = await grayRun({
        start_from,
        padding: { frames: padding, order: "mirrored" },
        octaves: settings.octaves.map((step) => ({ ...step, octave: 1 })),
      });
      frames.forEach((data, index) => assertGray(data, `from ${start_from}, frame ${index}`));
    }
  }
});

Deno.test("a gray run that was stopped inside a frame goes on to the same bytes", async () => {
  const whole = await grayRun({});
  await using folder = await temporaryFolder();
  await run(folder.path, { frames: 2, color: "gray", stopAfter: 3 });
  const resumed = await run(folder.path, { frames: 2, color: "gray" });
  assert.deepEqual(resumed.frames, whole.frames);
});
