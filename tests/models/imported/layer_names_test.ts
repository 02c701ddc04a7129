import assert from "node:assert/strict";
import { DataType, node, type NodeProto } from "../../../lib/formats/onnx/model.ts";
import { declareImported, lookAtModel, readImported } from "../../../lib/models/imported/open_model.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import { layerWeights } from "../../../lib/synthesis/recipe.ts";
import { writeTinyModel } from "../../stages/foreign_models/tiny_model.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** What is known of a model whose JSON gives its layers these names. */
async function declared(layers: Readonly<Record<string, string>>, nodes: readonly NodeProto[] = []) {
  await using folder = await temporaryFolder();
  const path = await writeTinyModel(folder.path, { json: { layers }, further: { nodes } });
  const found = await lookAtModel(path, sha256OfFile);
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

Deno.test("layers behind a cast to whole numbers are none, and the cast is named", async () => {
  const { layers, unusable } = await declared({ early: "opponent" }, [
    node("Cast", ["opponent"], ["whole"], { to: { int: DataType.INT64 } }),
    node("Cast", ["whole"], ["again"], { to: { int: DataType.FLOAT } }),
    node("Cast", ["opponent"], ["real"], { to: { int: DataType.DOUBLE } }),
  ]);
  assert.ok(layers.includes("real"));
  assert.deepEqual(unusable, { layers: ["whole", "again"], ops: "Cast to int64 (1 node)" });
});
