/**
 * `runs/<workflow>/`: what a workflow was and which instances it means. It can be made again from the workflow at any time.
 * @module
 */
import { relative, resolve } from "node:path";
import { WorkflowError } from "../errors.ts";
import { durableWrite } from "./durable_write.ts";
import {
  entryOfRun,
  type IndexEntry,
  type InstanceIndex,
  knownInstances,
  readInstanceIndex,
  writeInstanceIndex,
} from "./instance_index.ts";
import { type WorkflowPaths, workflowPaths } from "./layout.ts";
import { type LockHolder, waitForLock } from "./lock.ts";
import { readTextIfThere, sizeIfThere } from "./presence.ts";
import { type Specification, writeSpecification } from "./specification.ts";
import { linkStages } from "./stage_links.ts";

/** What a run folder is made from. */
export interface RunFolderContent {
  /** The workflow's name: the file's stem, or what `--name` says. */
  readonly name: string;
  readonly file: string;
  /** The workflow as it stands in the file. */
  readonly text: string;
  /** With all defaults, as YAML. */
  readonly resolved: string;
  /** Of the instances of this run, at least. */
  readonly specification?: Specification;
  /** The instances of this run, and how many frames are wanted of those that make a video. */
  readonly instances: readonly { readonly name: string; readonly key: string; readonly frames?: number }[];
  /** Names that the workflow has beside those: what is known of them stays. */
  readonly others: readonly string[];
}

/**
 * Writes the folder of a workflow that is about to run, when no other process does; writes only what is not there yet, for each
 * job of an array comes by here.
 * Throws WorkflowError when the folder belongs to another file of that name.
 */
export async function writeRunFolder(runs: string, content: RunFolderContent, me: LockHolder): Promise<void> {
  const paths = workflowPaths(runs, content.name);
  // Two runs of other parts of the workflow would each forget the other's instances, which `clean` would remove then.
  await using _lock = await waitForLock(paths.instancesLock, me);
  await requireOwnName(runs, content);
  await writeUnlessSame(paths.workflow, content.text);
  await writeUnlessSame(paths.resolved, content.resolved);
  if (content.specification !== undefined) {
    await writeSpecification(paths.specification, content.specification);
  }
  const known = await writeIndex(paths, runs, content);
  const own = new Map(content.instances.map(({ name, key }) => [name, key]));
  const others = Object.keys(known).filter((name) => !own.has(name));
  await linkStages(runs, paths.stages, Object.fromEntries(own), others);
}

/** Resolves to what is known of all instances now. */
async function writeIndex(
  paths: WorkflowPaths,
  runs: string,
  { file, others, instances: wanted }: RunFolderContent,
): Promise<Readonly<Record<string, IndexEntry>>> {
  const index = await readInstanceIndex(paths.instances);
  const before = await knownInstances(paths, [...others, ...wanted.map(({ name }) => name)]);
  const kept = Object.entries(before).filter(([name]) => others.includes(name));
  const planned = wanted.map(({ name, ...entry }) => [name, entryOfRun(before[name], entry)] as const);
  const now: InstanceIndex = {
    ...index,
    v: 1,
    file: relative(resolve(runs), resolve(file)),
    instances: Object.fromEntries([...kept, ...planned]),
  };
  if (JSON.stringify(now) !== JSON.stringify(index)) await writeInstanceIndex(paths.instances, now);
  return now.instances;
}

async function writeUnlessSame(path: string, text: string): Promise<void> {
  if (await readTextIfThere(path) !== text) await durableWrite(path, text);
}

/** Throws WorkflowError when the folder of that name belongs to another workflow's file. */
export async function requireOwnName(
  runs: string,
  { name, file }: Pick<RunFolderContent, "name" | "file">,
): Promise<void> {
  const { folder, instances } = workflowPaths(runs, name);
  const owner = (await readInstanceIndex(instances))?.file;
  if (owner === undefined) return;
  const other = resolve(runs, owner);
  // A file that was renamed or removed has no claim.
  if (other === resolve(file) || await sizeIfThere(other) === undefined) return;
  throw new WorkflowError(
    `${folder} holds the runs of ${other}, another workflow of the same name; ` +
      `give this one a name with --name, or a folder with --out`,
  );
}
