/**
 * What the program and its verbs have to say to each other.
 * @module
 */
import type { Command } from "commander";
import type { Output } from "../display/output.ts";

/** One call of the program. */
export interface Call {
  /** All arguments, for the record and for commands that are proposed. */
  readonly args: readonly string[];
  readonly output: Output;
  /** Takes the exit code. */
  readonly finish: (code: number) => void;
}

/** Adds a verb to the program. */
export type Verb = (program: Command, call: Call) => void;

/** Lines of a workflow are quoted as wide as the terminal is. */
export function terminalWidth({ columns }: Output): { readonly columns?: number } {
  return columns === undefined ? {} : { columns };
}
