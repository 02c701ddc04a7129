/** Where two hundred iterations lead with Winograd's convolutions and with direct ones: about two minutes on two cores. */
import assert from "node:assert/strict";
import { uniformNoise } from "../../lib/frames/noise.ts";
import { synthesizeTransition } from "../../mod.ts";
import { isMissing, openGolden, weights } from "../synthesis/golden/golden_setting.ts";

const golden = "transition.npz";
/** The update rate of the paper's last octave, and its weight of total variation. */
const step = { octave: 0, iterations: 200, learning_rate: 0.005, total_variation: 0.5 };

Deno.test({
  name:
    "after 200 iterations each layer's residual is within 1 % of direct convolutions', or as near as theirs to " +
    "their own from a start that was moved by 1e-7",
  ignore: isMissing(golden),
  fn: async () => {
    const { clip } = await openGolden(golden);
    const [current] = clip("target_ss");
    assert.ok(current);
    const residuals = async (exact: boolean, moved: number): Promise<Readonly<Record<string, number>>> => {
      const noise = uniformNoise({ seed: 1, frame: 1, purpose: "firstStart" }, current.height, current.width);
      const data = noise.data.map((value, i) => Math.min(1, Math.max(0, value + moved * (i % 7 - 3))));
      const { octaves: [octave] } = await synthesizeTransition({
        start: { ...noise, data },
        targets: { spatial_texture: { current } },
        octaves: [step],
        exact,
        ...(weights !== undefined && { weights }),
      });
      return octave?.residuals.spatial_texture ?? {};
    };
    const direct = await residuals(true, 0);
    const moved = await residuals(true, 1e-7);
    const winograd = await residuals(false, 0);
    assert.equal(Object.keys(direct).length, 5);
    for (const [layer, expected] of Object.entries(direct)) {
      const off = Math.abs((winograd[layer] ?? NaN) / expected - 1);
      const own = Math.abs((moved[layer] ?? NaN) / expected - 1);
      assert.ok(off <= Math.max(0.01, own), `${layer}: Winograd ${off} off, direct convolutions ${own}`);
    }
  },
});
