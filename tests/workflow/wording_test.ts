import assert from "node:assert/strict";
import fc from "fast-check";
import { editDistance, fileSuggestion, listed, nearest } from "../../lib/workflow/wording.ts";

Deno.test("editDistance() counts insertions, deletions, replacements and swaps", () => {
  assert.equal(editDistance("seed", "seed"), 0);
  assert.equal(editDistance("sede", "seed"), 1);
  assert.equal(editDistance("papr", "paper"), 1);
  assert.equal(editDistance("", "abc"), 3);
  assert.equal(editDistance("wieght", "weight"), 1);
});

Deno.test("editDistance() is a distance: symmetric, and 0 for equal words alone", () => {
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
    assert.equal(editDistance(a, b), editDistance(b, a));
    assert.equal(editDistance(a, b) === 0, a === b);
    assert.ok(editDistance(a, b) <= Math.max(a.length, b.length));
  }));
});

Deno.test("nearest() suggests a near word, and nothing for a far one", () => {
  assert.equal(nearest("conv5_3", ["conv1_1", "conv5_1", "concat"]), "conv5_1");
  assert.equal(nearest("Temporal_Texture", ["spatial_texture", "temporal_texture"]), "temporal_texture");
  assert.equal(nearest("naught", ["clip", "out"]), undefined);
  assert.equal(nearest("x", []), undefined);
});

Deno.test("listed() cuts long lists and says how much is left out", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
  assert.match(listed(Array.from({ length: 40 }, (_, index) => `v${index}`)), /v23 and 16 more$/);
});

Deno.test("fileSuggestion() finds a misspelled name, and the only one that is longer", () => {
  const known = ["carphone_176x144.mp4", "street.mp4", "street.mkv"];
  const meant = (path: string) => fileSuggestion(path, known).match(/"(.*)"/)?.[1];
  assert.equal(meant("clips/carphone.mp4"), "carphone_176x144.mp4");
  assert.equal(meant("clips\\carfone_176x144.mp4"), "carphone_176x144.mp4");
  assert.equal(meant("stret.mkv"), "street.mkv");
  assert.equal(meant("water.mp4"), undefined);
});
