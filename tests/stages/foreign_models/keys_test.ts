import assert from "node:assert/strict";
import canonicalize from "canonicalize";
import { activationsKind } from "../../../lib/stages/activations/kind.ts";
import { rdmKind } from "../../../lib/stages/rdm/kind.ts";
import { similarityKind } from "../../../lib/stages/similarity/kind.ts";
import type { StageKind } from "../../../lib/plan/stage_kind.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { noiseClip, planStage } from "./stage.ts";
import { writeTinyModel } from "./tiny_model.ts";

const videos = { one: noiseClip(9, 1), two: noiseClip(9, 2) };

/** What decides a stage's key, as keys write it. */
async function keyed<Settings>(kind: StageKind<Settings>, layers: readonly string[]): Promise<string> {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const { settings, facts } = await planStage(kind, folder.path, { settings: { layers }, videos });
  return canonicalize(kind.keyed(settings, facts)) ?? "";
}

async function keysDiffer<Settings>(kind: StageKind<Settings>): Promise<boolean> {
  const key = await keyed(kind, ["early", "late"]);
  assert.equal(await keyed(kind, ["early", "late"]), key);
  return await keyed(kind, ["late", "early"]) !== key;
}

Deno.test("the order of the layers, in which rows stand, is in the key", async () => {
  assert.ok(await keysDiffer(similarityKind));
  assert.ok(await keysDiffer(rdmKind));
  assert.ok(await keysDiffer(activationsKind));
});
