/**
 * The arguments of `deno task bench`.
 * @module
 */
import { parseArgs } from "node:util";
import { WorkflowError } from "../lib/errors.ts";
import type { Size } from "../lib/frames/frame.ts";
import { type Stream, streams } from "./iterations/workload.ts";

/** What can be measured, and which options each subject has. */
const optionsOf = {
  iterations: ["sizes", "streams", "runs", "threads", "baseline", "json", "chart"],
  optimizers: ["sizes", "threads", "json", "chart"],
  frames: ["sizes", "runs", "threads", "json", "chart"],
  color_transfer: ["sizes", "runs", "json"],
  profile: ["sizes", "streams", "runs", "threads", "exact", "json"],
  status: ["sizes", "runs", "json"],
  checkpoints: ["sizes", "runs", "json"],
  activity: ["model", "sizes", "runs", "threads", "json"],
} as const;

/** What is measured. */
export type Subject = keyof typeof optionsOf;

const subjects = Object.keys(optionsOf).filter(isSubject);

/** What is measured, and how. */
export interface BenchOptions {
  readonly what: Subject;
  /** Left out: each subject's own. */
  readonly sizes: readonly Size[] | undefined;
  readonly streams: readonly Stream[];
  /** How often each iteration is timed. */
  readonly runs: number;
  /** Left out: as many as there are cores. */
  readonly threads: number | undefined;
  /** Convolutions of a profile are computed directly. */
  readonly exact: boolean;
  /** A Python interpreter that has the packages of baseline/requirements.txt. */
  readonly baseline: string | undefined;
  /** An .onnx file, of `activity`. */
  readonly model: string | undefined;
  /** Files to write. */
  readonly json: string | undefined;
  readonly chart: string | undefined;
}

/** Throws a WorkflowError that says what is wrong. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { what: named, ...values } = parsed(args);
  const what = oneOf("--what", subjects, named);
  requireTaken(what, Object.keys(values));
  const { threads, runs = "7", streams: chosen = streams.join(), exact = false } = values;
  return {
    what,
    sizes: values.sizes?.split(",").map(parseSize),
    streams: chosen.split(",").map((name) => oneOf("--streams", streams, name)),
    runs: wholeNumber("--runs", runs),
    threads: threads === undefined ? undefined : wholeNumber("--threads", threads),
    exact,
    baseline: values.baseline,
    model: values.model,
    json: values.json,
    chart: values.chart,
  };
}

/** Reads HEIGHTxWIDTH. Throws a WorkflowError. */
export function parseSize(text: string): Size {
  const [, height, width] = /^(\d+)x(\d+)$/.exec(text)?.map(Number) ?? [];
  if (height === undefined || width === undefined || Math.min(height, width) < 16) {
    throw new WorkflowError(`--sizes: expected HEIGHTxWIDTH from 16x16, like 160x284, got "${text}"`);
  }
  return { height, width };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        what: { type: "string", default: "iterations" },
        sizes: { type: "string" },
        streams: { type: "string" },
        runs: { type: "string" },
        threads: { type: "string" },
        exact: { type: "boolean" },
        baseline: { type: "string" },
        model: { type: "string" },
        json: { type: "string" },
        chart: { type: "string" },
      },
    }).values;
  } catch (error) {
    // parseArgs throws nothing but what is wrong with the arguments.
    throw new WorkflowError(error instanceof Error ? error.message : String(error));
  }
}

/** An option that a subject would not look at is an error: what was measured would not be what was asked for. */
function requireTaken(what: Subject, given: readonly string[]): void {
  const taken: readonly string[] = optionsOf[what];
  const other = given.find((name) => !taken.includes(name));
  if (other === undefined) return;
  const known = taken.map((name) => `--${name}`).join(", ");
  throw new WorkflowError(`--${other}: --what ${what} has no such option; it has ${known}`);
}

function isSubject(name: string): name is Subject {
  return name in optionsOf;
}

function oneOf<T extends string>(option: string, known: readonly T[], text: string): T {
  const found = known.find((name) => name === text);
  if (found === undefined) throw new WorkflowError(`${option}: expected ${known.join(", ")}, got "${text}"`);
  return found;
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new WorkflowError(`${option}: expected a whole number from 1, got "${text}"`);
  }
  return number;
}
