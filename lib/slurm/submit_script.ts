/**
 * A script for a shell that submits the arrays in their order, each with the numbers of those that it waits for.
 * @module
 */
import type { JobArray } from "./arrange.ts";
import { dependencyOf } from "./dependency.ts";
import { shellWord, shellWords } from "./shell_word.ts";

/** An array, and what sbatch is told of it. */
export interface SubmittedByScript extends JobArray {
  /** Its files are `<script>.sbatch` and `<script>.job`. */
  readonly script: string;
  /** Arguments of sbatch for an array that waits for others, in the words of `dependencyOf`. */
  readonly argumentsWith: (dependency: string | undefined) => readonly string[];
}

/** The script. It keeps each number beside the array's script, as a submission by the program does. */
export function submitScript(folder: string, arrays: readonly SubmittedByScript[]): string {
  return [
    "#!/bin/bash",
    "# Submits these jobs, each stage after those that it reads.",
    "set -eu",
    `cd -- ${shellWord(folder)}`,
    "for record in *.job; do",
    '  if [ -e "$record" ]; then echo "These jobs were submitted before."; exit 1; fi',
    "done",
    ...arrays.flatMap((array, number) => submission(array, number, arrays)),
    "",
  ].join("\n");
}

function submission(
  { script, waitsFor, argumentsWith }: SubmittedByScript,
  number: number,
  arrays: readonly SubmittedByScript[],
): readonly string[] {
  const dependency = dependencyOf(waitsFor, (array) => {
    if (typeof array !== "number") return array;
    // Stands for the number until the shell knows it.
    return { job: `JOB${array}.`, tasks: arrays[array]?.tasks.length ?? 0 };
  });
  const words = argumentsWith(dependency).map((word) => {
    return word.startsWith("--dependency=")
      ? `"${word.replaceAll(/JOB(\d+)\./g, "${job$1}")}"`
      : shellWord(word);
  });
  return [
    `job${number}=$(sbatch --parsable ${words.join(" ")})`,
    `job${number}=\${job${number}%%;*}`,
    `echo "$job${number}" > ${shellWords([`${script}.job`])}`,
    `echo "${script}: job $job${number}"`,
  ];
}
