/**
 * How the program is called by people, who have Node and nothing else.
 * @module
 */

/** What stands before a verb: the Deno that this runs on, fetched by Node. */
export const invocation = `npx -y deno@${Deno.version.deno} task`;

/** A command that can be copied into a shell. */
export function commandLine(args: readonly string[]): string {
  return [invocation, ...args.map(quoted)].join(" ");
}

/** An argument as a shell takes it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
