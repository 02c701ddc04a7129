/**
 * What of a command line goes to other commands about the same workflow.
 * @module
 */
import { Command } from "commander";
import { withRunOptions } from "../options.ts";

/** Options that are about submitting. What is forced was asked for in the store, where the jobs find it. */
const submitting: readonly string[] = ["--executor", "--per-task", "--script-only", "--no-wait", "--force"];

/** Options that say which workflow is meant, and which results. */
const meaning: readonly string[] = ["--set", "--frames", "--out", "--name", "--preview"];

/** Options of `run` that take a value, as the next argument or behind `=`. */
const withValue: ReadonlySet<string> = new Set(
  withRunOptions(new Command()).options.flatMap(({ long, required }) => required && long ? [long] : []),
);

/** The arguments of `run` for a job: the workflow, what changes it, and how it is computed. */
export function taskArguments(command: readonly string[]): readonly string[] {
  return kept(command, (option) => !submitting.includes(option));
}

/** The command by which the same jobs are watched. */
export function watchingCommand(command: readonly string[]): readonly string[] {
  return [
    ...command.slice(0, 1),
    ...kept(command, (option) => option !== "--no-wait" && option !== "--force"),
  ];
}

/** The arguments by which `cancel` means the same results. */
export function sameResults(command: readonly string[]): readonly string[] {
  return kept(command, (option) => meaning.includes(option));
}

/** The arguments by which `status` means the same instances: their keys depend on the weights. */
export function sameInstances(command: readonly string[]): readonly string[] {
  return kept(command, (option) => option === "--weights" || meaning.includes(option));
}

/** The arguments after the verb, without the options that are not wanted and their values. */
function kept([, ...args]: readonly string[], isWanted: (option: string) => boolean): readonly string[] {
  const found: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    const [option = ""] = argument.split("=", 1);
    // Whatever a value looks like, it is no option.
    const length = withValue.has(argument) ? 2 : 1;
    if (!argument.startsWith("-") || isWanted(option)) found.push(...args.slice(index, index + length));
    index += length - 1;
  }
  return found;
}
