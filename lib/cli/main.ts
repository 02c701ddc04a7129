/**
 * The program: arguments in, exit code out. The only place where errors become exit codes.
 * @module
 */
import { Command, CommanderError } from "commander";
import { isUserError } from "../errors.ts";
import { type Output, standardOutput } from "./display/output.ts";
import { invocation } from "./invocation.ts";
import {
  planOptionsSchema,
  runOptionsSchema,
  validateOptionsSchema,
  withPlanOptions,
  withRunOptions,
  withWorkflowOptions,
} from "./options.ts";
import { plan } from "./verbs/plan.ts";
import { run } from "./verbs/run.ts";
import { validate } from "./verbs/validate.ts";
import { version } from "./version.ts";

/** Runs one command. Never throws: what went wrong is told on standard error. */
export async function main(args: readonly string[], output: Output = standardOutput()): Promise<number> {
  let code = 0;
  const program = commands(args, output, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return exitCode(error);
  }
}

function exitCode(error: unknown): number {
  // Commander has told already what is wrong; it throws for --help, too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isUserError(error)) {
    console.error(error.exitCode === 2 ? error.message : `error: ${error.message}`);
    return error.exitCode;
  }
  console.error(
    "This is a bug in Metamer, not a mistake of yours. What was finished is kept; please report:",
  );
  console.error(error instanceof Error ? error.stack ?? error.message : error);
  return 1;
}

function commands(args: readonly string[], output: Output, finish: (code: number) => void): Command {
  // Lines of the workflow are quoted as wide as the terminal is.
  const terminal = output.columns === undefined ? {} : { columns: output.columns };
  const program = new Command(invocation)
    .description("Renders dynamic visual stimuli from workflow files.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError();

  withRunOptions(program.command("run"))
    .description("make what a workflow describes and is not there yet")
    .action(async (file: string, options: unknown) => {
      finish(await run(file, { ...terminal, ...runOptionsSchema.parse(options), command: args }, output));
    });

  withPlanOptions(program.command("plan"))
    .description("show what a run would make, why, and for how long; writes nothing")
    .action(async (file: string, options: unknown) => {
      finish(await plan(file, { ...terminal, ...planOptionsSchema.parse(options) }, output));
    });

  withWorkflowOptions(program.command("validate"))
    .description("check a workflow; writes nothing")
    .option("--resolved", "print it with all defaults")
    .action(async (file: string, options: unknown) => {
      finish(await validate(file, { ...terminal, ...validateOptionsSchema.parse(options) }, output));
    });

  return program;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
