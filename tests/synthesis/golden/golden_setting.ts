/**
 * What the golden tests of a synthesis have in common: the data, the models with their weights, and measures of error.
 * @module
 */
import assert from "node:assert/strict";
import { evaluateTerms } from "../../../mod.ts";
import { sharedPath } from "../../shared_data.ts";
import { readGoldenFrames } from "../../frames/golden_frames.ts";
import type { Engine } from "../../../lib/engines/engine.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import type { NpyArray } from "../../../lib/formats/npy.ts";
import { npzArray, type NpzArrays } from "../../../lib/formats/npz.ts";
import { frameFromBytes } from "../../../lib/frames/bytes.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import type { EvaluatedTerms } from "../../../lib/synthesis/evaluate_terms.ts";
import type { TermName } from "../../../lib/synthesis/settings.ts";
import { readGolden } from "../../golden_data.ts";

/** Terms by the short names of the golden files, in their order. */
export const shortNames: Readonly<Record<"sc" | "ss" | "tc" | "ts" | "tv", TermName>> = {
  sc: "spatial_content",
  ss: "spatial_texture",
  tc: "temporal_content",
  ts: "temporal_texture",
  tv: "total_variation",
};

/** Folder of the weights; golden tests are ignored where it or the file is missing. */
export const weights = sharedPath("weights");

/** Whether a golden test of this file cannot run here. */
export function isMissing(name: string): boolean {
  return weights === undefined || sharedPath(`golden/${name}`) === undefined;
}

/** A golden file: its frames, its numbers. */
export interface GoldenFile {
  readonly frame: (name: string) => Frame;
  /** The frames of an array of several. */
  readonly clip: (name: string) => readonly Frame[];
  readonly numbers: (name: string) => readonly number[];
  readonly number: (name: string) => number;
}

/** Reads a golden file of this name. */
export async function openGolden(name: string): Promise<GoldenFile> {
  const path = sharedPath(`golden/${name}`);
  assert.ok(path !== undefined, `golden/${name} is not on this machine`);
  const arrays: NpzArrays = readGolden(name);
  const numbers = (array: string) => Array.from(npzArray(arrays, array, name).data, Number);
  return {
    frame: await readGoldenFrames(path),
    clip: (array) => framesOf(npzArray(arrays, array, name)),
    numbers,
    number: (array) => numbers(array)[0] ?? NaN,
  };
}

/** The frames of an array [frames, height, width, 3] of uint8. */
function framesOf({ shape, data }: NpyArray): Frame[] {
  const [frames = 0, height = 0, width = 0] = shape;
  assert.ok(data instanceof Uint8Array);
  const length = height * width * 3;
  return Array.from(
    { length: frames },
    (_, i) => frameFromBytes(data.subarray(i * length, (i + 1) * length), height, width),
  );
}

/** How the engine of renders convolves, and how near its spatial terms then come to the authors' code: relative errors. */
export interface Convolutions {
  readonly name: string;
  readonly exact: boolean;
  readonly spatial: { readonly loss: number; readonly gradient: number };
}

/** Convolutions term by term, as the authors' code has them. */
export const exactly: Convolutions = {
  name: "--exact",
  exact: true,
  spatial: { loss: 2e-5, gradient: 1e-3 },
};

/** Winograd's algorithm where it is faster. */
export const byDefault: Convolutions = {
  name: "by default",
  exact: false,
  spatial: { loss: 5e-5, gradient: 2e-3 },
};

/** The engine of renders, opened for one test. */
export async function renderEngine({ exact }: Convolutions): Promise<Engine> {
  return await openEngine({ engine: "onnxruntime", exact });
}

/** All five terms of the generated pair against the target pair of two_stream.npz. */
export async function evaluateTwoStream(
  { frame }: GoldenFile,
  normalization: "reference" | "paper",
  { exact }: Convolutions,
): Promise<EvaluatedTerms> {
  const target = { previous: frame("target_prev"), current: frame("target_cur") };
  return await evaluateTerms({
    previous: frame("gen_prev"),
    current: frame("gen_cur"),
    targets: {
      spatial_content: target,
      spatial_texture: target,
      temporal_content: target,
      temporal_texture: target,
    },
    normalization,
    exact,
    ...(weights === undefined ? {} : { weights }),
  });
}

/** The term; throws when it was not evaluated. */
export function termOf(terms: EvaluatedTerms, term: TermName) {
  const found = terms[term];
  assert.ok(found !== undefined, `${term} was not evaluated`);
  return found;
}

/** ||found - expected|| / ||expected||. */
export function relativeError(found: Frame, expected: Frame): number {
  assert.deepEqual([found.height, found.width], [expected.height, expected.width]);
  let [difference, magnitude] = [0, 0];
  expected.data.forEach((value, i) => {
    difference += ((found.data[i] ?? NaN) - value) ** 2;
    magnitude += value ** 2;
  });
  return Math.sqrt(difference / magnitude);
}

/** Share of values that differ by at most `tolerance`. */
export function shareWithin(found: Frame, expected: Frame, tolerance: number): number {
  assert.deepEqual([found.height, found.width], [expected.height, expected.width]);
  const within = expected.data.filter((value, i) => Math.abs((found.data[i] ?? NaN) - value) <= tolerance);
  return within.length / expected.data.length;
}

/** Asserts that two numbers agree to a relative tolerance. */
export function assertNear(
  found: number | undefined,
  expected: number,
  tolerance: number,
  what: string,
): void {
  const error = Math.abs((found ?? NaN) - expected) / Math.abs(expected);
  assert.ok(error <= tolerance, `${what}: ${found}, expected ${expected}, error ${error.toExponential(2)}`);
}

/** Asserts that an error is a number up to the tolerance. */
export function assertAtMost(error: number, tolerance: number, what: string): void {
  assert.ok(error <= tolerance, `${what}: ${error.toExponential(2)}, tolerance ${tolerance}`);
}
