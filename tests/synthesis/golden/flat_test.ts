/**
 * Flat regions: max pooling ties, and each window gives its gradient to its first maximum. Winograd's algorithm rounds
 * equal neighborhoods apart, and with it any of the tied may get the gradient.
 */
import { evaluateTerms } from "../../../mod.ts";
import {
  assertAtMost,
  assertNear,
  isMissing,
  openGolden,
  relativeError,
  termOf,
  weights,
} from "./golden_setting.ts";

Deno.test({
  name: "with --exact gradients in flat regions go to the first maximum of each pooling window (flat.npz)",
  ignore: isMissing("flat.npz"),
  async fn() {
    const golden = await openGolden("flat.npz");
    const target = { previous: golden.frame("target_prev"), current: golden.frame("target_cur") };
    const terms = await evaluateTerms({
      previous: golden.frame("gen_prev"),
      current: golden.frame("gen_cur"),
      targets: { spatial_texture: target, temporal_texture: target },
      exact: true,
      ...(weights === undefined ? {} : { weights }),
    });
    for (const term of ["spatial_texture", "temporal_texture"] as const) {
      const { loss, gradient } = termOf(terms, term);
      assertNear(loss, golden.number(`loss_${term}`), 2e-5, `loss ${term}`);
      assertAtMost(relativeError(gradient, golden.frame(`grad_${term}`)), 1e-4, `gradient ${term}`);
    }
  },
});
