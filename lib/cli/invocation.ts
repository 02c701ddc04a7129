/**
 * How the program is called by people, who have Node and nothing else.
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { RunError } from "../errors.ts";
import { shellWord, shellWords } from "../slurm/shell_word.ts";

const projectUrl = new URL("../../", import.meta.url);

/** The project's folder; undefined where the program is no file. */
const project = projectUrl.protocol === "file:" ? fileURLToPath(projectUrl) : undefined;

/** What stands before a verb: the Deno that this runs on, fetched by Node, and where the project is seen from the working folder. */
export function invocation(): string {
  return shellWords(["npx", "-y", `deno@${Deno.version.deno}`, "task", ...configOption()]);
}

/** A command that can be copied into a shell. */
export function commandLine(args: readonly string[]): string {
  return [invocation(), ...args.map(shellWord)].join(" ");
}

/** The project's folder, from which `deno task` runs. Throws RunError where the program is no file. */
export function projectFolder(): string {
  if (project === undefined) throw new RunError("jobs need Metamer's folder on a disk, and it is none here");
  return project;
}

/**
 * `deno task` runs in the project's folder. Goes back to where the user stands, for paths are meant from there.
 * A working folder other than the project's was chosen by somebody and is left alone.
 */
export function returnToUsersFolder(): void {
  const folder = Deno.env.get("INIT_CWD");
  if (!folder || project === undefined || relative(Deno.cwd(), project) !== "") return;
  try {
    Deno.chdir(folder);
  } catch (error) {
    const isGone = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
    if (!isGone) throw error;
  }
}

/** Deno finds the project where the user stands in its folder. */
function configOption(): readonly string[] {
  if (project === undefined) return [];
  const here = relative(Deno.cwd(), project);
  if (here === "") return [];
  const config = join(project, "deno.json");
  const fromHere = relative(Deno.cwd(), config);
  return ["--config", fromHere.length < config.length ? fromHere : config];
}
