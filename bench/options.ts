/**
 * The arguments of `deno task bench`.
 * @module
 */
import { parseArgs } from "node:util";
import { WorkflowError } from "../lib/errors.ts";
import type { Size } from "../lib/frames/frame.ts";
import { type Stream, streams } from "./iterations/workload.ts";

const subjects = [
  "iterations",
  "optimizers",
  "frames",
  "profile",
  "status",
  "checkpoints",
  "activity",
] as const;

/** What is measured, and how. */
export interface BenchOptions {
  readonly what: (typeof subjects)[number];
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
  const values = parsed(args);
  return {
    what: oneOf("--what", subjects, values.what),
    sizes: values.sizes?.split(",").map(parseSize),
    streams: values.streams.split(",").map((name) => oneOf("--streams", streams, name)),
    runs: wholeNumber("--runs", values.runs),
    threads: values.threads === undefined ? undefined : wholeNumber("--threads", values.threads),
    exact: values.exact,
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
        streams: { type: "string", default: streams.join() },
        runs: { type: "string", default: "7" },
        threads: { type: "string" },
        exact: { type: "boolean", default: false },
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
