/** PredNet at the size at which it was trained: frames of 128 x 160, 3, 48, 96 and 192 channels. */
import assert from "node:assert/strict";
import { openNextFramePredictor } from "../../lib/analysis/next_frame.ts";
import { openEngine } from "../../lib/engines/open.ts";
import { generateFrame } from "../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../lib/frames/generated/settings.ts";
import { kittiStacks } from "../../lib/models/prednet/architecture.ts";
import { standInPrednet } from "../../lib/models/prednet/stand_in.ts";

const size = { height: 128, width: 160 };

Deno.test("at its real size, what PredNet makes of a window does not depend on how many go through at a time", async () => {
  const weights = standInPrednet(kittiStacks);
  const frames = Array.from(
    { length: 9 },
    (_, time) => generateFrame(generatorDefaults.dead_leaves, time, size),
  );
  const windows = [0, 1, 2, 3, 4].map((first) => frames.slice(first, first + 5));
  await using engine = await openEngine({});
  const madeWith = async (batch: number) => {
    await using predictor = await openNextFramePredictor(engine, weights, { ...size, batch });
    return await predictor.predict(windows);
  };
  const alone = await madeWith(2);
  // All the same would be independent of anything.
  assert.notDeepEqual(alone[0]?.predicted.data, alone[1]?.predicted.data);
  for (const batch of [3, 4, 8]) {
    const together = await madeWith(batch);
    assert.equal(together.length, windows.length);
    let [predicted, errors] = [0, 0];
    for (const [index, found] of together.entries()) {
      const expected = alone[index]!;
      found.predicted.data.forEach((value, i) => {
        predicted = Math.max(predicted, Math.abs(value - expected.predicted.data[i]!));
      });
      found.errors.forEach((value, level) => {
        errors = Math.max(errors, Math.abs(value - expected.errors[level]!));
      });
    }
    assert.ok(predicted <= 1e-6, `by ${batch}: predictions differ by ${predicted}`);
    assert.ok(errors <= 1e-6, `by ${batch}: errors differ by ${errors}`);
  }
});
