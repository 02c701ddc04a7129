import assert from "node:assert/strict";
import { estimateTimeLeft } from "../../lib/runner/eta.ts";
import type { EventBody } from "../../lib/store/events.ts";

const losses = { spatial_texture: 1 };

function octave(octave: number, height: number, width: number): EventBody {
  return {
    type: "octave.started",
    frame: 0,
    octave,
    height,
    width,
    start_losses: losses,
    multipliers: losses,
  };
}

function iteration(iteration: number, iterations: number): EventBody {
  return {
    type: "iteration",
    frame: 0,
    octave: 0,
    iteration,
    iterations,
    losses,
    gradient_std: 1,
    seconds: 1,
  };
}

Deno.test("iterations count by their pixels, and the loading before the first one does not count", () => {
  let now = 0;
  const eta = estimateTimeLeft({
    work: [
      { height: 10, width: 10, iterations: 40, parts: [] },
      { height: 20, width: 20, iterations: 40, parts: [] },
    ],
    frames: 4,
    finishedFrames: 0,
    now: () => now,
  });
  now = 60_000; // loading
  assert.equal(eta(octave(-1, 10, 10)), undefined);
  now += 1000; // ten iterations of 100 pixels: 1000 pixels in a second, 20000 - 1000 are left
  assert.equal(eta(iteration(10, 10)), 19);
  assert.equal(eta(octave(0, 20, 20)), undefined);
  now += 4000; // ten of 400 pixels
  assert.equal(eta(iteration(10, 10)), 15);
});

Deno.test("a resumed instance has only its missing frames to do", () => {
  let now = 0;
  const eta = estimateTimeLeft({
    work: [{ height: 10, width: 10, iterations: 40, parts: [] }],
    frames: 4,
    finishedFrames: 2,
    now: () => now,
  });
  eta(octave(0, 10, 10));
  now += 1000;
  assert.equal(eta(iteration(10, 10)), 1);
});

Deno.test("iterations from before a stop are neither made now nor left", () => {
  let now = 0;
  const eta = estimateTimeLeft({
    work: [{ height: 10, width: 10, iterations: 400, parts: [] }],
    frames: 1,
    finishedFrames: 0,
    now: () => now,
  });
  now = 60_000; // loading; then the octave goes on, whose beginning was told in an earlier run
  assert.equal(eta(iteration(310, 400)), undefined);
  now += 1000; // ten more: 80 are left
  assert.equal(eta(iteration(320, 400)), 8);
});

Deno.test("without iterations, frames count", () => {
  let now = 0;
  const eta = estimateTimeLeft({ work: [], frames: 10, finishedFrames: 5, now: () => now });
  now = 2000;
  assert.equal(eta({ type: "frame.finished", frame: 5, of: 10, seconds: 2 }), 8);
});
