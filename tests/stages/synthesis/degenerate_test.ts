import assert from "node:assert/strict";
import { openEngine } from "../../../lib/engines/open.ts";
import { createModelLibrary } from "../../../lib/models/model_library.ts";
import { sharedPath } from "../../shared_data.ts";
import { modelsWithoutWeights } from "../../synthesis/models_without_weights.ts";
import { rememberingEngine } from "../../engines/remembering_engine.ts";
import { type Combination, combinations, faultsOf } from "./degenerate.ts";

const weightsFolder = sharedPath("weights");
const models = createModelLibrary({ weightsFolder: weightsFolder ?? "", offline: true });

for (const { name, stream } of modelsWithoutWeights) {
  // Every pair of values meets; all combinations are tried by tests/slow/degenerate_test.ts.
  Deno.test(`clips without anything to see have a defined result with ${name}`, async () => {
    await using engine = rememberingEngine(await openEngine({ engine: "onnxruntime" }));
    const tried = combinations.filter(({ indices: [clip, start, balance, optimizer] }) =>
      start === (clip + optimizer) % 4 && balance === (clip + 2 * optimizer) % 3
    );
    assert.deepEqual(pairsIn(tried), pairsIn(combinations));
    assert.deepEqual(await faultsOf({ [stream]: name }, tried, { engine, models }), []);
  });
}

Deno.test({
  name: "clips without anything to see have a defined result with vgg19 and msoe",
  ignore: weightsFolder === undefined,
  fn: async () => {
    await using engine = rememberingEngine(await openEngine({ engine: "onnxruntime" }));
    const tried = combinations.filter(({ indices: [clip, start, balance, optimizer] }) =>
      start === clip % 4 && balance === clip % 3 && optimizer === (clip + 4) % 5
    );
    assert.equal(tried.length, 6);
    assert.deepEqual(await faultsOf({ spatial: "vgg19", temporal: "msoe" }, tried, { engine, models }), []);
  },
});

/** Which two values meet, of different settings each. */
function pairsIn(tried: readonly Combination[]): ReadonlySet<string> {
  return new Set(
    tried.flatMap(({ indices }) =>
      indices.flatMap((one, i) =>
        indices.flatMap((other, j) => i < j ? [`${one} of setting ${i} and ${other} of ${j}`] : [])
      )
    ),
  );
}
