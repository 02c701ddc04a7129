/**
 * The pieces that the schemas of stages share. Each reports what it expects as data; `issues.ts` turns that into problems.
 * @module
 */
import { z } from "zod";
import { isAddress } from "./paths.ts";
import type { ProblemFact } from "./problems.ts";
import type { Expectation } from "./wording.ts";

/** For the `error` of a union: which words say what was expected. */
export function expects(expectation: Expectation): string {
  return expectation;
}

/** An issue for zod that carries one of our problems. */
export function problemIssue(fact: ProblemFact, path: (string | number)[] = []) {
  return { code: "custom" as const, params: { problem: fact }, path, message: fact.code };
}

/** A map of settings in which any other key is a problem that names the known ones. */
export function settingsMap<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : undefined,
  });
}

/** One word of a list. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words);
}

/** The name of a video, a stage or a model. */
export const name = z.string().min(1);

const frameNumber = z.string().regex(/^(0|[1-9][0-9]*)$/);

const frameOrPaddingNumber = z.string().regex(/^(0|-?[1-9][0-9]*)$/);

/** A number that may change over the clip: a number, or a map from output frame to number. */
export function keyframes(value: z.ZodType<number, number>) {
  return keyframesAt(frameNumber, value);
}

/** The same where padding frames, which are negative, may have numbers of their own. */
export function keyframesWithPadding(value: z.ZodType<number, number>) {
  return keyframesAt(frameOrPaddingNumber, value);
}

function keyframesAt(frame: z.ZodType<string, string>, value: z.ZodType<number, number>) {
  const map = z.record(frame, value).check((context) => {
    if (Object.keys(context.value).length === 0) {
      context.issues.push({ ...problemIssue({ code: "no_keyframes" }), input: context.value });
    }
  });
  return z.union([value, map], { error: expects("keyframes") });
}

/** A whole number of at least `minimum`. */
export function wholeNumber(minimum: number) {
  return z.int().min(minimum);
}

/** A number that is 0 or more. */
export const nonnegative = z.number().min(0);

/** A number above 0. */
export const positive = z.number().positive();

/** Seeds of the counter-based noise: 32 bits. */
export const seed = z.int().min(0).max(0xffffffff);

/** A side in pixels. */
export const side = z.int().min(1).max(16384);

/** No clip is longer: 11 hours at 25 frames per second. */
export const mostFrames = 1_000_000;

/** A count of frames. */
export const frameCount = z.int().min(1).max(mostFrames);

/** A path, relative to the file that it stands in. */
export const filePath = z.string().check((context) => {
  const problem = pathProblem(context.value);
  if (problem !== undefined) context.issues.push({ ...problemIssue(problem), input: context.value });
});

function pathProblem(path: string): ProblemFact | undefined {
  if (path === "") return { code: "wrong_type", expected: "path", found: path };
  if (path.includes("\0")) return { code: "control_character" };
  return isAddress(path) ? { code: "address", found: path } : undefined;
}
