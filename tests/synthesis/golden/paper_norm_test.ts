/**
 * Losses under the paper's equations.
 */
import assert from "node:assert/strict";
import {
  assertNear,
  evaluateTwoStream,
  exactly,
  isMissing,
  openGolden,
  shortNames,
  termOf,
} from "./golden_setting.ts";

Deno.test({
  name: "losses under `normalization: paper` are the equations' (paper_norm.npz, --exact)",
  ignore: isMissing("paper_norm.npz") || isMissing("two_stream.npz"),
  async fn() {
    const golden = await openGolden("paper_norm.npz");
    const terms = await evaluateTwoStream(await openGolden("two_stream.npz"), "paper", exactly);
    for (const [short, term] of Object.entries(shortNames)) {
      assertNear(termOf(terms, term).loss, golden.number(`loss_${short}`), 2e-5, `loss ${short}`);
    }
    for (const short of ["ss", "ts"] as const) {
      const layers = Object.values(termOf(terms, shortNames[short]).layers);
      const expected = golden.numbers(`${short}_layers`);
      assert.equal(layers.length, expected.length);
      expected.forEach((value, i) => assertNear(layers[i], value, 2e-5, `layer ${i} of ${short}`));
    }
  },
});
