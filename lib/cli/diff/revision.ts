/**
 * A workflow as it was in a git revision: `HEAD~3:workflows/metamer.yaml`. Workflows and clip tables are read from there. Of a
 * clip that git keeps the content is that of the revision; one that it does not keep is taken as it is now.
 * @module
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import { MissingError, WorkflowError } from "../../errors.ts";
import type { DigestFile } from "../../plan/stage_kind.ts";
import { sha256OfBytes } from "../../store/checksum.ts";
import type { ReadFile } from "../../workflow/read_text.ts";
import { askGit } from "../git.ts";
import type { Sources } from "../load_workflow.ts";

/** A revision, and a path in it. */
export interface Revision {
  /** Of the workflow where it lies, or would lie, now. */
  readonly path: string;
  readonly sources: Sources;
}

/** Reads `REVISION:PATH`, a path from the repository's top folder, or from the working folder when it begins with `./`. */
export async function openRevision(text: string): Promise<Revision> {
  const colon = text.indexOf(":");
  const [revision, path] = [text.slice(0, colon), text.slice(colon + 1)];
  const top = (await gitText(text, ["rev-parse", "--show-toplevel"])).trim();
  const commit = (await gitText(text, ["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`]))
    .trim();
  const file = /^\.\.?\//.test(path) ? resolve(path) : join(top, path);
  return {
    path: relative(Deno.cwd(), file),
    sources: { read: readFrom(top, commit), digestWith: digestFrom(top, commit) },
  };
}

async function gitText(side: string, question: readonly string[]): Promise<string> {
  const answer = await askGit(".", question);
  if (answer === undefined) throw new MissingError(`${side} names a git revision, and git is not here`);
  if (!answer.success) throw new WorkflowError(`${side}: error: git says: ${answer.reason}`);
  return new TextDecoder().decode(answer.stdout);
}

/** What the revision has at a path; undefined when that is nothing, or outside of the repository. */
async function contentAt(top: string, commit: string, path: string): Promise<Uint8Array | undefined> {
  const inside = relative(top, resolve(path));
  if (inside.startsWith("..") || isAbsolute(inside)) return undefined;
  const answer = await askGit(top, ["cat-file", "blob", `${commit}:${inside}`]);
  return answer?.success === true ? answer.stdout : undefined;
}

function readFrom(top: string, commit: string): ReadFile {
  return async (path, mostBytes) => {
    const bytes = await contentAt(top, commit, path);
    if (bytes === undefined) return { code: "file_missing", file: path };
    return bytes.length <= mostBytes
      ? bytes
      : { code: "text_too_large", bytes: bytes.length, most: mostBytes };
  };
}

function digestFrom(top: string, commit: string): (digest: DigestFile) => DigestFile {
  return (digest) => async (path) => {
    const bytes = await contentAt(top, commit, path);
    return bytes === undefined ? await digest(path) : sha256OfBytes(bytes);
  };
}
