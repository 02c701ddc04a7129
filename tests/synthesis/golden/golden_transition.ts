/**
 * transition.npz: two transitions through two octaves with four different targets, by the authors' code.
 * Each octave can be begun from the golden state before it.
 */
import assert from "node:assert/strict";
import type { Engine } from "../../../lib/engines/engine.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import { resizeBilinear } from "../../../lib/frames/resize.ts";
import { createModelLibrary } from "../../../lib/models/model_library.ts";
import { termsOf, type TermValues } from "../../../lib/synthesis/balance.ts";
import { octaveSize } from "../../../lib/synthesis/octaves.ts";
import { SynthesisPrograms } from "../../../lib/synthesis/programs.ts";
import { recipeOf, type TermTargets } from "../../../lib/synthesis/requests.ts";
import { type OctaveStep, type Resample, termNames } from "../../../lib/synthesis/settings.ts";
import { shareWithin } from "./golden_setting.ts";
import { difference } from "../../frames/golden_frames.ts";
import { assertAtMost, assertNear, type GoldenFile, shortNames, weights } from "./golden_setting.ts";
import type { OctaveResult } from "../../../lib/synthesis/run_octave.ts";

/** 1: time 0 -> 1, 2: time 1 -> 2. */
export type TransitionNumber = 1 | 2;

/** The schedule of the golden run. */
export function goldenSteps({ numbers, number }: GoldenFile): OctaveStep[] {
  const [iterations, rates, variations] = ["iterations", "learning_rates", "total_variation_weights"].map(
    numbers,
  );
  return numbers("octaves").map((octave, i) => ({
    octave,
    scale: number("scale"),
    iterations: iterations?.[i] ?? NaN,
    learning_rate: rates?.[i] ?? NaN,
    total_variation: variations?.[i] ?? NaN,
  }));
}

/** The four targets of a transition with their weights, each frame as `seen` makes it. */
export function goldenTargets(
  golden: GoldenFile,
  transition: TransitionNumber,
  seen: (frame: Frame) => Frame = (frame) => frame,
): TermTargets {
  const strengths = golden.numbers("weights");
  const target = (short: "sc" | "ss" | "tc" | "ts", index: number) => {
    const frames = golden.clip(`target_${short}`);
    const [previous, current] = [frames[transition - 1], frames[transition]];
    assert.ok(previous !== undefined && current !== undefined);
    return { previous: seen(previous), current: seen(current), weight: strengths[index] ?? NaN };
  };
  return {
    spatial_content: target("sc", 0),
    spatial_texture: target("ss", 1),
    temporal_content: target("tc", 2),
    temporal_texture: target("ts", 3),
  };
}

/** The generated frame before, and where the moving frame starts, of full size. */
export function goldenStart({ frame }: GoldenFile, mode: Resample, transition: TransitionNumber) {
  return transition === 1
    ? { previous: frame("noise_previous"), start: frame("noise_start") }
    : { previous: frame(`${mode}_t1_color_transferred`), start: frame(`${mode}_t1_next_start`) };
}

/**
 * What the octave at a position of the schedule sees, from the golden state before it: in `cascade` the previous frame
 * and the targets of the second octave have gone through the size of the first.
 */
export function goldenOctave(golden: GoldenFile, mode: Resample, transition: TransitionNumber, index: 0 | 1) {
  const steps = goldenSteps(golden);
  const [first] = steps;
  const step = steps[index];
  assert.ok(first !== undefined && step !== undefined);
  const { previous, start } = goldenStart(golden, mode, transition);
  const blurred = (frame: Frame): Frame => {
    if (mode === "original" || index === 0) return frame;
    const small = octaveSize(frame, first);
    return resizeBilinear(resizeBilinear(frame, small.height, small.width), frame.height, frame.width);
  };
  return {
    step,
    previous: blurred(previous),
    start: index === 0 ? start : golden.frame(`${mode}_t${transition}_octave0_end_frame`),
    targets: goldenTargets(golden, transition, blurred),
  };
}

/** Programs for the golden run's four terms. */
export async function goldenPrograms(golden: GoldenFile, engine: Engine): Promise<SynthesisPrograms> {
  const models = createModelLibrary({ weightsFolder: weights ?? "", offline: true });
  return new SynthesisPrograms(engine, await recipeOf(goldenTargets(golden, 1), {}, "reference", models));
}

/** Asserts that an octave which began at the golden state before it ended as the golden one. */
export function assertGoldenOctave(
  golden: GoldenFile,
  made: OctaveResult,
  mode: Resample,
  transition: TransitionNumber,
  index: 0 | 1,
): void {
  const name = `${mode}_t${transition}_octave${index}`;
  const terms = Object.values(shortNames);
  assert.deepEqual(terms, [...termNames]);
  const assertValues = (values: TermValues, array: string, tolerance: number) => {
    assert.deepEqual(termsOf(values), terms);
    golden.numbers(array).forEach((expected, i) => {
      const term = terms[i];
      assertNear(term && values[term], expected, tolerance, `${array}, ${term}`);
    });
  };
  assertValues(made.startLosses, `${name}_losses_start`, 2e-5);
  assertValues(made.multipliers, `${name}_multipliers`, 2e-5);
  assertValues(made.endLosses, `${name}_losses_end`, 1e-4);
  const rows = [...made.history.map(({ losses }) => losses), made.endLosses];
  golden.numbers(`${name}_losses`).forEach((expected, i) => {
    const term = terms[i % terms.length];
    const row = rows[Math.floor(i / terms.length)];
    assertNear(row && term && row[term], expected, 1e-4, `${name}_losses ${i}`);
  });
  golden.numbers(`${name}_gradient_std`).forEach((expected, i) => {
    assertNear(made.history[i]?.gradientStd, expected, 1e-3, `${name}_gradient_std ${i}`);
  });
  golden.numbers(`${name}_clipped_share`).forEach((expected, i) => {
    assertAtMost(
      Math.abs((made.history[i]?.clippedShare ?? NaN) - expected),
      1e-3,
      `${name}_clipped_share ${i}`,
    );
  });
  assertGoldenFrame(made.endFrame, golden.frame(`${name}_end_frame`), index);
}

/** Asserts that the end frame of an octave is the golden one. */
export function assertGoldenFrame(found: Frame, expected: Frame, index: 0 | 1): void {
  const [mean, single] = index === 0 ? [1e-5, 1e-4] : [5e-5, 3e-3];
  assertAtMost(difference(found, expected).mean, mean, `end frame of octave ${index}`);
  const share = shareWithin(found, expected, single);
  assert.ok(share >= 0.999, `end frame of octave ${index}: ${share} of the values within ${single}`);
}
