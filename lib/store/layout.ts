/**
 * Where everything lies under the runs folder. Scripts rely on these paths.
 * @module
 */
import { join } from "node:path";

/** The paths of one workflow's run folder. */
export interface WorkflowPaths {
  readonly folder: string;
  readonly workflow: string;
  readonly resolved: string;
  readonly specification: string;
  readonly events: string;
  readonly instances: string;
  /** Held by the process that writes what it has read there, and `stages`. */
  readonly instancesLock: string;
  readonly stages: string;
  readonly videos: string;
  /** What the views of instances were made from, with their locks. */
  readonly views: string;
  readonly contactSheet: string;
  /** Held by the process that draws it. */
  readonly contactSheetLock: string;
}

/** The paths of one instance in the store. */
export interface InstancePaths {
  readonly folder: string;
  readonly instance: string;
  readonly lock: string;
  readonly events: string;
  readonly frames: string;
  readonly padding: string;
  readonly frameRecords: string;
  readonly state: string;
  readonly previousState: string;
  readonly manifest: string;
}

/** `runs/<name>/` */
export function workflowPaths(runs: string, name: string): WorkflowPaths {
  const folder = join(runs, name);
  return {
    folder,
    workflow: join(folder, "workflow.yaml"),
    resolved: join(folder, "resolved.yaml"),
    specification: join(folder, "specification.json"),
    events: join(folder, "events.jsonl"),
    instances: join(folder, "instances.json"),
    instancesLock: join(folder, "instances.lock"),
    stages: join(folder, "stages"),
    videos: join(folder, "videos"),
    views: join(folder, "views"),
    contactSheet: join(folder, "contact_sheet.png"),
    contactSheetLock: join(folder, "contact_sheet.lock"),
  };
}

/** `runs/<name>/report/` for the stage of that name, `runs/<name>/reports/<instance>/` for reports of other names. */
export function reportFolder(runs: string, name: string, instance: string): string {
  const { folder } = workflowPaths(runs, name);
  return instance === "report"
    ? join(folder, "report")
    : join(folder, "reports", instanceFolderName(instance));
}

/** Beside the views of one instance: held by the process that makes them, and what they were made from. */
export interface ViewPaths {
  readonly lock: string;
  readonly madeFrom: string;
}

/** `runs/<name>/views/<instance>.lock` and `.sha256` */
export function viewPaths(runs: string, name: string, instance: string): ViewPaths {
  const place = join(workflowPaths(runs, name).views, instanceFolderName(instance));
  return { lock: `${place}.lock`, madeFrom: `${place}.sha256` };
}

/** `runs/store/` */
export function storeFolder(runs: string): string {
  return join(runs, "store");
}

/** `runs/store/<key>/` */
export function instancePaths(runs: string, key: string): InstancePaths {
  const folder = join(storeFolder(runs), key);
  return pathsIn(folder, join(folder, "lock"));
}

/** `runs/store/<key>/remake/`: where an instance is made again. It has the instance's lock. */
export function remakePaths({ folder, lock }: InstancePaths): InstancePaths {
  return pathsIn(join(folder, "remake"), lock);
}

function pathsIn(folder: string, lock: string): InstancePaths {
  return {
    folder,
    instance: join(folder, "instance.json"),
    lock,
    events: join(folder, "events.jsonl"),
    frames: join(folder, "frames"),
    padding: join(folder, "padding"),
    frameRecords: join(folder, "frames.jsonl"),
    state: join(folder, "state.npz"),
    previousState: join(folder, "state.previous.npz"),
    manifest: join(folder, "manifest.json"),
  };
}

/** `runs/digests.json` */
export function digestsPath(runs: string): string {
  return join(runs, "digests.json");
}

/** `runs/findings.json` */
export function findingsPath(runs: string): string {
  return join(runs, "findings.json");
}

/** `runs/reproductions/<name>/`: a folder of results of its own, for what is made again to be compared. */
export function reproductionFolder(runs: string, name: string): string {
  return join(runs, "reproductions", name);
}

/** `runs/speeds.json` */
export function speedsPath(runs: string): string {
  return join(runs, "speeds.json");
}

/** A frame's path inside its instance's folder, with `/`: `frames/000012.npy`, `padding/m0004.npy` for frame -4. */
export function framePath(index: number): string {
  return index >= 0
    ? `frames/${String(index).padStart(6, "0")}.npy`
    : `padding/m${String(-index).padStart(4, "0")}.npy`;
}

/**
 * The path under `stages/` and `videos/` of an instance: `metamer`, or `metamer/clip=street,seed=2` for `metamer[clip=street,seed=2]`.
 * Characters that a file system may refuse are written as %XX.
 */
export function instanceFolderName(instance: string): string {
  const bracket = instance.indexOf("[");
  if (bracket < 0) return safeName(instance);
  return join(safeName(instance.slice(0, bracket)), safeName(instance.slice(bracket + 1, -1)));
}

function safeName(name: string): string {
  const safe = name.replace(
    /[^A-Za-z0-9 _=,.+-]/g,
    (character) => encodeURIComponent(character).replace(/[*]/g, "%2A").replace(/[:]/g, "%3A"),
  );
  return safe.replace(/^\.+/, (dots) => "%2E".repeat(dots.length));
}
