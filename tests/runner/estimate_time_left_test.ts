import assert from "node:assert/strict";
import fc from "fast-check";
import { estimateTimeLeft } from "../../lib/runner/estimate_time_left.ts";
import type { EventBody } from "../../lib/store/events.ts";
import type { Work } from "../../lib/plan/stage_kind.ts";
import {
  type EarlyEnd,
  type SimulatedMachine,
  simulateRender,
  type Stop,
  workOf,
} from "./simulated_render.ts";

const losses = { spatial_texture: 1 };

function started(frame: number, octave: number): EventBody {
  return {
    type: "octave.started",
    frame,
    octave,
    height: 1,
    width: 1,
    start_losses: losses,
    multipliers: losses,
  };
}

function iteration(frame: number, octave: number, iteration: number, seconds = 9): EventBody {
  return { type: "iteration", frame, octave, iteration, iterations: 0, losses, seconds };
}

function finished(frame: number, of: number): EventBody {
  return { type: "frame.finished", frame, of, seconds: 1 };
}

/** Two octaves of `count` iterations each; the second has four times the pixels. */
function twoOctaves(frames: number, count: number): readonly Work[] {
  const spread = (octave: number) => ({ first: 0, iterations: Array<number>(frames).fill(count), octave });
  return [
    { height: 1000, width: 1000, iterations: frames * count, parts: ["x"], frames: spread(-1) },
    { height: 2000, width: 2000, iterations: frames * count, parts: ["x"], frames: spread(0) },
  ];
}

/** An instance whose clock says what each test makes it say. */
function instance(work: readonly Work[]) {
  let now = 0;
  const eta = estimateTimeLeft({
    work,
    speeds: { rates: { x: { fixed: 0, perMegapixel: 1 } }, measured: [] },
    now: () => now,
  });
  return {
    eta,
    after(seconds: number, event: EventBody): number | undefined {
      now += 1000 * seconds;
      return eta.after(event);
    },
  };
}

Deno.test("an octave that was not seen yet costs what the plan says, times how wrong the plan was", () => {
  const { after } = instance(twoOctaves(1, 40));
  assert.equal(after(60, started(0, -1)), undefined); // loading, which says nothing of the speed
  after(20, iteration(0, -1, 10));
  // Half of the plan's speed: 20 more of 2 s, and 40 of 8 s.
  assert.equal(after(20, iteration(0, -1, 20)), 20 * 2 + 40 * 8);
});

Deno.test("the first iterations at a size, which make things ready, do not count once there are others", () => {
  const { after } = instance(twoOctaves(1, 40));
  after(0, started(0, -1));
  after(100, iteration(0, -1, 10));
  assert.equal(after(10, iteration(0, -1, 20)), 20 * 1 + 40 * 4);
});

Deno.test("until then, the one iteration that was timed alone counts", () => {
  const { after } = instance(twoOctaves(1, 40));
  after(0, started(0, -1));
  assert.equal(after(100, iteration(0, -1, 10, 1)), 30 * 1 + 40 * 4);
});

Deno.test("an octave that was seen costs what it cost, whatever the plan says", () => {
  const { after } = instance(twoOctaves(2, 20));
  after(0, started(0, -1));
  after(10, iteration(0, -1, 10));
  after(10, iteration(0, -1, 20));
  after(0, started(0, 0));
  after(20, iteration(0, 0, 10));
  after(20, iteration(0, 0, 20));
  assert.equal(after(0, finished(0, 2)), 20 * 1 + 20 * 2);
});

Deno.test("the end of a frame counts for each frame that is left", () => {
  const work: readonly Work[] = [
    ...twoOctaves(3, 10),
    { height: 1, width: 1, iterations: 3, parts: [], frames: { first: 0, iterations: [1, 1, 1] } },
  ];
  const { after } = instance(work);
  for (const octave of [-1, 0]) {
    after(0, started(0, octave));
    after(10, iteration(0, octave, 10));
  }
  assert.equal(after(5, finished(0, 3)), 2 * (10 + 10 + 5));
});

