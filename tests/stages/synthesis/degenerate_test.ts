import assert from "node:assert/strict";
import { openEngine } from "../../../lib/engines/open.ts";
import { createModelLibrary } from "../../../lib/models/model_library.ts";
import { sharedPath } from "../../shared_data.ts";
import { modelsWithoutWeights } from "../../synthesis/models_without_weights.ts";
import { combinations, faultsOf, rememberingEngine } from "./degenerate.ts";

const weightsFolder = sharedPath("weights");
const models = createModelLibrary({ weightsFolder: weightsFolder ?? "", offline: true });

for (const { name, stream } of modelsWithoutWeights) {
  // Every pair of values meets; all combinations are tried by tests/slow/degenerate_test.ts.
  Deno.test(`clips without anything to see have a defined result with ${name}`, async () => {
    await using engine = rememberingEngine(await openEngine({ engine: "onnxruntime" }));
    const tried = combinations.filter(({ indices: [clip, start, balance, optimizer] }) =>
      start === (clip + 2 * balance + optimizer) % 4
    );
    assert.equal(tried.length, combinations.length / 4);
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
