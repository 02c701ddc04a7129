import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { rememberingEngine } from "../engines/remembering_engine.ts";
import { combinations, faultsOf } from "../stages/synthesis/degenerate.ts";
import { analyticModels as models, modelsWithoutWeights } from "../synthesis/models_without_weights.ts";

for (const { name, stream } of modelsWithoutWeights) {
  Deno.test(`clips without anything to see have a defined result under all combinations of settings with ${name}`, async () => {
    await using engine = rememberingEngine(await openEngine({ engine: "onnxruntime" }));
    assert.deepEqual(await faultsOf({ [stream]: name }, combinations, { engine, models }), []);
  });
}
