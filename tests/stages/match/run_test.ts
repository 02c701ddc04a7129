import assert from "node:assert/strict";
import { frameFromBytes } from "../../../lib/frames/bytes.ts";
import type { Goal } from "../../../lib/plan/stage_kind.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { breathing, clip, goal, match, type Outcome, size } from "./stage.ts";

async function outcome(request: Parameters<typeof match>[1]): Promise<Outcome> {
  await using folder = await temporaryFolder();
  const found = await match(folder.path, request);
  if (found === undefined) throw new Error("it was stopped");
  return found;
}

function values({ rows }: Outcome, measure: string, of?: string, layer?: string): number[] {
  return rows.filter((row) =>
    row.measure === measure && (of === undefined || row.of === of) &&
    (layer === undefined || row.layer === layer)
  ).map(({ value }) => value);
}

/** The Gram matrix of a frame's three channels. */
function colorGram({ data }: { readonly data: Float32Array }): number[] {
  const pixels = data.length / 3;
  return [0, 1, 2].flatMap((a) =>
    [0, 1, 2].map((b) => {
      let sum = 0;
      for (let pixel = 0; pixel < pixels; pixel++) sum += data[3 * pixel + a]! * data[3 * pixel + b]!;
      return sum / pixels;
    })
  );
}

async function gramAt(source: FrameSource, time: number): Promise<number[]> {
  const { data } = await source.frame(time);
  if (!(data instanceof Uint8Array)) throw new Error("the clip is in 8 bits");
  return colorGram(frameFromBytes(data, size.height, size.width));
}

function residual(found: readonly number[], wanted: readonly number[]): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value ** 2, 0);
  return sum(found.map((value, i) => value - wanted[i]!)) / sum(wanted);
}

function near(found: number | undefined, expected: number): void {
  assert(Math.abs((found ?? NaN) - expected) <= 1e-5 * Math.abs(expected), `${found} instead of ${expected}`);
}

Deno.test("a clip against itself has residual 0 everywhere and passes", async () => {
  const found = await outcome({ frames: breathing(9), target: breathing(9) });
  assert(values(found, "residual").length > 0);
  assert(values(found, "residual").every((value) => value === 0));
  assert.equal(found.summary.verdict, "pass");
  assert.match(found.summary.headline, /^pass: spatial texture passes in 2 of 2 layers/);
});

Deno.test("a gray field in place of the clip fails, and where it was not nearer than what is named", async () => {
  const settings = { shifted: 3 };
  const { summary } = await outcome({ frames: clip(9, () => 0.1), target: breathing(9), settings });
  assert.equal(summary.verdict, "fail");
  assert.match(
    summary.headline,
    /^fail: spatial texture passes in 0 of 2 layers, [^;]*; not nearer to the targets than shifted in color, square \(spatial texture\)/,
  );
});

Deno.test("residuals, ceiling, shifted times and other clips are those of the Gram matrices", async () => {
  const [frames, target, other] = [breathing(9, 5), breathing(9), breathing(9, 6)];
  const found = await outcome({ frames, target, others: { other }, settings: { shifted: 3 } });
  const row = (measure: string, of: string, frame: number, draw?: number) =>
    found.rows.find((row) =>
      row.measure === measure && row.of === of && row.frame === frame && row.layer === "color" &&
      row.draw === draw
    )?.value;
  const wanted = await gramAt(target, 3);
  near(row("residual", "frames", 3), residual(await gramAt(frames, 3), wanted));
  near(row("ceiling", "neighbors", 3), residual(await gramAt(target, 4), wanted));
  near(row("null", "other", 3), residual(await gramAt(other, 3), wanted));
  near(row("null", "shifted", 3, 5), residual(await gramAt(target, 8), wanted));
  near(row("null", "shifted", 3, 7), residual(await gramAt(target, 1), wanted));
  assert.equal(row("ceiling", "neighbors", 8), undefined);
});

Deno.test("frames are judged as they are delivered, in 8 bits", async () => {
  const { height, width } = size;
  const inside = {
    shape: [height, width, 3],
    data: new Float32Array(height * width * 3).fill(0.5 + 0.4 / 255),
  };
  const frames: FrameSource = { frames: 4, frame: () => Promise.resolve(inside) };
  const found = await outcome({ frames, target: clip(4, () => 0.5) });
  assert(values(found, "residual").every((value) => value === 0));
});

Deno.test("motion is compared from frame 1 on, for nothing was delivered before frame 0", async () => {
  const { rows } = await outcome({ frames: breathing(4), target: breathing(4) });
  const times = rows.filter(({ measure, layer }) => measure === "residual" && layer === "change");
  assert.deepEqual(times.map(({ frame }) => frame), [1, 2, 3]);
});

Deno.test("a mixture is matched by its share, and a target may repeat itself", async () => {
  const [one, two] = [breathing(6), clip(2, (i, time) => ((i * 31 + time * 7) % 50) / 50)];
  const term = {
    ...goal.terms[0]!,
    targets: [
      { role: "stage.0.target", share: { 0: 3, 5: 3 }, length: "strict" },
      { role: "null.0", share: 1, length: "loop" },
    ],
  } satisfies Goal["terms"][number];
  const found = await outcome({
    frames: breathing(6, 5),
    target: one,
    others: { two },
    goal: { ...goal, terms: [term] },
  });
  const [a, b] = [await gramAt(one, 3), await gramAt(two, 1)];
  const mixed = a.map((value, i) => 0.75 * value + 0.25 * b[i]!);
  const row = found.rows.find((row) =>
    row.measure === "residual" && row.frame === 3 && row.layer === "color"
  );
  near(row?.value, residual(await gramAt(breathing(6, 5), 3), mixed));
  assert.equal(values(found, "null", "two").length, 0, "a target is no null of its own");
});

