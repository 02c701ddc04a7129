import assert from "node:assert/strict";
import fc from "fast-check";
import { symmetricIndices } from "../../lib/models/symmetric_padding.ts";

Deno.test("symmetricIndices() mirrors at the edges, edge pixels included", () => {
  assert.deepEqual(symmetricIndices(4, 2), [1, 0, 0, 1, 2, 3, 3, 2]);
});

Deno.test("symmetricIndices() goes back and forth where the border is longer than the line, as NumPy does", () => {
  assert.deepEqual(symmetricIndices(3, 4), [2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]);
  assert.deepEqual(symmetricIndices(2, 5), [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
  assert.deepEqual(symmetricIndices(1, 3), [0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("symmetricIndices() reads the same from both ends", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(20), (length, border) => {
    const indices = symmetricIndices(length, border);
    assert.deepEqual(indices.toReversed().map((index) => length - 1 - index), indices);
    assert.deepEqual(indices.slice(border, border + length), Array.from({ length }, (_, i) => i));
  }));
});
