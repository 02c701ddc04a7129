/**
 * `runs/<workflow>/`: what a workflow was and which instances it means. It can be made again from the workflow at any time.
 * @module
 */
import { relative, resolve } from "node:path";
import { WorkflowError } from "../errors.ts";
import { durableWrite } from "./durable_write.ts";
import { entryOfRun, knownInstances, readInstanceIndex, writeInstanceIndex } from "./instance_index.ts";
import { workflowPaths } from "./layout.ts";
import { type LockHolder, waitForLock } from "./lock.ts";
import { sizeIfThere } from "./presence.ts";
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
  /** The instances of this run, and how many frames are wanted of those that make a video. */
  readonly instances: readonly { readonly name: string; readonly key: string; readonly frames?: number }[];
  /** Names that the workflow has beside those: what is known of them stays. */
  readonly others: readonly string[];
}

/**
 * Writes the folder of a workflow that is about to run, when no other process does.
 * Throws WorkflowError when the folder belongs to another file of that name.
 */
export async function writeRunFolder(runs: string, content: RunFolderContent, me: LockHolder): Promise<void> {
  const paths = workflowPaths(runs, content.name);
  // Two runs of other parts of the workflow would each forget the other's instances, which `clean` would remove then.
  await using _lock = await waitForLock(paths.instancesLock, me);
  await requireOwnName(runs, content);
  const index = await readInstanceIndex(paths.instances);
  const names = [...content.others, ...content.instances.map(({ name }) => name)];
  const before = await knownInstances(paths, names);
  const kept = Object.entries(before).filter(([name]) => content.others.includes(name));
  const planned = content.instances.map(({ name, ...wanted }) =>
    [name, entryOfRun(before[name], wanted)] as const
  );
  const instances = Object.fromEntries([...kept, ...planned]);

  await durableWrite(paths.workflow, content.text);
  await durableWrite(paths.resolved, content.resolved);
  const file = relative(resolve(runs), resolve(content.file));
  await writeInstanceIndex(paths.instances, { ...index, v: 1, file, instances });
  const keys = Object.fromEntries(Object.entries(instances).map(([name, { key }]) => [name, key]));
  await linkStages(runs, paths.stages, keys);
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
