import assert from "node:assert/strict";
import { print } from "../../lib/graph/print.ts";
import { objectiveGraph } from "../../lib/synthesis/objective.ts";
import { layerWeights } from "../../lib/synthesis/recipe.ts";
import type { LayerChoice } from "../../lib/synthesis/settings.ts";
import { tinyModels } from "./tiny_models.ts";

const colors = await tinyModels.open("colors");

/** The objective of a spatial texture in these layers, as text. */
function objectiveOf(choice: LayerChoice): string {
  const layers = layerWeights("spatial_texture", choice, colors.declaration);
  const term = { term: "spatial_texture", model: colors, layers, targets: 1 } as const;
  return print(objectiveGraph({ terms: [term], normalization: "reference" }, { height: 4, width: 5 }));
}

Deno.test("the order in which layers are written does not change what is computed", () => {
  const layers = { color: 1, square: 2, inverse: 3 };
  const turned = { inverse: 3, color: 1, square: 2 };
  assert.equal(objectiveOf(turned), objectiveOf(layers));
  assert.notEqual(objectiveOf({ ...layers, color: 2 }), objectiveOf(layers));
});

Deno.test("layers that are not chosen one by one have the weight 1", () => {
  const { declaration } = colors;
  assert.deepEqual(layerWeights("spatial_texture", "default", declaration), { color: 1, square: 1 });
  assert.deepEqual(layerWeights("spatial_content", "default", declaration), { color: 1 });
  assert.deepEqual(layerWeights("spatial_texture", "all", declaration), { color: 1, square: 1, inverse: 1 });
});

Deno.test("a layer that the model has not got is named with those that it has", () => {
  assert.throws(() => layerWeights("spatial_texture", { conv1_1: 1 }, colors.declaration), {
    name: "RunError",
    message: 'spatial_texture: colors has no layer "conv1_1"; it has color, square, inverse',
  });
});
