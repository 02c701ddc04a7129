import assert from "node:assert/strict";
import { declareImported, lookAtModel, readImported } from "../../../lib/models/imported/open_model.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import { layerWeights } from "../../../lib/synthesis/recipe.ts";
import { writeTinyModel } from "../../stages/foreign_models/tiny_model.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** What is known of a model whose JSON gives its layers these names. */
async function declared(layers: Readonly<Record<string, string>>) {
  await using folder = await temporaryFolder();
  const found = await lookAtModel(await writeTinyModel(folder.path, { json: { layers } }), sha256OfFile);
  return declareImported("tiny", found, await readImported(found));
}

Deno.test("a tensor that the JSON calls by its own name is one layer", async () => {
  const { layers } = await declared({ opponent: "opponent" });
  assert.deepEqual(layers, ["opponent", "rectified", "pooled", "scores"]);
});

Deno.test("`all` takes each layer once, though the JSON has a further name for it, by which it can be asked for", async () => {
  const model = await declared({ early: "opponent", first: "opponent" });
  assert.deepEqual(model.layers.slice(0, 3), ["early", "first", "opponent"]);
  const all = layerWeights("spatial_texture", "all", model);
  assert.deepEqual(Object.keys(all), ["early", "rectified", "pooled", "scores"]);
  assert.deepEqual(layerWeights("spatial_texture", { opponent: 1 }, model), { opponent: 1 });
});
