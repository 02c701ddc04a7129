/**
 * What lies in a folder of results and nobody needs. Reads only.
 * @module
 */
import { join, sep } from "node:path";
import { encoders } from "../export/encoders.ts";
import { viewPath } from "../../runner/encode_views.ts";
import { isLeftover } from "../../store/durable_write.ts";
import { readFrameRecords } from "../../store/frame_records.ts";
import {
  type InstancePaths,
  instancePaths,
  remakePaths,
  reportFolder,
  storeFolder,
  viewPaths,
  workflowPaths,
} from "../../store/layout.ts";
import { findHolder, type LockHolder } from "../../store/lock.ts";
import { readManifest } from "../../store/manifest.ts";
import { findNamingWorkflows, type NamingWorkflow } from "../../store/named_keys.ts";
import { entriesIfThere, unlessAbsent } from "../../store/presence.ts";
import { remakeAskedBy } from "../../store/remake.ts";
import { walk, wholeFolder } from "./walk.ts";

/** Something that can go. */
export interface Removable {
  /** A file or a folder. */
  readonly path: string;
  readonly bytes: number;
  /** When something of it was written last, in milliseconds since 1970. */
  readonly changed: number;
  /** In words. */
  readonly what: string;
  /** The instance of the store that it is of: who holds its lock is at work on it. */
  readonly key?: string;
  /** It is the instance itself. */
  readonly isInstance?: true;
}

/** What can go, and what could if nobody were at work on it. */
export interface Removables {
  readonly free: readonly Removable[];
  readonly held: readonly (Removable & { readonly heldBy: LockHolder | "somebody" })[];
}

/** What is to be looked for. */
export interface FindOptions {
  /** All playable files and contact sheets, which the next run makes again. */
  readonly views?: boolean;
}

/** A folder of another name is none of ours. */
const keyPattern = /^\w+-[0-9a-f]{16}$/;

/** A temporary file that did not change for so long is of a process that died, in milliseconds. */
const deadAfter = 3_600_000;

/**
 * Instances that no workflow names, new results that nobody waits for, views of instances that are no more, and what
 * processes that died have left. Throws RunError when it cannot be told what a workflow needs.
 */
export async function findRemovables(runs: string, { views = false }: FindOptions = {}): Promise<Removables> {
  const workflows = await findNamingWorkflows(runs);
  const whole = [...await unnamedInstances(runs, workflows), ...await abandonedRemakes(runs, workflows)];
  const isInside = (path: string) => whole.some((folder) => path.startsWith(folder.path + sep));
  const found = [
    ...whole,
    ...(await Promise.all(workflows.map((workflow) => viewsIn(runs, workflow, views)))).flat(),
    ...(await leftoversIn(runs)).filter(({ path }) => !isInside(path)),
  ];
  const host = Deno.hostname();
  const free: Removable[] = [];
  const held: Removables["held"][number][] = [];
  for (const removable of found) {
    const { key } = removable;
    const heldBy = key === undefined ? undefined : await findHolder(instancePaths(runs, key).lock, host);
    if (heldBy === undefined) free.push(removable);
    else held.push({ ...removable, heldBy });
  }
  return { free, held };
}

/** The keys that workflows name. */
export function keysOf(workflows: readonly NamingWorkflow[]): ReadonlySet<string> {
  return new Set(workflows.flatMap(({ keys }) => [...keys]));
}

async function unnamedInstances(
  runs: string,
  workflows: readonly NamingWorkflow[],
): Promise<readonly Removable[]> {
  const named = keysOf(workflows);
  const found: Removable[] = [];
  for (const { name: key, isDirectory } of await entriesIfThere(storeFolder(runs))) {
    if (!isDirectory || named.has(key) || !keyPattern.test(key)) continue;
    const paths = instancePaths(runs, key);
    const what = await describeInstance(paths);
    found.push({ ...await wholeFolder(paths.folder), what, key, isInstance: true });
  }
  return found;
}

