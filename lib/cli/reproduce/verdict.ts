/**
 * What a reproduction comes to.
 * @module
 */
import { instancePaths } from "../../store/layout.ts";
import { readManifest } from "../../store/manifest.ts";
import { twoDigits } from "../display/residuals.ts";
import { wrapped } from "../display/wrapped.ts";
import { compareResults, type ResultComparison } from "./compare_results.ts";
import type { Recorded } from "./recorded.ts";

/** One instance, compared. */
export interface ComparedInstance extends ResultComparison {
  readonly name: string;
  readonly key: string;
  /** What is compared: frames, or the files of a table. */
  readonly what: "frame" | "file";
}

/** A reproduction, compared. */
export interface Reproduction {
  /** The worst of its instances'. */
  readonly verdict: ResultComparison["verdict"];
  readonly instances: readonly ComparedInstance[];
  /** Were not finished, so that there is nothing to compare. */
  readonly unfinished: readonly string[];
}

/** Compares what was recorded with what was made in a folder of results of its own. */
export async function compareReproduction(
  { instances, unfinished }: Recorded,
  place: string,
): Promise<Reproduction> {
  const compared: ComparedInstance[] = [];
  for (const { name, paths, manifest } of instances) {
    const made = instancePaths(place, manifest.key);
    const again = await readManifest(made.manifest);
    if (again === undefined) throw new Error(`${name} was made again and has no manifest`);
    const comparison = await compareResults({ paths, manifest }, { paths: made, manifest: again });
    const what = manifest.video === undefined ? "file" : "frame";
    compared.push({ name, key: manifest.key, what, ...comparison });
  }
  const verdicts = ["different", "within tolerance"] as const;
  const verdict = verdicts.find((worse) => compared.some(({ verdict }) => verdict === worse)) ?? "identical";
  return { verdict, instances: compared, unfinished };
}

/** For people: the verdict of each instance, with where and by how much it differs, and that of all. */
export function describeReproduction(
  { verdict, instances, unfinished }: Reproduction,
  place: string | undefined,
  columns?: number,
): string {
  const count = `${instances.length} ${instances.length === 1 ? "instance" : "instances"}`;
  return [
    ...instances.flatMap(describeInstance),
    ...unfinished.map((name) => `${name}: was not finished, so that there is nothing to compare`),
    `${verdict} (${count})`,
    ...(place === undefined ? [] : [`What was made again is kept in ${place}`]),
  ].map((line) => wrapped(line, columns)).join("\n");
}

function describeInstance(instance: ComparedInstance): readonly string[] {
  const { name, verdict, compared, differing, first, distance, conditions, what } = instance;
  const files = `${compared} ${what}${compared === 1 ? "" : "s"}`;
  if (first === undefined) return [`${name}: ${verdict}, ${files}`];
  const where = `${differing} of ${files} ${differing === 1 ? "differs" : "differ"}, the first is ${first}`;
  const unit = what === "frame" ? "of values from 0 to 1" : "relative to their size";
  const by = distance === undefined
    ? "they could not be compared number by number"
    : `at most ${twoDigits(distance.largest)}, on average ${twoDigits(distance.mean)} (${unit})`;
  return [
    `${name}: ${verdict}: ${where}; ${by}`,
    ...(conditions.length === 0
      ? ["  made under the same conditions, under which the bytes should be the same"]
      : conditions.map((condition) => `  ${condition}`)),
  ];
}