Deno.test("an octave that frames pass over costs them nothing, not even its beginning", () => {
  const [small, full] = twoOctaves(3, 10);
  assert.ok(small?.frames && full);
  const { after } = instance([
    { ...small, frames: { ...small.frames, iterations: [10, 0, 0], beside: 4 } },
    full,
  ]);
  after(0, started(0, -1));
  after(10, iteration(0, -1, 10));
  after(0, started(0, 0));
  after(20, iteration(0, 0, 10));
  assert.equal(after(0, finished(0, 3)), 2 * 20);
});

Deno.test("an octave that is visited twice in a row is known by its place and by its iterations", () => {
  const visit = (count: number): Work => (
    {
      ...{ height: 1000, width: 1000, iterations: 2 * count, parts: ["x"] },
      frames: { first: 0, iterations: [count, count], octave: 0 },
    }
  );
  const work = [visit(30), visit(10)];
  const { after } = instance(work);
  const at = (done: number, iterations: number) => ({ ...iteration(0, 0, done), iterations });
  after(0, started(0, 0));
  assert.equal(after(20, at(10, 30)), 20 * 2 + 10 * 2 + 40 * 2);
  after(40, at(30, 30));
  after(0, started(0, 0));
  assert.equal(after(10, at(5, 10)), 5 * 2 + 40 * 2);

  const { after: resumed } = instance(work);
  resumed(0, at(2, 10));
  assert.equal(resumed(8, at(6, 10)), 4 * 2 + 40 * 2);
});

Deno.test("iterations from before a stop are neither made now nor left", () => {
  const { after } = instance(twoOctaves(1, 400));
  // Loading; then the octave goes on, whose beginning was told in an earlier run.
  assert.equal(after(60, iteration(0, 0, 310)), undefined);
  assert.equal(after(10, iteration(0, 0, 320)), 80);
});

function ended(frame: number, octave: number, iterations: number, of: number): EventBody {
  return { type: "octave.finished", frame, octave, iterations, of, ended: "residual" };
}

Deno.test("iterations that a rule leaves out are done, and later frames are expected to leave out as many", () => {
  const { after } = instance(twoOctaves(3, 100));
  after(0, started(0, -1));
  after(10, iteration(0, -1, 10));
  assert.equal(after(10, iteration(0, -1, 20)), 80 * 1 + 100 * 4 + 2 * (100 * 1 + 100 * 4));
  // Ten more iterations were not told of; the frame is evaluated once more.
  after(11, ended(0, -1, 30, 100));
  after(0, started(0, 0));
  after(40, iteration(0, 0, 10));
  assert.equal(after(40, iteration(0, 0, 20)), 80 * 4 + 2 * (30 * 1 + 100 * 4));
  after(4, ended(0, 0, 20, 100));
  assert.equal(after(0, finished(0, 3)), 2 * (30 * 1 + 20 * 4 + 4));
});

Deno.test("an octave that takes longer than those before it has no less than nothing left", () => {
  const { after } = instance(twoOctaves(2, 100));
  for (const octave of [-1, 0]) {
    after(0, started(0, octave));
    after(10, iteration(0, octave, 10));
    after(0, ended(0, octave, 10, 100));
  }
  assert.equal(after(0, finished(0, 2)), 10 + 10);
  after(0, started(1, -1));
  after(10, iteration(1, -1, 10));
  assert.equal(after(10, iteration(1, -1, 20)), 10);
});

Deno.test("without octaves, frames count, and what comes before the first one is done once", () => {
  const { after } = instance([]);
  assert.equal(after(60, finished(5, 10)), 4 * 1);
  assert.equal(after(1, finished(6, 10)), 3 * 1);
});

