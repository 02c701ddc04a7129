import assert from "node:assert/strict";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { input } from "../../lib/graph/operations.ts";
import { catalog } from "../../lib/models/catalog.ts";
import { wholeActivations } from "../../lib/models/activations.ts";
import type { StreamModel } from "../../lib/models/stream_model.ts";
import { sharedPath } from "../shared_data.ts";

const files = { vgg19: "weights/vgg19_notop.h5", msoe: "weights/msoe.npz" };

/** Every node with its shape: what decides how long a graph takes. */
function shapeOf(model: StreamModel): readonly unknown[] {
  const { frames, layers } = model.declaration;
  const graph = createGraphBuilder();
  const seen = Array.from({ length: frames }, (_, index) => input(graph, `frame ${index}`, [32, 48, 3]));
  const made = Object.entries(model.layers(seen, layers));
  const outputs = made.map(([name, layer]) => [name, wholeActivations(layer)] as const);
  return graph.finish(Object.fromEntries(outputs)).nodes.map(({ op, shape }) => [op, shape]);
}

for (const [name, file] of Object.entries(files)) {
  const path = sharedPath(file);
  Deno.test({
    name: `the stand-in of ${name} computes what ${name} computes`,
    ignore: path === undefined,
    async fn() {
      const entry = catalog.get(name);
      assert.ok(path !== undefined && entry !== undefined && "weights" in entry);
      const real = await entry.open(await Deno.readFile(path), path);
      assert.deepEqual(shapeOf(await entry.standIn()), shapeOf(real));
    },
  });
}

Deno.test("every model with weights has a stand-in without zeros, which could be faster", async () => {
  const { standInConvolution } = await import("../../lib/models/stand_in_weights.ts");
  for (const [name, entry] of catalog) {
    if ("weights" in entry) assert.equal((await entry.standIn()).declaration.name, name);
  }
  const { kernel: { data } } = standInConvolution([64, 64, 3, 3]);
  assert.ok(data.every((value) => value !== 0 && Math.abs(value) <= Math.sqrt(6 / (64 * 9))));
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  assert.ok(Math.abs(mean) < 0.002, `${mean}`);
});
