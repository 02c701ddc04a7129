import assert from "node:assert/strict";
import { createCheckpoints } from "../../lib/runner/checkpoints.ts";
import type { EventBody } from "../../lib/store/events.ts";

/** Checkpoints that take so many seconds each, and a clock that is set by hand. */
function checkpointsOf(every: number, { takes }: { readonly takes: number }) {
  const events: EventBody[] = [];
  const clock = { seconds: 0 };
  const writeState = () => {
    clock.seconds += takes;
    return Promise.resolve();
  };
  const now = () => 1000 * clock.seconds;
  const checkpoints = createCheckpoints({ writeState }, (event) => void events.push(event), { every, now });
  const save = () => checkpoints.save({ frame: 3, octave: -1, iteration: 20 }, () => new Uint8Array(7));
  return { checkpoints, clock, events, save };
}

Deno.test("a checkpoint is due when the interval has passed since the last one", async () => {
  const { checkpoints, clock, save } = checkpointsOf(30, { takes: 0.1 });
  clock.seconds = 29;
  assert.equal(checkpoints.isDue(), false);
  clock.seconds = 30;
  assert.equal(checkpoints.isDue(), true);
  await save();
  assert.equal(checkpoints.isDue(), false);
  clock.seconds += 30;
  assert.equal(checkpoints.isDue(), true);
});

Deno.test("checkpoints that take long come more seldom: they cost 2% of the time at most", async () => {
  const { checkpoints, clock, save } = checkpointsOf(30, { takes: 2 });
  await save();
  clock.seconds += 97;
  assert.equal(checkpoints.isDue(), false);
  clock.seconds += 1;
  assert.equal(checkpoints.isDue(), true);
});

Deno.test("with 0 none is ever due", () => {
  const { checkpoints, clock } = checkpointsOf(0, { takes: 0 });
  clock.seconds = 1e9;
  assert.equal(checkpoints.isDue(), false);
});

Deno.test("a checkpoint is told with its place, its size and what it took", async () => {
  const { events, save } = checkpointsOf(30, { takes: 2 });
  await save();
  assert.deepEqual(events, [
    { type: "checkpoint.saved", frame: 3, octave: -1, iteration: 20, bytes: 7, seconds: 2 },
  ]);
});
