/**
 * `runs/<workflow>/`: what a workflow was and which instances it means. It can be made again from the workflow at any time.
 * @module
 */
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { WorkflowError } from "../errors.ts";
import { durableWrite, makeFolder, readTextIfThere } from "./durable_write.ts";
import { instanceFolderName, instancePaths, workflowPaths } from "./layout.ts";

const indexedInstanceSchema = z.object({
  key: z.string(),
  /** The key before the last change of its settings. */
  before: z.string().optional(),
  /** What its playable files were made from. */
  encoded: z.string().optional(),
});

/** `instances.json` */
const indexSchema = z.object({
  v: z.literal(1),
  /** The workflow file, relative to the runs folder, so that both may be moved together. */
  file: z.string(),
  instances: z.record(z.string(), indexedInstanceSchema),
});

type Index = z.infer<typeof indexSchema>;

/** Which key an instance's name has and had. */
export type InstanceIndex = ReadonlyMap<string, z.infer<typeof indexedInstanceSchema>>;

/** What a run folder is made from. */
export interface RunFolderContent {
  /** The workflow's name: the file's stem, or what `--name` says. */
  readonly name: string;
  readonly file: string;
  /** The workflow as it stands in the file. */
  readonly text: string;
  /** With all defaults, as YAML. */
  readonly resolved: string;
  readonly instances: readonly { readonly name: string; readonly key: string }[];
}

/** Names and keys as of the last run; empty when there was none. */
export async function readInstanceIndex(runs: string, name: string): Promise<InstanceIndex> {
  const index = await readIndex(workflowPaths(runs, name).instances);
  return new Map(Object.entries(index?.instances ?? {}));
}

/** What the playable files of an instance were last made from; undefined when there are none. */
export async function encodedFrames(
  runs: string,
  name: string,
  instance: string,
): Promise<string | undefined> {
  return (await readInstanceIndex(runs, name)).get(instance)?.encoded;
}

/** Notes what the playable files of an instance were made from. */
export async function rememberEncoded(
  runs: string,
  name: string,
  instance: string,
  encoded: string,
): Promise<void> {
  const path = workflowPaths(runs, name).instances;
  const index = await readIndex(path);
  const entry = index?.instances[instance];
  if (index === undefined || entry === undefined) return;
  await writeIndex(path, { ...index, instances: { ...index.instances, [instance]: { ...entry, encoded } } });
}

/**
 * Writes the folder of a workflow that is about to run.
 * Throws WorkflowError when the folder belongs to another file of that name.
 */
export async function writeRunFolder(runs: string, content: RunFolderContent): Promise<void> {
  const paths = workflowPaths(runs, content.name);
  await checkOwner(runs, content);
  const before = await readInstanceIndex(runs, content.name);
  await makeFolder(paths.folder);
  const instances = Object.fromEntries(content.instances.map(({ name, key }) => {
    const then = before.get(name);
    const earlier = then === undefined || then.key === key ? then?.before : then.key;
    return [name, {
      key,
      ...(earlier !== undefined && { before: earlier }),
      ...(then?.encoded !== undefined && { encoded: then.encoded }),
    }];
  }));
  const file = relative(resolve(runs), resolve(content.file));
  await durableWrite(paths.workflow, content.text);
  await durableWrite(paths.resolved, content.resolved);
  await writeIndex(paths.instances, { v: 1, file, instances });
  await linkStages(runs, paths.stages, content.instances);
}

/** Throws WorkflowError when the name's folder belongs to another file that still exists. */
export async function checkOwner(
  runs: string,
  { name, file }: { name: string; file: string },
): Promise<void> {
  const paths = workflowPaths(runs, name);
  if (name === "store") {
    throw new WorkflowError(
      `a workflow cannot be named "store", which is a folder of ${runs}; name it with --name`,
    );
  }
  const index = await readIndex(paths.instances);
  if (index === undefined) return;
  const owner = resolve(runs, index.file);
  if (owner === resolve(file) || !await isThere(owner)) return;
  throw new WorkflowError(
    `${paths.folder} holds the runs of ${owner}, another workflow of the same name; ` +
      `give this one a name with --name, or a folder with --out`,
  );
}

async function writeIndex(path: string, index: Index): Promise<void> {
  await durableWrite(path, JSON.stringify(index, undefined, 2) + "\n");
}

async function readIndex(path: string): Promise<Index | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    return indexSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // it is only an index: made again
  }
}

/** Links `stages/<stage>` (or `stages/<stage>/<factors>`) to the store; links of earlier runs go away. */
async function linkStages(
  runs: string,
  folder: string,
  instances: readonly { readonly name: string; readonly key: string }[],
): Promise<void> {
  await removeLinks(folder);
  for (const { name, key } of instances) {
    const link = join(folder, instanceFolderName(name));
    const target = instancePaths(runs, key).folder;
    await makeFolder(target);
    await makeFolder(dirname(link));
    const isWindows = Deno.build.os === "windows";
    const to = isWindows ? resolve(target) : relative(resolve(dirname(link)), resolve(target));
    await Deno.symlink(to, link, { type: isWindows ? "junction" : "dir" }).catch(unlessThere);
  }
}

/** Removes the links of a folder and of those in it, and what is empty then; a user's own files stay. */
async function removeLinks(folder: string): Promise<boolean> {
  if (!await isThere(folder)) return true;
  let empty = true;
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isSymlink) await Deno.remove(path).catch(unlessGone);
    else if (!entry.isDirectory || !await removeLinks(path)) empty = false;
  }
  if (empty) await Deno.remove(folder).catch(unlessGone);
  return empty;
}

// Another process may be making the same folder at the same time.
function unlessThere(error: unknown): void {
  if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
