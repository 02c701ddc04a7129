import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import { recipeOf, type TermTarget, type TermTargets } from "../../lib/synthesis/requests.ts";
import { type TargetTerm, targetTerms } from "../../lib/synthesis/settings.ts";
import {
  type SynthesizeTransitionRequest,
  synthesizeTransitionWith,
} from "../../lib/synthesis/synthesize_transition.ts";
import { comparedStatistics } from "../../lib/synthesis/targets.ts";
import { analyticModels as models, analyticStreams as streams } from "./models_without_weights.ts";
import { rememberingEngine } from "../engines/remembering_engine.ts";
import { noiseFrame, noisePair } from "./tiny_models.ts";

const size = { height: 24, width: 26 };
const [one, other] = [noisePair(3, size.height, size.width), noisePair(9, size.height, size.width)];
/** Its statistics are NaN; with a share of 0 nothing of it may be seen. */
const broken = { ...size, data: new Float32Array(size.height * size.width * 3).fill(NaN) };
const never = { previous: broken, current: broken, share: 0 };

/** Stays open until the process ends. */
const engine = rememberingEngine(await openEngine({ engine: "onnxruntime" }));

async function frameOf(
  targets: TermTargets,
  change: Partial<SynthesizeTransitionRequest> = {},
): Promise<Float32Array> {
  const { frame } = await synthesizeTransitionWith({ engine, models }, {
    previous: noiseFrame(1, size.height, size.width),
    start: noiseFrame(2, size.height, size.width),
    targets,
    streams,
    octaves: [{ octave: 0, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }],
    ...change,
  });
  return frame.data;
}

const textures = ["spatial_texture", "temporal_texture"] as const;

/** One target for several terms. */
function all(target: TermTarget, terms: readonly TargetTerm[] = targetTerms): TermTargets {
  return Object.fromEntries(terms.map((term) => [term, target]));
}

for (const balance of ["initial", "target"] as const) {
  Deno.test(`a target with all of the share gives the frames of that target alone, to the bit (balance ${balance})`, async () => {
    const alone = await frameOf(all(one), { balance });
    assert.notDeepEqual(await frameOf(all(other), { balance }), alone);
    for (const mixture of [[{ ...one, share: 1 }, never], [never, { ...one, share: 0.7 }]]) {
      assert.deepEqual(await frameOf(all({ mixture }), { balance }), alone);
    }
  });
}

Deno.test("equal shares of one and the same target give the frames of that target alone, to the bit", async () => {
  const mixture = [{ ...one, share: 0.5 }, { ...one, share: 0.5 }];
  assert.deepEqual(await frameOf(all({ mixture }, textures)), await frameOf(all(one, textures)));
});

Deno.test("a mixed Gram matrix is the share-weighted sum of the targets' to 1e-6", async () => {
  const recipe = await recipeOf({ spatial_texture: one }, streams, "reference", models);
  await using programs = new SynthesisPrograms(engine, recipe);
  const [term] = recipe.terms;
  assert.ok(term !== undefined);
  const statisticsOf = async (shares: readonly [number, number]) => {
    const targets = [{ ...one, share: shares[0] }, { ...other, share: shares[1] }];
    const [compared] = await comparedStatistics(programs, term, targets);
    assert.ok(compared !== undefined);
    return compared.statistic;
  };
  const [first, second, mixed] = [
    await statisticsOf([1, 0]),
    await statisticsOf([0, 1]),
    await statisticsOf([3, 1]),
  ];
  assert.notDeepEqual(first, second);
  for (const [layer, { data }] of Object.entries(mixed)) {
    const [a, b] = [first[layer]?.data, second[layer]?.data];
    const largest = Math.max(...data.map(Math.abs));
    data.forEach((value, i) => {
      const expected = 0.75 * (a?.[i] ?? NaN) + 0.25 * (b?.[i] ?? NaN);
      assert.ok(
        Math.abs(value - expected) <= 1e-6 * largest,
        `${layer}, entry ${i}: ${value}, not ${expected}`,
      );
    });
  }
});

/** An engine may fuse the operations of a larger graph in another order. */
const rounding = 1e-6;

Deno.test("a term of weight 0 leaves the frames as they are without it, but for rounding", async () => {
  for (const optimizer of ["descent", "adam", "lbfgs"] as const) {
    for (const kept of [textures, ["spatial_texture"], ["temporal_content", "temporal_texture"]] as const) {
      const without = await frameOf(all(one, kept), { optimizer });
      const weightless = { ...all({ ...other, weight: 0 }), ...all(one, kept) };
      const made = await frameOf(weightless, { optimizer });
      const largest = Math.max(...made.map((value, i) => Math.abs(value - (without[i] ?? NaN))));
      assert.ok(largest < rounding, `${optimizer}, ${kept}: ${largest}`);
    }
  }
});
