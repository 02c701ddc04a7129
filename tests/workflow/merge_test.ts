import assert from "node:assert/strict";
import fc from "fast-check";
import { createCollector } from "../../lib/workflow/collector.ts";
import { parseYaml } from "../../lib/workflow/document.ts";
import { type MapNode, plainValue } from "../../lib/workflow/located.ts";
import { finishLayers, mergeLayers } from "../../lib/workflow/merge.ts";

type Plain = null | string | number | readonly Plain[] | { readonly [key: string]: Plain };

/** JSON is YAML. */
function locatedMap(value: { readonly [key: string]: Plain }): MapNode {
  const node = parseYaml(JSON.stringify(value), () => ({ option: "test" }), createCollector());
  assert.ok(node?.kind === "map");
  return node;
}

function merged(...layers: readonly { readonly [key: string]: Plain }[]): unknown {
  return plainValue(finishLayers(layers.map(locatedMap).reduce(mergeLayers)).root);
}

Deno.test("maps are merged by key, lists and scalars are replaced, null removes", () => {
  const base = { videos: { a: { file: "a.mp4", height: 240 } }, list: [1, 2], title: "base", gone: { x: 1 } };
  const over = { videos: { a: { height: 120 }, b: { file: "b.mp4" } }, list: [3], gone: null };
  assert.deepEqual(merged(base, over), {
    videos: { a: { file: "a.mp4", height: 120 }, b: { file: "b.mp4" } },
    list: [3],
    title: "base",
  });
});

Deno.test("a map in the place of a word is the whole map, and a word in the place of a map is the word", () => {
  assert.deepEqual(merged({ octaves: "paper" }, { octaves: { scale: 2 } }), { octaves: { scale: 2 } });
  assert.deepEqual(merged({ octaves: { scale: 2 } }, { octaves: "paper" }), { octaves: "paper" });
  assert.deepEqual(merged({ a: { x: 1 } }, { a: null }, { a: { y: 2 } }), { a: { y: 2 } });
});

Deno.test("a later layer's origin of a video replaces an earlier layer's, and nothing else of it", () => {
  const generated = { videos: { natural: { generate: { noise: { seed: 1 } }, height: 240, frames: 12 } } };
  assert.deepEqual(merged(generated, { videos: { natural: { file: "mine.mp4" } } }), {
    videos: { natural: { file: "mine.mp4", height: 240, frames: 12 } },
  });
  assert.deepEqual(merged(generated, { videos: { natural: { generate: { noise: { lifetime: 3 } } } } }), {
    videos: { natural: { generate: { noise: { seed: 1, lifetime: 3 } }, height: 240, frames: 12 } },
  });
});

Deno.test("two origins in one layer are both kept, so that the problem can be told", () => {
  assert.deepEqual(merged({ videos: { a: { file: "a" } } }, { videos: { a: { files: "b", from: "c" } } }), {
    videos: { a: { files: "b", from: "c" } },
  });
});

Deno.test("merging tells which names were removed", () => {
  const layers = [{ stages: { a: { kind: "x" }, b: { kind: "x" } } }, { stages: { a: null, b: null } }, {
    stages: { b: { kind: "y" } },
  }];
  const { removed } = finishLayers(layers.map(locatedMap).reduce(mergeLayers));
  assert.deepEqual([...removed.keys()], ["a"]);
});

const { tree } = fc.letrec<{ tree: { readonly [key: string]: Plain }; value: Plain }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Plain>(null, 1, "x", [1], []),
    tie("tree"),
  ),
}));
const video = fc.record({
  height: tree,
  origin: fc.option(fc.constantFrom("file", "files", "generate")),
  value: tree,
})
  .map(({ height, origin, value }) => origin === null ? { height } : { height, [origin]: value });
const layer = fc.record({
  stages: tree,
  videos: fc.dictionary(fc.constantFrom("a", "b"), video, { maxKeys: 2 }),
});

Deno.test("merging is associative for layers in which a video has one origin", () => {
  fc.assert(
    fc.property(layer, layer, layer, (a, b, c) => {
      const [x, y, z] = [locatedMap(a), locatedMap(b), locatedMap(c)];
      const left = mergeLayers(mergeLayers(x, y), z);
      const right = mergeLayers(x, mergeLayers(y, z));
      assert.deepEqual(plainValue(finishLayers(left).root), plainValue(finishLayers(right).root));
    }),
    { numRuns: 500 },
  );
});

Deno.test("an empty layer changes nothing", () => {
  fc.assert(fc.property(layer, (a) => {
    assert.deepEqual(merged(a, {}), merged(a));
    assert.deepEqual(merged({}, a), merged(a));
  }));
});
