import assert from "node:assert/strict";
import { firstWithoutIterations } from "../../../lib/stages/synthesis/frame_without_iterations.ts";
import { octaveSteps } from "../../../lib/synthesis/octaves.ts";
import type { Keyframes, OctaveSettings } from "../../../lib/synthesis/settings.ts";

const schedule = (...all: Keyframes[]): OctaveSettings[] =>
  all.map((iterations) => ({ octave: 0, scale: 1.5, iterations, learning_rate: 0.01, total_variation: 0 }));

Deno.test("the first frame without iterations is found wherever octaves hand over to each other", () => {
  const counts = [0, 1, 3, 20];
  for (const a of counts) {
    for (const b of counts) {
      for (const c of counts) {
        const octaves = schedule({ 0: a, 10: b }, { 3: b, 7: c, 20: a });
        const frames = Array.from({ length: 30 }, (_, index) => index - 2);
        const expected = frames.find((frame) => octaveSteps(octaves, frame).length === 0);
        assert.equal(firstWithoutIterations(octaves, -2, 28), expected, JSON.stringify(octaves));
      }
    }
  }
});

Deno.test("far keyframes of iterations are checked at once", () => {
  assert.equal(firstWithoutIterations(schedule({ 999999999: 5 }), 0, 2e9), undefined);
  assert.equal(firstWithoutIterations(schedule({ 0: 5, 1000000000: 0 }), 0, 2e9), 900000001);
});
