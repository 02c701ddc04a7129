/**
 * Asking git, where there is one. No shell, and nothing in a repository is changed.
 * @module
 */

/** Where git is looked for. The search path is not asked: run permissions name exact files. */
const programs = ["/usr/bin/git", "/usr/local/bin/git"];

/** How git answered. */
export interface GitAnswer {
  readonly success: boolean;
  readonly stdout: Uint8Array;
  /** Why it refused, in its own words. */
  readonly reason: string;
}

/** What git says in a folder; undefined where there is no git. */
export async function askGit(folder: string, question: readonly string[]): Promise<GitAnswer | undefined> {
  const args = ["--no-optional-locks", "-C", folder, ...question];
  for (const program of programs) {
    try {
      const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" }).output();
      const reason = new TextDecoder().decode(stderr).trim().replace(/^fatal: /, "");
      return { success, stdout, reason };
    } catch (error) {
      const isNotHere = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable;
      if (!isNotHere) throw error;
    }
  }
  return undefined;
}
