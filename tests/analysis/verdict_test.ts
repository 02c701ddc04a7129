import assert from "node:assert/strict";
import { judgeLayer, judgeTerm, judgeTogether } from "../../lib/analysis/verdict.ts";

const spread = (from: number, to: number) =>
  Array.from({ length: 21 }, (_, i) => from + (to - from) * i / 20);

function verdict(
  residuals: readonly number[],
  ceiling: readonly number[],
  nulls: Readonly<Record<string, readonly number[]>>,
) {
  return judgeLayer({ residuals, ceiling, nulls: new Map(Object.entries(nulls)) }, 0.05).verdict;
}

Deno.test("a layer passes below the null's quantile and fails above it", () => {
  const nulls = { other: spread(0.5, 1) };
  assert.equal(verdict([0.1, 0.2], [0.05], nulls), "pass");
  assert.equal(verdict([0.5, 0.56], [0.05], nulls), "fail");
  assert.equal(verdict([0, 0], [0.05], nulls), "pass");
});

Deno.test("every source that tells must be undercut, not only the farthest", () => {
  assert.equal(verdict([0.3], [0.05], { far: spread(2, 3), near: spread(0.2, 0.4) }), "fail");
});

Deno.test("a source that is no farther than the target's neighbors tells nothing", () => {
  const neighbors = [0.3, 0.5];
  assert.equal(verdict([0.35], neighbors, { shifted: spread(0.2, 0.6) }), "undecided");
  assert.equal(verdict([0.35], neighbors, { shifted: spread(0.2, 0.6), other: spread(0.5, 1) }), "pass");
});

Deno.test("frames that are nearer pass also where the target's neighbors are not", () => {
  assert.equal(verdict([0, 0.1], [0.3, 0.5], { shifted: spread(0.2, 0.6) }), "pass");
});

Deno.test("a clip that never changes is judged by what differs from it, and by nothing if nothing does", () => {
  assert.equal(verdict([0, 0], [0], { shifted: [0, 0], scrambled: [0.2, 0.3] }), "pass");
  assert.equal(verdict([0, 0], [0], { shifted: [0, 0], scrambled: [0, 0] }), "undecided");
  assert.equal(verdict([0], [], {}), "undecided");
  assert.equal(verdict([], [], { other: [1] }), "undecided");
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
