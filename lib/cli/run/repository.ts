/**
 * The commit that a file's repository is at. It is read from the repository's own files; whether the file itself was
 * changed since is asked of git, where there is one.
 * @module
 */
import { dirname, join, resolve } from "node:path";
import type { Repository } from "../../store/manifest.ts";
import { readTextIfThere, unlessAbsent } from "../../store/presence.ts";
import { askGit } from "../git.ts";

/** Undefined for a file that is in no repository, or in one without commits. */
export async function describeRepository(file: string): Promise<Repository | undefined> {
  const path = resolve(file);
  for (let folder = dirname(path);; folder = dirname(folder)) {
    const gitFolder = await gitFolderIn(folder);
    const commit = gitFolder === undefined ? undefined : await commitOf(gitFolder);
    if (commit !== undefined) return { commit, dirty: await isDirty(path) };
    if (gitFolder !== undefined || dirname(folder) === folder) return undefined;
  }
}

/** The folder `.git`, or the one that a file of that name points to, as in worktrees and submodules. */
async function gitFolderIn(folder: string): Promise<string | undefined> {
  const path = join(folder, ".git");
  const found = await unlessAbsent(path, () => Deno.stat(path));
  if (found === undefined || found.isDirectory) return found && path;
  const pointer = (await readTextIfThere(path))?.match(/^gitdir: (.+)$/m)?.[1];
  return pointer === undefined ? undefined : resolve(folder, pointer);
}

async function commitOf(gitFolder: string): Promise<string | undefined> {
  const head = await readTextIfThere(join(gitFolder, "HEAD"));
  const reference = head?.match(/^ref: (.+)$/m)?.[1];
  if (reference === undefined) return commitIn(head);
  // A worktree has a HEAD of its own; branches are the repository's.
  const common = (await readTextIfThere(join(gitFolder, "commondir")))?.trim();
  const shared = common === undefined ? gitFolder : resolve(gitFolder, common);
  const loose = commitIn(await readTextIfThere(join(shared, reference)));
  if (loose !== undefined) return loose;
  const packed = await readTextIfThere(join(shared, "packed-refs")) ?? "";
  return commitIn(packed.split("\n").find((line) => line.endsWith(` ${reference}`)));
}

function commitIn(text: string | undefined): string | undefined {
  return text?.match(/^[0-9a-f]{40,64}\b/)?.[0];
}

async function isDirty(path: string): Promise<boolean | null> {
  const answer = await askGit(dirname(path), ["status", "--porcelain", "--", path]);
  return answer?.success === true ? answer.stdout.length > 0 : null;
}
