/**
 * The program: arguments in, exit code out. The only place where errors become exit codes.
 * @module
 */
import { Command, CommanderError } from "commander";
import { isUserError } from "../errors.ts";
import { type Output, standardOutput } from "./display/output.ts";
import { invocation, returnToUsersFolder } from "./invocation.ts";
import { setLoaderVariablesAside } from "./loader_variables.ts";
import { cancelVerb } from "./verbs/cancel.ts";
import { cleanVerb } from "./verbs/clean.ts";
import { diffVerb } from "./verbs/diff.ts";
import { doctorVerb } from "./verbs/doctor.ts";
import { exportVerb } from "./verbs/export.ts";
import { freezeVerb } from "./verbs/freeze.ts";
import { modelsVerb } from "./verbs/models.ts";
import { planVerb } from "./verbs/plan.ts";
import { reproduceVerb } from "./verbs/reproduce.ts";
import { runVerb } from "./verbs/run.ts";
import { statusVerb } from "./verbs/status.ts";
import { validateVerb } from "./verbs/validate.ts";
import type { Verb } from "./verbs/verb.ts";
import { version } from "./version.ts";

/** In the order in which `--help` lists them. */
const verbs: readonly Verb[] = [
  runVerb,
  planVerb,
  statusVerb,
  cancelVerb,
  diffVerb,
  reproduceVerb,
  freezeVerb,
  validateVerb,
  modelsVerb,
  doctorVerb,
  exportVerb,
  cleanVerb,
];

/** Runs one command. Never throws: `tell` is given what went wrong, and says it on standard error when it is left out. */
export async function main(
  args: readonly string[],
  output: Output = standardOutput(),
  tell: (problem: unknown) => void = console.error,
): Promise<number> {
  let code = 0;
  const program = commands(args, output, tell, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return exitCode(error, tell);
  }
}

function exitCode(error: unknown, tell: (problem: unknown) => void): number {
  // Commander has told already what is wrong; it throws for --help, too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isUserError(error)) {
    tell(error.exitCode === 2 ? error.message : `error: ${error.message}`);
    return error.exitCode;
  }
  tell(
    "This is a bug in Metamer, not a mistake of yours. What was finished is kept; please report:",
  );
  tell(error instanceof Error ? error.stack ?? error.message : error);
  return 1;
}

function commands(
  args: readonly string[],
  output: Output,
  tell: (problem: unknown) => void,
  finish: (code: number) => void,
): Command {
  const program = new Command(invocation())
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => tell(text.replace(/\n$/, "")),
    })
    .description("Renders dynamic visual stimuli from workflow files.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError();
  for (const verb of verbs) verb(program, { args, output, finish });
  return program;
}

if (import.meta.main) {
  setLoaderVariablesAside();
  returnToUsersFolder();
  Deno.exit(await main(Deno.args));
}
