import assert from "node:assert/strict";
import { rdmKind } from "../../../lib/stages/rdm/kind.ts";
import { similarityKind } from "../../../lib/stages/similarity/kind.ts";
import type { StageKind } from "../../../lib/plan/stage_kind.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { noiseClip, planStage } from "./stage.ts";
import { size, type Variation, writeTinyModel } from "./tiny_model.ts";

/** The sentences behind the first. */
async function details<Settings>(
  kind: StageKind<Settings>,
  videos: Readonly<Record<string, FrameSource>>,
  variation?: Variation,
): Promise<string> {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path, variation);
  const { settings, facts } = await planStage(kind, folder.path, { settings: { layers: "early" }, videos });
  return kind.methods?.(settings, facts).details.join(" ") ?? "";
}

const [one, two] = [noiseClip(9, 1), noiseClip(9, 2)];

Deno.test("the methods of a matrix tell of a comparison of videos where there are two", async () => {
  assert.match(await details(rdmKind, { one, two }), /the geometries of two videos were compared/);
  assert.doesNotMatch(await details(rdmKind, { one }), /compared/);
});

Deno.test("the methods tell that longer videos were used as far as the shortest, and only then", async () => {
  const cut = /Of each video the first 9 frames were used, as many as the shortest has\./;
  assert.match(await details(rdmKind, { one, longer: noiseClip(12, 2) }), cut);
  assert.match(await details(similarityKind, { one, longer: noiseClip(12, 2) }), cut);
  assert.doesNotMatch(await details(similarityKind, { one, two }), /shortest/);
});

Deno.test("the methods tell how far apart the frames of a model's window are", async () => {
  const input = { name: "frames", layout: "NCTHW", size: [size.height, size.width], frames: 3 };
  const said = (stride: number) =>
    details(similarityKind, { one, two }, { frames: 3, json: { input: { ...input, stride } } });
  assert.match(await said(2), /windows of 3 frames, every 2 frames one, as delivered in 8 bits/);
  assert.match(await said(1), /windows of 3 frames as delivered in 8 bits/);
});
