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
  knownInstances,
  readInstanceIndex,
  writeInstanceIndex,
} from "./instance_index.ts";
import { type WorkflowPaths, workflowPaths } from "./layout.ts";
import { type LockHolder, waitForLock } from "./lock.ts";
import { readTextIfThere, sizeIfThere } from "./presence.ts";
import { changedSpecification, type Specification, writeSpecification } from "./specification.ts";
import { linkedKey, linkStages } from "./stage_links.ts";

/** What a run folder is made from. */
export interface RunFolderContent {
  /** The workflow's name: the file's stem, or what `--name` says. */
  readonly name: string;
  readonly file: string;
  /** The workflow as it stands in the file. */
  readonly text: string;
  /** With all defaults, as YAML. */
  readonly resolved: () => string;
  /** A job that makes a part looks at `resolved` only where the specification, which says the same, is not as it was. */
  readonly isPart?: boolean;
  /** Of the instances of this run, at least. */
  readonly specification?: Specification;
  /** The instances of this run, and how many frames are wanted of those that make a video. */
  readonly instances: readonly { readonly name: string; readonly key: string; readonly frames?: number }[];
  /** Names of those whose links are looked at even where their keys are as they were; left out: all. */
  readonly linked?: readonly string[];
  /** Names that the workflow has beside those: what is known of them stays. */
  readonly others: readonly string[];
}

/**
 * Writes the folder of a workflow that is about to run. Each job of an array comes by here: where nothing is to be written nothing
 * is locked, and else they wait for each other.
 * Throws WorkflowError when the folder belongs to another file of that name.
 */
export async function writeRunFolder(runs: string, content: RunFolderContent, me: LockHolder): Promise<void> {
  if ((await findChanges(runs, content)).length === 0) return;
  // Two runs of other parts of the workflow would each forget the other's instances, which `clean` would remove then.
  await using _lock = await waitForLock(workflowPaths(runs, content.name).instancesLock, me);
  for (const change of await findChanges(runs, content)) await change();
}

type Change = () => Promise<void>;

/** What is to be written, in order. */
async function findChanges(runs: string, content: RunFolderContent): Promise<readonly Change[]> {
  await requireOwnName(runs, content);
  const paths = workflowPaths(runs, content.name);
  const changes: Change[] = [];
  const requireText = async (path: string, text: string) => {
    if (await readTextIfThere(path) !== text) changes.push(() => durableWrite(path, text));
  };
  await requireText(paths.workflow, content.text);
  const specification = content.specification &&
    await changedSpecification(paths.specification, content.specification);
  const isAsSpecified = changes.length === 0 && specification === undefined;
  const isKnown = content.isPart === true && isAsSpecified && await sizeIfThere(paths.resolved);
  // Before the specification, which tells those who come that it is written.
  if (!isKnown) await requireText(paths.resolved, content.resolved());
  if (specification !== undefined) {
    changes.push(() => writeSpecification(paths.specification, specification));
  }
  return [...changes, ...await findIndexChanges(paths, runs, content)];
}

/** In the index, and in the links that it tells of. */
async function findIndexChanges(
  paths: WorkflowPaths,
  runs: string,
  { file, others, instances: wanted, linked = wanted.map(({ name }) => name) }: RunFolderContent,
): Promise<readonly Change[]> {
  const index = await readInstanceIndex(paths.instances);
  const before = index?.instances ??
    await knownInstances(paths, [...others, ...wanted.map(({ name }) => name)]);
  const kept = Object.entries(before).filter(([name]) => others.includes(name));
  const planned = wanted.map(({ name, ...entry }) => [name, entryOfRun(before[name], entry)] as const);
  const instances: Readonly<Record<string, IndexEntry>> = Object.fromEntries([...kept, ...planned]);
  const now = { ...index, v: 1 as const, file: relative(resolve(runs), resolve(file)), instances };
  const changes: Change[] = [];
  if (JSON.stringify(now) !== JSON.stringify(index)) {
    changes.push(() => writeInstanceIndex(paths.instances, now));
  }
  const keys = new Map<string, string>();
  for (const { name, key } of wanted) {
    const isNew = before[name]?.key !== key;
    if (isNew || linked.includes(name) && await linkedKey(paths.stages, name) !== key) keys.set(name, key);
  }
  if (keys.size > 0 || changes.length > 0) {
    const rest = Object.keys(instances).filter((name) => !keys.has(name));
    changes.push(() => linkStages(runs, paths.stages, Object.fromEntries(keys), rest));
  }
  return changes;
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