async function describeInstance(paths: InstancePaths): Promise<string> {
  const manifest = await readManifest(paths.manifest);
  if (manifest !== undefined) {
    const frames = manifest.video === undefined ? "" : `, ${counted(manifest.video.frames)}`;
    return `${manifest.stage.instance}${frames}`;
  }
  const frames = [...(await readFrameRecords(paths.frameRecords)).keys()].filter((frame) => frame >= 0);
  return `unfinished, ${counted(frames.length)}`;
}

async function abandonedRemakes(
  runs: string,
  workflows: readonly NamingWorkflow[],
): Promise<readonly Removable[]> {
  const found: Removable[] = [];
  for (const key of keysOf(workflows)) {
    const paths = instancePaths(runs, key);
    const { folder, manifest } = remakePaths(paths);
    const askers = await remakeAskedBy(paths);
    const isWaitedFor = workflows.some(({ name, keys }) => askers.includes(name) && keys.has(key));
    const isThere = await unlessAbsent(folder, () => Deno.lstat(folder)) !== undefined;
    // One that is whole is on the way to its place.
    const isWhole = await readManifest(manifest) !== undefined;
    if (!isThere || isWaitedFor || isWhole) continue;
    found.push({ ...await wholeFolder(folder), what: "half made again, and not waited for", key });
  }
  return found;
}

/** Only what this program writes there: a user's own files stay. */
async function viewsIn(
  runs: string,
  { name, index }: NamingWorkflow,
  all: boolean,
): Promise<readonly Removable[]> {
  const paths = workflowPaths(runs, name);
  const endings = Object.keys(encoders);
  const names = Object.keys(index.instances);
  const current = new Set(names.flatMap((one) => endings.map((ending) => viewPath(runs, name, one, ending))));
  const videos = (await walk(paths.videos)).filter(({ path }) =>
    endings.some((ending) => path.endsWith(`.${ending}`)) && (all || !current.has(path))
  ).map((file) => ({ ...file, what: current.has(file.path) ? "a view" : "a view of what is no more" }));
  const reports = await reportFilesIn(runs, name, index, all);
  const kept = names.flatMap((one) => Object.values(viewPaths(runs, name, one)));
  const records = (await walk(paths.views)).filter(({ path }) => !kept.includes(path))
    .map((file) => ({ ...file, what: "of a view of what is no more" }));
  const sheet = all ? (await walk(paths.folder)).filter(({ path }) => path === paths.contactSheet) : [];
  return [...videos, ...reports, ...records, ...sheet.map((file) => ({ ...file, what: "a view" }))];
}

/** Copies of reports: all of them, or those of instances that are no more. */
async function reportFilesIn(
  runs: string,
  workflow: string,
  { instances }: NamingWorkflow["index"],
  all: boolean,
): Promise<readonly Removable[]> {
  const { folder } = workflowPaths(runs, workflow);
  const current = Object.keys(instances).filter((name) => instances[name]?.key.startsWith("report-"))
    .map((name) => reportFolder(runs, workflow, name) + sep);
  const files = (await Promise.all(["report", "reports"].map((name) => walk(join(folder, name))))).flat();
  return files.map((file) => ({ file, isCurrent: current.some((place) => file.path.startsWith(place)) }))
    .filter(({ isCurrent }) => all || !isCurrent)
    .map(({ file, isCurrent }) => ({ ...file, what: isCurrent ? "a view" : "a view of what is no more" }));
}

/** What was to be moved to its place and never was. */
async function leftoversIn(runs: string): Promise<readonly Removable[]> {
  const dead = Date.now() - deadAfter;
  const store = storeFolder(runs);
  const found = await walk(runs, isLeftover);
  return found.filter(({ changed }) => changed < dead).map((left) => {
    const { path } = left;
    const inside = path.startsWith(store + sep) ? path.slice(store.length + 1).split(sep) : [];
    const [key] = inside;
    return {
      ...left,
      what: "left by a process that died",
      ...(key !== undefined && inside.length > 1 && { key }),
    };
  });
}

function counted(frames: number): string {
  return `${frames} ${frames === 1 ? "frame" : "frames"}`;
}
