/**
 * What a transition does not do again because the one before it has done it.
 */
import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { atOctaves } from "../../lib/synthesis/octaves.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import { recipeOf, targetFrames, type TermTargets } from "../../lib/synthesis/requests.ts";
import { ResizedFrames } from "../../lib/synthesis/resized_frames.ts";
import { runTransition } from "../../lib/synthesis/transition.ts";
import { noiseFrame, tinyModels, tinyStreams } from "./tiny_models.ts";
import { watchedEngine } from "./watched_engine.ts";

const size = { height: 24, width: 32 };
const octaves = [-1, 0].map((octave) => (
  { octave, scale: 1.5, iterations: 1, learning_rate: 0.01, total_variation: 0 }
));
const [first, second, third] = [1, 2, 3].map((seed) => noiseFrame(seed, size.height, size.width));
assert.ok(first !== undefined && second !== undefined && third !== undefined);

/** Makes a frame for each of these targets, one after the other; for each, how often targets were evaluated. */
async function evaluations(targets: readonly TermTargets[]): Promise<readonly number[]> {
  let evaluated = 0;
  await using engine = await openEngine({ engine: "reference" });
  const isStatistic = (output: string) => output === "color" || output === "change";
  const watched = watchedEngine(engine, (outputs) => evaluated += outputs.some(isStatistic) ? 1 : 0);
  const recipe = await recipeOf(targets[0] ?? {}, tinyStreams, "reference", tinyModels);
  await using programs = new SynthesisPrograms(watched, recipe);
  const counts: number[] = [];
  for (const [frame, chosen] of targets.entries()) {
    evaluated = 0;
    const outcome = await runTransition(programs, {
      frame,
      size,
      previous: noiseFrame(10 + frame, size.height, size.width),
      start: noiseFrame(20 + frame, size.height, size.width),
      targets: targetFrames(chosen),
      weights: { spatial_texture: 1, temporal_texture: 1 },
      octaves,
      balance: "initial",
      resample: "original",
      optimizer: { name: "descent", normalize_gradient: true },
      colorTransfer: undefined,
    });
    assert.ok("finished" in outcome);
    counts.push(evaluated);
  }
  return counts;
}

Deno.test("a target that stands still is evaluated once for each octave, not for each frame", async () => {
  const still = { previous: first, current: first };
  const both = { spatial_texture: still, temporal_texture: still };
  assert.deepEqual(await evaluations([both, both, both]), [4, 0, 0]);
});

Deno.test("a target that moves is evaluated anew for each frame", async () => {
  const pairs = [{ previous: first, current: second }, { previous: second, current: third }];
  assert.deepEqual(await evaluations(pairs.map((pair) => ({ temporal_texture: pair }))), [2, 2]);
  assert.deepEqual(await evaluations(pairs.map((pair) => ({ spatial_texture: pair }))), [2, 2]);
  const returning = [...pairs, { previous: third, current: second }];
  assert.deepEqual(await evaluations(returning.map((pair) => ({ temporal_texture: pair }))), [2, 2, 2]);
  assert.deepEqual(await evaluations(returning.map((pair) => ({ spatial_texture: pair }))), [2, 2, 0]);
});

Deno.test("a frame is resized once for the same sizes, and anew for others", () => {
  const resized = new ResizedFrames();
  const frames = resized.atOctaves(first, octaves, "original");
  assert.deepEqual(frames, atOctaves(first, octaves, "original"));
  assert.equal(
    resized.atOctaves(first, octaves.map((step) => ({ ...step, iterations: 9 })), "original"),
    frames,
  );
  assert.deepEqual(resized.atOctaves(second, octaves, "original"), atOctaves(second, octaves, "original"));
  for (
    const [steps, resample] of [[octaves, "cascade"], [octaves.slice(1), "original"], [
      [],
      "original",
    ]] as const
  ) {
    assert.deepEqual(resized.atOctaves(first, steps, resample), atOctaves(first, steps, resample));
  }
  const larger = octaves.map((step) => ({ ...step, scale: 1.2 }));
  assert.deepEqual(resized.atOctaves(first, larger, "original"), atOctaves(first, larger, "original"));
});
