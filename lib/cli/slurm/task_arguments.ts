/**
 * What of a command line goes to the jobs.
 * @module
 */

/** Options that are about submitting. What is forced was asked for in the store, where the jobs find it. */
const withValue: readonly string[] = ["--executor", "--per-task", "--force"];
const alone: readonly string[] = ["--script-only", "--no-wait"];

/** The arguments of `run` without those: the workflow, what changes it, and how it is computed. */
export function taskArguments([, ...args]: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    if (withValue.includes(argument)) index++;
    else if (!alone.includes(argument) && !withValue.some((option) => argument.startsWith(`${option}=`))) {
      kept.push(argument);
      // Whatever it looks like, the next one is its value.
      if (argument === "--set" && index + 1 < args.length) kept.push(args[++index] ?? "");
    }
  }
  return kept;
}
