import assert from "node:assert/strict";
import { reportTransition } from "../../../lib/stages/synthesis/report_transition.ts";
import type { StageEvent } from "../../../lib/store/events.ts";

/** The event of an iteration with this loss and this standard deviation of the gradient, in the octave's n-th visit. */
async function iterationEvent(loss: number, gradientStd: number, visit = 1): Promise<StageEvent | undefined> {
  const events: StageEvent[] = [];
  const emit = (event: StageEvent) => void events.push(event);
  const never = () => Promise.reject(new Error("no checkpoint is due"));
  const { iterationFinished } = reportTransition(
    3,
    { emit, stopRequested: () => false, checkpoints: { isDue: () => false, save: never } },
    { given: new Set(), keep: never },
  );
  const losses = { spatial_texture: loss, total_variation: 1 };
  await iterationFinished?.(
    { octave: -1, visit, iteration: 2, iterations: 5, losses, gradientStd, residuals: {}, seconds: 0.5 },
    () => {
      throw new Error("nobody asked for the state");
    },
  );
  return events[0];
}

Deno.test("an iteration is reported with its losses and its gradient", async () => {
  assert.deepEqual(await iterationEvent(7, 0.25), {
    type: "iteration",
    frame: 3,
    octave: -1,
    iteration: 2,
    iterations: 5,
    losses: { spatial_texture: 7, total_variation: 1 },
    gradient_std: 0.25,
    seconds: 0.5,
  });
});

Deno.test("what is not finite is left out of the report", async () => {
  for (const value of [NaN, Infinity]) {
    assert.deepEqual(await iterationEvent(value, value), {
      type: "iteration",
      frame: 3,
      octave: -1,
      iteration: 2,
      iterations: 5,
      losses: { total_variation: 1 },
      seconds: 0.5,
    });
  }
});

Deno.test("an iteration of an octave that is visited again says in which visit", async () => {
  assert.deepEqual(await iterationEvent(7, 0.25, 2), { ...await iterationEvent(7, 0.25), visit: 2 });
});