Deno.test("frames that are made in batches are told of together, and each counts for its part of the batch", () => {
  const { after } = instance([]);
  const batch = (first: number, before: number) =>
    [0, 1, 2, 3].map((index) => after(index === 0 ? before : 0.001, finished(first + index, 100)) ?? NaN);
  batch(0, 60);
  for (let first = 4; first < 40; first += 4) {
    const left = batch(first, 8).at(-1) ?? NaN;
    const expected = 2 * (100 - first - 4);
    assert.ok(Math.abs(left - expected) < 0.02 * expected, `${left} s instead of ${expected} s`);
  }
});

Deno.test("a machine that was suspended for a night is not taken for a slow one", () => {
  const { after } = instance([]);
  for (let frame = 0; frame < 50; frame++) after(1, finished(frame, 100));
  const left = after(30_000, finished(50, 100)) ?? 0;
  assert.ok(left < 2 * 49, `${left} s`);
});

Deno.test("what was measured is handed over for later plans, the end of a frame without measuring the octave", () => {
  const { eta, after } = instance([
    ...twoOctaves(1, 40),
    { height: 2000, width: 2000, iterations: 1, parts: ["end"], frames: { first: 0, iterations: [1] } },
  ]);
  for (const octave of [-1, 0]) {
    after(0, started(0, octave));
    for (const count of [10, 20, 30, 40]) after(20, iteration(0, octave, count));
  }
  after(5, finished(0, 1));
  assert.deepEqual(eta.measured(), [
    { parts: ["x"], height: 1000, width: 1000, seconds: 2 },
    { parts: ["x"], height: 2000, width: 2000, seconds: 2 },
    { parts: ["end"], height: 2000, width: 2000, seconds: 3 },
  ]);
});

const machines: fc.Arbitrary<SimulatedMachine> = fc.record({
  perPixel: fc.double({ min: -1.2, max: 2.3, noNaN: true }).map(Math.exp),
  slower: fc.double({ min: 0.5, max: 2, noNaN: true }),
  hiccup: fc.double({ min: 0, max: 3, noNaN: true }),
  noise: fc.double({ min: 0, max: 0.3, noNaN: true }),
  seed: fc.nat(),
}).map(({ slower, ...machine }) => ({ ...machine, fixed: machine.perPixel * slower }));

const sizes = fc.constantFrom({ height: 128, width: 192 }, { height: 240, width: 426 }, {
  height: 360,
  width: 640,
});

const streams = fc.constantFrom<object>(
  {},
  { targets: { spatial_texture: "clip" } },
  { targets: { spatial_texture: { video: "clip", layers: ["conv3_1"] } }, color_transfer: "none" },
);

const keyframed = {
  scale: 1.5,
  steps: [
    { octave: -1, iterations: { 0: 200, 11: 20 } },
    { octave: 0, iterations: { 0: 40, 11: 300 } },
  ],
};

/** After a tenth of the session, predicted totals must be within a fifth of the true one. */
function requireGoodPredictions(
  work: readonly Work[],
  machine: SimulatedMachine,
  { stop, endOf, from = 0.1 }: { readonly stop?: Stop; readonly endOf?: EarlyEnd; readonly from?: number } =
    {},
): void {
  const events = simulateRender(work, machine, stop, endOf);
  const total = events.at(-1)?.at ?? 0;
  let now = 0;
  const eta = estimateTimeLeft({ work, now: () => 1000 * now });
  let predictions = 0;
  for (const { event, at } of events) {
    now = at;
    const left = eta.after(event);
    if (at < from * total || left === undefined) continue;
    predictions++;
    const wrong = (at + left) / total - 1;
    assert.ok(
      Math.abs(wrong) <= 0.2,
      `at ${(at / total).toFixed(2)} of ${total.toFixed(0)} s: ${(100 * wrong).toFixed(0)}% wrong`,
    );
  }
  assert.ok(predictions > 0);
}

