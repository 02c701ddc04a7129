import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { generateFrame } from "../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../lib/frames/generated/settings.ts";
import type { OptimizerSettings } from "../../lib/synthesis/settings.ts";
import { synthesizeTransitionWith } from "../../lib/synthesis/synthesize_transition.ts";
import { analyticModels as models, analyticStreams } from "./models_without_weights.ts";
import { noiseFrame } from "./tiny_models.ts";

const size = { height: 32, width: 32 };

/** The balanced loss that an optimizer reaches from noise on a texture of leaves; it is 10500 at the start. */
async function reached(optimizer: OptimizerSettings["name"], learningRate: number): Promise<number> {
  await using engine = await openEngine({ engine: "onnxruntime" });
  const { octaves: [octave] } = await synthesizeTransitionWith({ engine, models }, {
    start: noiseFrame(1, size.height, size.width),
    streams: analyticStreams,
    targets: { spatial_texture: { current: generateFrame(generatorDefaults.dead_leaves, 0, size) } },
    octaves: [{ octave: 0, iterations: 40, learning_rate: learningRate, total_variation: 0.05 }],
    optimizer,
  });
  assert.ok(octave !== undefined);
  const { endLosses, multipliers } = octave;
  const loss = (term: "spatial_texture" | "total_variation") =>
    (multipliers[term] ?? NaN) * (endLosses[term] ?? NaN);
  return loss("spatial_texture") + 0.05 * loss("total_variation");
}

Deno.test("on a texture L-BFGS gets below what descent and Adam reach in as many iterations", async () => {
  // Of the larger learning rate descent makes the best that it can; L-BFGS finds the length of its steps from either.
  for (
    const { learningRate, share } of [{ learningRate: 0.003, share: 0.5 }, { learningRate: 0.012, share: 1 }]
  ) {
    const [descent, adam, lbfgs] = [
      await reached("descent", learningRate),
      await reached("adam", learningRate),
      await reached("lbfgs", learningRate),
    ];
    const found = `${lbfgs} of ${descent} and ${adam} at ${learningRate}`;
    assert.ok(lbfgs < share * Math.min(descent, adam), found);
  }
});
