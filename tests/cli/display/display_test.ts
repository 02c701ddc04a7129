import assert from "node:assert/strict";
import type { Output } from "../../../lib/cli/display/output.ts";
import { openDisplay } from "../../../lib/cli/display/open_display.ts";
import { plainDisplay } from "../../../lib/cli/display/plain.ts";
import { terminalDisplay } from "../../../lib/cli/display/terminal.ts";
import { duration, tell } from "../../../lib/cli/display/wording.ts";
import type { RunEvent } from "../../../lib/store/events.ts";

const envelope = {
  v: 1 as const,
  at: "2026-03-01T09:00:00.000Z",
  run: "01",
  stage: "m",
  instance: "m[seed=1]",
  key: "k",
};

function iteration(number: number): RunEvent {
  return {
    ...envelope,
    type: "iteration",
    frame: 2,
    octave: -1,
    iteration: number,
    iterations: 750,
    losses: { spatial_texture: 12345, temporal_texture: 0.000123 },
    gradient_std: 1,
    seconds: 3,
    eta_seconds: 5000,
  };
}

const finished: RunEvent = { ...envelope, type: "instance.finished", seconds: 200 };

function recorder(columns?: number): { output: Output; text: () => string } {
  const pieces: string[] = [];
  return { output: { write: (text) => pieces.push(text), columns }, text: () => pieces.join("") };
}

Deno.test("while other instances are left, the time of the run is told, too", () => {
  const event = iteration(120);
  assert.ok(event.type === "iteration");
  const telling = tell({ ...event, run_eta_seconds: 90_000 });
  assert.match(JSON.stringify(telling), /, 1 h 23 min left \(1 day 1 h of the run\), spatial/);
});

Deno.test("an iteration is told with octave, losses per term and the time that is left", () => {
  assert.deepEqual(tell(iteration(120)), {
    of: "m[seed=1]",
    progress: "frame 2, octave -1, 120/750, 1 h 23 min left, " +
      "spatial_texture 1.23e+4, temporal_texture 1.23e-4",
  });
});

Deno.test("an octave that a rule ended is told with what was left out, others are not", () => {
  const end = { ...envelope, type: "octave.finished", frame: 2, octave: -1, of: 750 } as const;
  assert.deepEqual(tell({ ...end, iterations: 112, ended: "residual" }), {
    of: "m[seed=1]",
    progress: "frame 2, octave -1, ended after 112/750, residual reached",
  });
  assert.match(JSON.stringify(tell({ ...end, iterations: 7, ended: "plateau" })), /7\/750, on a plateau"/);
  assert.equal(tell({ ...end, iterations: 750, ended: "iterations" }), undefined);
});

Deno.test("the plain display writes all news, and progress every ten seconds", () => {
  const { output, text } = recorder();
  let now = 0;
  using display = plainDisplay(output, () => now);
  for (now = 0; now < 25; now++) display.show(iteration(now));
  display.show(finished);
  assert.deepEqual(text().match(/\d+\/750|finished.*/g), [
    "0/750",
    "10/750",
    "20/750",
    "finished in 3 min",
  ]);
});

/** The same of another instance, which was started. */
function ofSecond(event: RunEvent): RunEvent {
  return { ...event, instance: "m[seed=2]" };
}

const started: RunEvent = { ...envelope, type: "instance.started", host: "lab-1", os: "linux", cpu: "test" };

Deno.test("where several instances are at work, the plain display gives each a line every ten seconds", () => {
  const { output, text } = recorder();
  let now = 0;
  using display = plainDisplay(output, () => now);
  display.show(started);
  display.show(ofSecond(started));
  // The first one tells of twice as much.
  for (now = 0; now < 25; now += 0.5) {
    display.show(iteration(now));
    if (Number.isInteger(now)) display.show(ofSecond(iteration(now)));
  }
  assert.deepEqual(text().match(/\[seed=\d\]: frame|\d+\/750/g), [
    ...["[seed=1]: frame", "0/750", "[seed=2]: frame", "5/750"],
    ...["[seed=1]: frame", "10/750", "[seed=2]: frame", "15/750", "[seed=1]: frame", "20/750"],
  ]);
});

Deno.test("the terminal's bottom line names one of several for three seconds, then another", () => {
  const { output, text } = recorder(40);
  let now = 0;
  const display = terminalDisplay(output, () => now);
  display.show(started);
  display.show(ofSecond(started));
  for (let second = 0; second < 8; second++) {
    now = second;
    display.show(iteration(second));
    now = second + 0.5;
    display.show(ofSecond(iteration(second)));
  }
  const named = Array.from(text().matchAll(/seed=(\d)\]: frame/g), ([, seed]) => seed).join("");
  assert.equal(named, "111122221");
  display[Symbol.dispose]();
});

Deno.test("the terminal display writes progress over itself, never wider than the terminal", () => {
  const { output, text } = recorder(30);
  let now = 0;
  const display = terminalDisplay(output, () => now++);
  display.show(iteration(1));
  display.show(iteration(2));
  display.show(finished);
  display.show(iteration(3));
  display[Symbol.dispose]();
  assert.deepEqual(text().split("\r\x1b[K"), [
    "",
    "frame 2, octave -1, 1/750,...",
    "frame 2, octave -1, 2/750,...",
    "m[seed=1]: finished in 3 min\n",
    "frame 2, octave -1, 3/750,...",
    "",
  ]);
});

Deno.test("an instance's long name makes room for how far it is", () => {
  const wide = recorder(120);
  using roomy = terminalDisplay(wide.output);
  roomy.show(iteration(1));
  assert.ok(wide.text().includes("m[seed=1]: frame 2, "));
  const narrow = recorder(95);
  using full = terminalDisplay(narrow.output);
  full.show(iteration(1));
  assert.ok(
    narrow.text().endsWith(
      "frame 2, octave -1, 1/750, 1 h 23 min left, " +
        "spatial_texture 1.23e+4, temporal_texture 1.23e-4",
    ),
  );
  assert.ok(!narrow.text().includes("m[seed=1]"));
});

Deno.test("the JSON display writes the events and nothing for people", () => {
  const { output, text } = recorder(80);
  using display = openDisplay(output, true);
  display.say("the plan");
  display.show(finished);
  assert.deepEqual(JSON.parse(text()), finished);
  assert.equal(text().split("\n").length, 2);
});

Deno.test("durations are as exact as people need them", () => {
  assert.deepEqual([3.14159, 45.4, 89, 600, 3600, 5000, 90000].map(duration), [
    "3.1 s",
    "45 s",
    "89 s",
    "10 min",
    "1 h",
    "1 h 23 min",
    "1 day 1 h",
  ]);
});