Deno.test("a ramp of brightness gets its slope back, and does not flicker", async () => {
  const slope = 0.02;
  const ramp = clip(20, (i, time) => 0.2 + (i % 5) * 0.02 + slope * time);
  const { summary: { instances: [found] } } = await outcome({ frames: ramp, target: breathing(20) });
  assert(Math.abs((found?.drift.frames ?? NaN) - slope) < 0.01 * slope, `${found?.drift.frames}`);
  assert((found?.flicker.frames ?? NaN) < 0.005);
});

Deno.test("going to and fro is flicker", async () => {
  const { summary: { instances: [found] } } = await outcome({
    frames: clip(6, (_, time) => time % 2 === 0 ? 0.4 : 0.6),
    target: clip(6, () => 0.5),
  });
  assert(Math.abs((found?.flicker.frames ?? NaN) - 0.4) < 0.005);
  assert.equal(found?.flicker.clip, 0);
});

Deno.test("luminance and contrast are told beside the target's, and named where they differ visibly", async () => {
  const stripes = (mean: number, half: number) =>
    clip(4, (i) => mean + (Math.floor(i / 3) % 2 === 0 ? half : -half));
  const target = stripes(0.5, 0.26);
  const dull = (await outcome({ frames: stripes(0.6, 0.18), target })).summary;
  const [found] = dull.instances;
  for (const [value, expected] of [[found?.luminance.frames, 0.6], [found?.contrast.clip, 0.26]] as const) {
    assert(Math.abs((value ?? NaN) - expected) < 0.005, `${value} instead of ${expected}`);
  }
  assert.match(dull.headline, /; luminance 0\.6, target 0\.5; contrast 0\.18, target 0\.26$/);
  const alike = (await outcome({ frames: stripes(0.51, 0.25), target })).summary;
  assert.doesNotMatch(alike.headline, /luminance|contrast/);
});

Deno.test("clips of one color are judged without a number that is none, and nothing can be decided", async () => {
  for (const value of [0, 0.5, 1]) {
    const { summary, rows } = await outcome({ frames: clip(5, () => value), target: clip(5, () => value) });
    assert(rows.every(({ value }) => Number.isFinite(value)));
    assert.equal(summary.verdict, "undecided");
    assert.match(summary.headline, /name clips in null that do$/);
  }
});

Deno.test("a bright clip where the target is black has the residual that nothing would have", async () => {
  const found = await outcome({ frames: clip(5, () => 0.8), target: clip(5, () => 0) });
  assert.deepEqual([...new Set(values(found, "residual", "frames", "color"))], [1]);
});

Deno.test("one frame is judged by its scrambled versions alone", async () => {
  const only = { ...goal, terms: goal.terms.slice(0, 1) };
  const { summary, rows } = await outcome({ frames: breathing(1), target: breathing(1), goal: only });
  assert.deepEqual([...new Set(rows.filter(({ measure }) => measure === "null").map(({ of }) => of))], [
    "scrambled",
  ]);
  assert.equal(summary.verdict, "pass");
});

Deno.test("the same seed gives the same bytes, another one another null and the same residuals", async () => {
  const request = { frames: breathing(6, 5), target: breathing(6), settings: { shifted: 3 } };
  const [one, again] = [await outcome(request), await outcome(request)];
  const other = await outcome({ ...request, settings: { ...request.settings, seed: 2 } });
  assert.equal(again.table, one.table);
  assert.equal(again.summaryText, one.summaryText);
  assert.notDeepEqual(values(other, "null", "scrambled"), values(one, "null", "scrambled"));
  assert.deepEqual(values(other, "null", "shifted"), values(one, "null", "shifted"));
  assert.deepEqual(values(other, "residual"), values(one, "residual"));
});

Deno.test("a stop keeps what was measured: the next run goes on and writes the same bytes", async () => {
  const request = { frames: breathing(6, 5), target: breathing(6), others: { other: breathing(4, 9) } };
  const whole = await outcome(request);
  await using folder = await temporaryFolder();
  assert.equal(await match(folder.path, { ...request, stopAfter: 2 }), undefined);
  assert.equal(await match(folder.path, { ...request, stopAfter: 1 }), undefined);
  const rest = await match(folder.path, request);
  assert.equal(rest?.events.length, 3);
  assert.equal(rest.table, whole.table);
  assert.equal(rest.summaryText, whole.summaryText);
});

Deno.test("what was measured is kept from time to time, and a stop before the first frame leaves nothing", async () => {
  const request = { frames: breathing(3, 5), target: breathing(3), checkpointEvery: 1e-9 };
  const saved = (await outcome(request)).saved.map((event) =>
    event.type === "checkpoint.saved" ? event.frame : event.type
  );
  assert.equal(saved[0], 0);
  await using folder = await temporaryFolder();
  assert.equal(await match(folder.path, { ...request, stopAfter: 0 }), undefined);
  await assert.rejects(Deno.stat(`${folder.path}/store/match-1/state.npz`), Deno.errors.NotFound);
});

Deno.test("progress is told after each frame", async () => {
  const { events } = await outcome({ frames: breathing(4), target: breathing(4) });
  assert.deepEqual(
    events.map((event) => event.type === "frame.finished" ? [event.frame, event.of] : []),
    [[0, 4], [1, 4], [2, 4], [3, 4]],
  );
});
