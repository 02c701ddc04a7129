import assert from "node:assert/strict";
import { balanceTerms } from "../../lib/synthesis/balance.ts";

Deno.test("`initial` brings every term to 10,000, `target` to 1, `none` leaves it", () => {
  const values = { spatial_texture: 2e7, temporal_texture: 4e-9, total_variation: 0.5 };
  const initial = balanceTerms("initial", values).multipliers;
  assert.equal(initial.spatial_texture, 1e4 / 2e7);
  assert.equal(initial.temporal_texture, 1e4 / 4e-9);
  assert.equal(initial.total_variation, 2e4);
  assert.equal(balanceTerms("target", values).multipliers.total_variation, 2);
  assert.deepEqual(balanceTerms("none", values), {
    multipliers: { spatial_texture: 1, temporal_texture: 1, total_variation: 1 },
    leftOut: [],
  });
});

Deno.test("a term that is 0 or not finite is left out", () => {
  const values = { spatial_content: 0, spatial_texture: NaN, temporal_content: Infinity, total_variation: 1 };
  assert.deepEqual(balanceTerms("initial", values), {
    multipliers: { spatial_content: 0, spatial_texture: 0, temporal_content: 0, total_variation: 1e4 },
    leftOut: ["spatial_content", "spatial_texture", "temporal_content"],
  });
});

Deno.test("a term that is no more than rounding leaves of 0 is left out, a small one is not", () => {
  for (const balance of ["initial", "target"] as const) {
    assert.deepEqual(balanceTerms(balance, { temporal_texture: 3e-26, total_variation: 1 }).leftOut, [
      "temporal_texture",
    ]);
    assert.deepEqual(balanceTerms(balance, { temporal_texture: 1e-18, total_variation: 1 }).leftOut, []);
  }
});
