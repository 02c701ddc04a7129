/**
 * What a job array waits for, in the words of `sbatch --dependency`.
 * @module
 */
import type { JobArray, Place } from "./arrange.ts";

/** An array's number in Slurm; how many tasks it has, where that is known. */
export interface SubmittedArray {
  readonly job: string;
  readonly tasks?: number;
}

/**
 * "afterok:12", "afterok:12_3:12_5", "aftercorr:12:13", or undefined for an array that waits for nothing.
 * @param submitted the array of a place
 */
export function dependencyOf(
  waitsFor: JobArray["waitsFor"],
  submitted: (array: Place["array"]) => SubmittedArray,
): string | undefined {
  if ("corresponding" in waitsFor) {
    return ["aftercorr", ...waitsFor.corresponding.map((array) => submitted(array).job)].join(":");
  }
  if (waitsFor.all.length === 0) return undefined;
  const byJob = Map.groupBy(waitsFor.all, ({ array }) => submitted(array).job);
  const jobs = [...byJob].flatMap(([job, places]) => {
    const [first] = places;
    const isWhole = first !== undefined && submitted(first.array).tasks === places.length;
    return isWhole ? [job] : places.map(({ index }) => `${job}_${index}`);
  });
  return ["afterok", ...jobs].join(":");
}