for (
  const [name, settings] of Object.entries({
    "one frame": { frames: 1, octaves: "paper" },
    "one frame of the authors' schedule, without padding": {
      frames: 1,
      octaves: "authors_script",
      padding: 0,
    },
    "twelve frames": { frames: 12, octaves: "fast" },
    "twelve frames whose iterations follow keyframes": { frames: 12, octaves: keyframed },
    "a hundred frames": { frames: 100, octaves: "preview", padding: 0 },
  })
) {
  Deno.test(`after a tenth of the work the predicted total is within a fifth of the true one: ${name}`, () => {
    fc.assert(
      fc.property(machines, sizes, streams, (machine, size, streams) => {
        requireGoodPredictions(workOf({ ...settings, ...streams }, size), machine);
      }),
      { numRuns: 30, seed: 11 },
    );
  });
}

Deno.test("after a tenth of what a stop has left, the predicted total is within a fifth of the true one", () => {
  const stops = fc.record({
    time: fc.integer({ min: -4, max: 9 }),
    octave: fc.constantFrom(-2, -1, 0),
    iteration: fc.integer({ min: 1, max: 80 }),
  });
  fc.assert(
    fc.property(machines, sizes, stops, (machine, size, stop) => {
      requireGoodPredictions(workOf({ frames: 12, octaves: "fast" }, size), machine, { stop });
    }),
    { numRuns: 50, seed: 11 },
  );
});

Deno.test("where rules end octaves early, the predicted total is within a fifth once three frames are made", () => {
  const shares = fc.record({
    octaves: fc.array(fc.double({ min: 0.02, max: 0.9, noNaN: true }), { minLength: 3, maxLength: 3 }),
    first: fc.double({ min: 1, max: 3, noNaN: true }),
  });
  const iterations: Readonly<Record<number, number>> = { [-2]: 250, [-1]: 750, 0: 1000 };
  fc.assert(
    fc.property(machines, sizes, shares, (machine, size, { octaves, first }) => {
      const work = workOf({ frames: 26, octaves: "paper", stop: { residual: 0.1 } }, size);
      // The first frame starts from noise.
      const endOf = (time: number, octave: number) =>
        Math.ceil((iterations[octave] ?? 0) * (octaves[octave + 2] ?? 1) * (time === -4 ? first : 1));
      requireGoodPredictions(work, machine, { endOf, from: 0.2 });
    }),
    { numRuns: 30, seed: 11 },
  );
});

const once = (parts: readonly string[]): Work => ({ height: 8, width: 8, iterations: 1, parts });

for (
  const { situation, work, parts, seconds } of [
    {
      situation: "a network that sees 11 frames for each, beside what is done once",
      work: [{ height: 8, width: 8, iterations: 110, parts: ["net"] }, once(["start", "open/net"])],
      parts: ["net"],
      seconds: 2 / 11,
    },
    {
      situation: "frames behind a step for the whole clip",
      work: [once(["start"]), { ...once(["whole"]), iterations: 10 }, {
        ...{ height: 8, width: 8, iterations: 10, parts: ["write"] },
        frames: { first: 0, iterations: Array<number>(10).fill(1) },
      }],
      parts: ["write"],
      seconds: 2,
    },
  ]
) {
  Deno.test(`an evaluation is measured by the frames that it belongs to: ${situation}`, () => {
    const { eta, after } = instance(work);
    for (let frame = 0; frame < 10; frame++) after(2, finished(frame, 10));
    const [measured, ...others] = eta.measured();
    assert.deepEqual(others, []);
    assert.deepEqual(measured?.parts, parts);
    assert.ok(Math.abs((measured?.seconds ?? 0) - seconds) < 1e-12);
  });
}

Deno.test("frames of several batches measure none of them", () => {
  const { eta, after } = instance([once(["warp_step"]), { ...once(["warp"]), iterations: 10 }]);
  for (let frame = 0; frame < 10; frame++) after(2, finished(frame, 10));
  assert.deepEqual(eta.measured(), []);
});
