/**
 * `runs/<workflow>/stages/`: links by which people find the instances of a workflow in the store. Several processes may
 * make them at the same time: what is right is left alone, and what another one has moved away is tried again.
 * @module
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { cannotWrite, makeFolder, temporaryPath } from "./durable_write.ts";
import { instanceFolderName, instancePaths } from "./layout.ts";
import { entriesIfThere, unlessAbsent } from "./presence.ts";

const isWindows = Deno.build.os === "windows";

/** How often a link is tried to be made while others remove its folder. */
const trials = 50;

/**
 * Links `<stage>` (or `<stage>/<factors>`) to the store; links of earlier runs go away, a user's own files stay.
 * @param others instances whose links are left as they are
 */
export async function linkStages(
  runs: string,
  folder: string,
  keys: Readonly<Record<string, string>>,
  others: readonly string[] = [],
): Promise<void> {
  const targets = new Map(
    Object.entries(keys).map(([name, key]) => [
      join(folder, instanceFolderName(name)),
      instancePaths(runs, key).folder,
    ]),
  );
  await removeOthers(
    folder,
    new Set([...targets.keys(), ...others.map((name) => join(folder, instanceFolderName(name)))]),
  );
  for (const [link, target] of targets) {
    await makeFolder(target);
    await makeLink(link, target, dirname(folder));
  }
}

/** The key of the instance that the link of this name points at, be it there or not; undefined without a link. */
export async function linkedKey(folder: string, name: string): Promise<string | undefined> {
  const link = join(folder, instanceFolderName(name));
  const found = await unlessAbsent(link, () => Deno.lstat(link));
  return found?.isSymlink ? basename(await Deno.readLink(link)) : undefined;
}

/** Makes a link, in place of a wrong one, unless there is something else of that name. */
async function makeLink(link: string, target: string, aside: string): Promise<void> {
  const to = isWindows ? resolve(target) : relative(resolve(dirname(link)), resolve(target));
  for (let trial = 1;; trial++) {
    try {
      const there = await unlessAbsent(link, () => Deno.lstat(link));
      if (there !== undefined && !there.isSymlink) return;
      if (there?.isSymlink && await Deno.readLink(link) === to) return;
      await Deno.mkdir(dirname(link), { recursive: true });
      await moveLink(temporaryPath(join(aside, "link")), to, link);
      return;
    } catch (error) {
      if (trial >= trials || !isOfOthers(error)) throw cannotWrite(link, error);
    }
  }
}

/** A link that is renamed replaces the one before in one step. */
async function moveLink(aside: string, to: string, link: string): Promise<void> {
  await Deno.symlink(to, aside, { type: isWindows ? "junction" : "dir" });
  try {
    if (isWindows) await Deno.remove(link).catch(unlessOfOthers);
    await Deno.rename(aside, link);
  } catch (error) {
    await Deno.remove(aside).catch(unlessOfOthers);
    throw error;
  }
}

/** Removes links that are not wanted, and the folders that are empty then; returns whether this one is gone. */
async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<boolean> {
  let empty = true;
  for (const entry of await entriesIfThere(folder)) {
    const path = join(folder, entry.name);
    const goes = entry.isSymlink ? !wanted.has(path) : entry.isDirectory && await removeOthers(path, wanted);
    if (!goes) empty = false;
    else if (entry.isSymlink) await Deno.remove(path).catch(unlessOfOthers);
  }
  if (empty) await Deno.remove(folder).catch(unlessOfOthers);
  return empty;
}

function unlessOfOthers(error: unknown): void {
  if (!isOfOthers(error)) throw error;
}

/** What happens when another process has made or removed a link or a folder in between. */
function isOfOthers(error: unknown): boolean {
  const { NotFound, AlreadyExists, IsADirectory, NotADirectory } = Deno.errors;
  return [NotFound, AlreadyExists, IsADirectory, NotADirectory].some((kind) => error instanceof kind) ||
    (error instanceof Error && /not empty/i.test(error.message));
}
