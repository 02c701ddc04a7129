import assert from "node:assert/strict";
import { catalog } from "../../lib/models/catalog.ts";

for (const [name, entry] of catalog) {
  const { declaration } = entry;

  Deno.test(`the catalog's ${name} declares default layers that it has, and each layer once`, () => {
    assert.equal(declaration.name, name);
    const layers = new Set(declaration.layers);
    assert.equal(layers.size, declaration.layers.length);
    for (const layer of [...declaration.defaultTextureLayers, ...declaration.defaultContentLayers]) {
      assert.ok(layers.has(layer), layer);
    }
    assert.equal(declaration.frames, declaration.stream === "temporal" ? 2 : 1);
  });

  if ("weights" in entry) {
    Deno.test(`the catalog's ${name} says where its weights are, over https and with a checksum`, () => {
      const { url, page, checksum, fileName } = entry.weights;
      assert.equal(declaration.weights, fileName);
      assert.equal(new URL(url).protocol, "https:");
      assert.equal(new URL(page).protocol, "https:");
      assert.match(checksum.hex, checksum.algorithm === "md5" ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/);
    });
  }
}
