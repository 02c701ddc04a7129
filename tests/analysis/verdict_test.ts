import assert from "node:assert/strict";
import { judgeLayer, judgeTerm, judgeTogether } from "../../lib/analysis/verdict.ts";

const times = Array.from({ length: 20 }, (_, frame) => frame);

/** A residual at each of twenty frames. */
function over(valueAt: (frame: number) => number) {
  return times.map((frame) => ({ frame, value: valueAt(frame) }));
}

function verdict(
  residualAt: (frame: number) => number,
  ceilingAt: (frame: number) => number,
  nulls: Readonly<Record<string, (frame: number) => number>>,
) {
  const sources = Object.entries(nulls).map(([source, valueAt]) => [source, over(valueAt)] as const);
  return judgeLayer({ residuals: over(residualAt), ceiling: over(ceilingAt), nulls: new Map(sources) }, 0.05)
    .verdict;
}

const growing = (frame: number) => 0.1 + frame;

Deno.test("a layer passes when its frames are nearer than what is no match, and fails when they are not", () => {
  assert.equal(verdict((t) => 0.5 * growing(t), () => 0.01, { other: growing }), "pass");
  assert.equal(verdict((t) => 2 * growing(t), () => 0.01, { other: growing }), "fail");
  assert.equal(verdict(growing, () => 0.01, { other: growing }), "fail");
});

Deno.test("residuals are compared at the same time, so that a clip may change", () => {
  const mean = times.reduce((sum, t) => sum + 0.9 * growing(t), 0) / times.length;
  assert(mean > growing(0), "compared over all times, the frames would be farther than a part of the null");
  assert.equal(verdict((t) => 0.9 * growing(t), () => 0.01, { other: growing }), "pass");
});

Deno.test("one frame of twenty may be as far as what is no match only with a larger share", () => {
  const residuals = over((t) => t === 3 ? 2 : 0.1);
  const evidence = { residuals, ceiling: over(() => 0.01), nulls: new Map([["other", over(() => 1)]]) };
  assert.equal(judgeLayer(evidence, 0.05).verdict, "fail");
  assert.equal(judgeLayer(evidence, 0.06).verdict, "pass");
});

Deno.test("every source that tells must be undercut, not only the farthest", () => {
  assert.equal(verdict(() => 0.3, () => 0.05, { far: () => 2, near: () => 0.2 }), "fail");
});

Deno.test("where the target's neighbors are as far as what is no match, nothing is held against the frames", () => {
  assert.equal(verdict(() => 0.4, () => 0.4, { shifted: () => 0.3 }), "undecided");
  assert.equal(verdict(() => 0.4, () => 0.4, { shifted: () => 0.3, other: () => 1 }), "pass");
  assert.equal(verdict(() => 1.5, () => 0.4, { shifted: () => 0.3, other: () => 1 }), "fail");
});

Deno.test("frames that are nearer pass also where the target's neighbors are not", () => {
  assert.equal(verdict(() => 0, () => 0.4, { shifted: () => 0.3 }), "pass");
});

Deno.test("a clip that never changes is judged by what differs from it, and by nothing if nothing does", () => {
  assert.equal(verdict(() => 0, () => 0, { shifted: () => 0, scrambled: () => 0.2 }), "pass");
  assert.equal(verdict(() => 0, () => 0, { shifted: () => 0, scrambled: () => 0 }), "undecided");
  assert.equal(verdict(() => 0, () => 0, {}), "undecided");
  const nulls = new Map([["other", over(() => 1)]]);
  assert.equal(judgeLayer({ residuals: [], ceiling: [], nulls }, 0.05).verdict, "undecided");
});

Deno.test("a single frame has no ceiling and is judged all the same", () => {
  const evidence = { ceiling: [], nulls: new Map([["other", [{ frame: 0, value: 1 }]]]) };
  assert.equal(judgeLayer({ ...evidence, residuals: [{ frame: 0, value: 0.5 }] }, 0.05).verdict, "pass");
  assert.equal(judgeLayer({ ...evidence, residuals: [{ frame: 0, value: 1.5 }] }, 0.05).verdict, "fail");
});

Deno.test("one layer fails a term; undecided layers don't hinder it; every term must pass", () => {
  assert.equal(judgeTerm(["pass", "fail", "undecided"]), "fail");
  assert.equal(judgeTerm(["pass", "undecided"]), "pass");
  assert.equal(judgeTerm(["undecided"]), "undecided");
  assert.equal(judgeTogether(["pass", "pass"]), "pass");
  assert.equal(judgeTogether(["pass", "undecided"]), "undecided");
  assert.equal(judgeTogether(["undecided", "fail"]), "fail");
  assert.equal(judgeTogether([]), "undecided");
});
