import assert from "node:assert/strict";
import { openEngine } from "../../../lib/engines/open.ts";
import { generateFrame } from "../../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import { synthesizeTransitionWith } from "../../../lib/synthesis/synthesize_transition.ts";
import { analyticModels as models } from "../../synthesis/models_without_weights.ts";
import { noiseFrame } from "../../synthesis/tiny_models.ts";
import { distance, textureStatistics } from "./texture_statistics.ts";

const size = { height: 96, width: 96 };

Deno.test("a texture of steerable has the marginal and correlation statistics of its target", async () => {
  const target = generateFrame(generatorDefaults.dead_leaves, 5, size);
  const start = noiseFrame(1, size.height, size.width);
  await using engine = await openEngine({ engine: "onnxruntime" });
  const { frame } = await synthesizeTransitionWith({ engine, models }, {
    start,
    streams: { spatial: "steerable" },
    targets: { spatial_texture: { current: target } },
    octaves: [{ octave: 0, iterations: 100, learning_rate: 0.02, total_variation: 0.0005 }],
    optimizer: "lbfgs",
  });
  const [wanted, made, before] = [target, frame, start].map(textureStatistics);
  assert.ok(wanted && made && before);
  assert.ok(distance(made.extremes, wanted.extremes) < 0.15, `extremes ${made.extremes}`);
  const groups = [
    "means",
    "variances",
    "skewnesses",
    "kurtoses",
    "autocorrelations",
    "acrossPositions",
    "acrossOrientations",
    "acrossScales",
  ] as const;
  for (const group of groups) {
    const left: number = distance(made[group], wanted[group]) / distance(before[group], wanted[group]);
    assert.ok(left < 0.35, `${group}: ${left} of the noise's distance is left`);
  }
  assert.ok(distance(Array.from(frame.data), Array.from(target.data)) > 0.2, "the target itself was copied");
});
