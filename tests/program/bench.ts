/**
 * Runs the program in the test's own process, which is done in hundredths of a second where a process needs some tenths to start.
 */
import { main } from "../../lib/cli/main.ts";
import { type Bench, benchOf, type Ended } from "./program.ts";

/** Runs it to its end in the test's own process: for what is said and written, not for permissions, signals and the environment. */
export async function callProgram(args: readonly string[]): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  const output = {
    write(text: string) {
      stdout += text;
    },
    columns: undefined,
  };
  const code = await main(args, output, (problem) => {
    stderr += `${problem}\n`;
  });
  return { code, stdout, stderr };
}

/** A folder with a workflow, which is run in the test's own process. */
export function bench(): Promise<Bench> {
  return benchOf(callProgram);
}
