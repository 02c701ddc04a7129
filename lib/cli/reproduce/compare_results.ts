/**
 * Are two results of one specification the same: byte by byte, else by how much their numbers differ?
 * @module
 */
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { InstancePaths } from "../../store/layout.ts";
import type { Manifest } from "../../store/manifest.ts";
import { reportPage } from "../../store/result_files.ts";
import { DamagedFrame, readFrameFile } from "../../store/stored_frame.ts";
import { readTextIfThere } from "../../store/presence.ts";
import { frameOfStored } from "../export/delivered_frames.ts";
import { differentConditions } from "./conditions.ts";

/** A result: where it lies, and what is recorded of it. */
export interface Result {
  readonly paths: InstancePaths;
  readonly manifest: Manifest;
}

/** How far apart numbers are. */
export interface Distance {
  /** Of values between 0 and 1 in frames, relative in tables. */
  readonly largest: number;
  readonly mean: number;
}

/** What came out of the comparison of one instance. */
export interface ResultComparison {
  readonly verdict: "identical" | "within tolerance" | "different";
  /** How many files were compared: frames, or those of a table. */
  readonly compared: number;
  /** How many of them have other bytes, and the first of these. */
  readonly differing: number;
  readonly first?: string;
  /** Over all values of those; absent where they could not be compared number by number. */
  readonly distance?: Distance;
  /** In what the two were made under different conditions, in sentences. */
  readonly conditions: readonly string[];
}

/** On average a frame may be one level of 8 bits off: what rounding in another order grows to over an optimization. */
export const frameTolerance = 1 / 255;

/** Numbers of a table may on average be this far off, relative to their size. */
export const tableTolerance = 0.01;

/**
 * Compares what both have. Different bytes are within tolerance only where the conditions differ: under the same ones, the
 * bytes are the same.
 */
export async function compareResults(recorded: Result, again: Result): Promise<ResultComparison> {
  const digests = new Map(again.manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
  const isReport = recorded.manifest.outputs.some(({ path }) => path === reportPage);
  const outputs = recorded.manifest.outputs.filter(({ path }) =>
    digests.has(path) && (!isReport || isDrawnOrMeasured(path))
  );
  const differing = outputs.filter(({ path, sha256 }) => digests.get(path) !== sha256).map(({ path }) =>
    path
  );
  const conditions = differentConditions(recorded.manifest, again.manifest);
  const counts = { compared: outputs.length, differing: differing.length, conditions };
  const [first] = differing;
  if (first === undefined) return { verdict: outputs.length > 0 ? "identical" : "different", ...counts };
  const makesFrames = recorded.manifest.video !== undefined;
  const distances: Distance[] = [];
  for (const path of differing.filter((path) => path !== "summary.json" && !path.endsWith(".svg"))) {
    const distance = makesFrames
      ? await frameDistance(path, recorded, again)
      : await tableDistance(path, recorded, again);
    if (distance === undefined) return { verdict: "different", ...counts, first };
    distances.push(distance);
  }
  const tolerance = makesFrames ? frameTolerance : tableTolerance;
  // What a report reads was perhaps made under other conditions, and is compared by itself.
  const isNear = (conditions.length > 0 || isReport) && distances.every(({ mean }) => mean <= tolerance);
  const distance = {
    largest: Math.max(0, ...distances.map(({ largest }) => largest)),
    mean: distances.reduce((sum, { mean }) => sum + mean, 0) / Math.max(1, distances.length),
  };
  return { verdict: isNear ? "within tolerance" : "different", ...counts, first, distance };
}

/** Undefined where one of the frames is damaged, or they have not the same size. */
async function frameDistance(path: string, recorded: Result, again: Result): Promise<Distance | undefined> {
  const index = Number(path.match(/(\d+)\.npy$/)?.[1]);
  const read = async ({ paths, manifest }: Result) => {
    const sha256 = manifest.outputs.find((output) => output.path === path)?.sha256 ?? "";
    return frameOfStored(await readFrameFile(paths.folder, index, sha256)).data;
  };
  try {
    return distanceOf(await read(recorded), await read(again), () => 1);
  } catch (error) {
    if (error instanceof DamagedFrame) return undefined;
    throw error;
  }
}

/** Of a report: its page and the manifests in it tell when and where everything was made, so that they never are the same. */
function isDrawnOrMeasured(path: string): boolean {
  return path.endsWith(".svg") || path.endsWith("/table.csv");
}

/** Undefined where the tables have other rows. */
async function tableDistance(path: string, recorded: Result, again: Result): Promise<Distance | undefined> {
  const read = async ({ paths }: Result): Promise<readonly (readonly string[])[]> =>
    parse(await readTextIfThere(join(paths.folder, path)) ?? "");
  const [one, other] = [(await read(recorded)).flat(), (await read(again)).flat()];
  const isNumber = (cell = "") => cell !== "" && Number.isFinite(Number(cell));
  const sameTexts = one.length === other.length &&
    one.every((cell, index) => cell === other[index] || (isNumber(cell) && isNumber(other[index])));
  if (!sameTexts) return undefined;
  const numbers = (cells: readonly string[]) => cells.filter(isNumber).map(Number);
  return distanceOf(
    numbers(one),
    numbers(other),
    (a, b) => Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE),
  );
}

/** @param scale what a difference is relative to */
function distanceOf(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  scale: (a: number, b: number) => number,
): Distance | undefined {
  if (one.length !== other.length || one.length === 0) return undefined;
  let [largest, sum] = [0, 0];
  for (let index = 0; index < one.length; index++) {
    const [a = 0, b = 0] = [one[index], other[index]];
    const difference = Math.abs(a - b) / scale(a, b);
    largest = Math.max(largest, difference);
    sum += difference;
  }
  return { largest, mean: sum / one.length };
}
