/**
 * How two specifications differ: in settings, clips and weights, and which instances that changes. Names, the order of keys
 * and where files lie make no difference.
 * @module
 */
import { type Difference, differences, explainChange, type Reason } from "../plan/reason.ts";
import type { Json } from "../plan/stage_kind.ts";
import type { Specification, SpecifiedInstance } from "../store/specification.ts";

/** A value that is not the same on both sides; one that is not there is left out. */
export interface SettingChange {
  /** `stages.metamer.seed`; `stages.metamer[seed=1].padding` where not all instances of a stage have the change. */
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** Other bytes under a name. */
export interface ContentChange {
  /** Of the video, or of the model. */
  readonly name: string;
  /** sha256 in hex. */
  readonly from: string;
  readonly to: string;
}

/** What becomes of an instance. */
export type InstanceChange =
  | { readonly change: "new" | "gone"; readonly name: string; readonly key?: string }
  | { readonly change: "frames"; readonly name: string; readonly from: number; readonly to: number }
  | {
    readonly change: "changed";
    readonly name: string;
    readonly from?: string;
    readonly to?: string;
    readonly reasons: readonly Reason[];
  };

/** All in which two specifications differ. */
export interface Comparison {
  readonly settings: readonly SettingChange[];
  readonly clips: readonly ContentChange[];
  readonly weights: readonly ContentChange[];
  readonly instances: readonly InstanceChange[];
  /** How many instances are the same on both sides. */
  readonly same: number;
}

/** True when nothing differs. */
export function isEqual({ settings, clips, weights, instances }: Comparison): boolean {
  return [settings, clips, weights, instances].every(({ length }) => length === 0);
}

/** Compares what was with what is. A specification of one instance is compared with that part of a whole workflow. */
export function compareSpecifications(from: Specification, to: Specification): Comparison {
  const { pairs, gone, added } = pairInstances(from, to);
  const isWhole = from.of === undefined && to.of === undefined;
  const changes = pairs.map((pair) => instanceChange(pair));
  return {
    settings: [...(isWhole ? topLevelChanges(from, to) : []), ...settingChanges(pairs, from, to)],
    clips: clipChanges(pairs, from, to),
    weights: weightChanges(from, to),
    instances: [
      ...changes.filter((change) => change !== undefined),
      // One instance's specification knows nothing of the rest of the workflow.
      ...(from.of === undefined ? added.map(([name, { key }]) => presence("new", name, key)) : []),
      ...(to.of === undefined ? gone.map(([name, { key }]) => presence("gone", name, key)) : []),
    ],
    same: changes.filter((change) => change === undefined).length,
  };
}

type Named = readonly [name: string, instance: SpecifiedInstance];

/** The same instance on both sides. */
interface Pair {
  readonly from: Named;
  readonly to: Named;
}

/** By name; those that are left, by key: they were renamed. */
function pairInstances(from: Specification, to: Specification) {
  const gone = new Map(Object.entries(from.instances));
  const added = new Map(Object.entries(to.instances));
  const pairs: Pair[] = [];
  const pair = (one: string, other: string) => {
    const [before, now] = [gone.get(one), added.get(other)];
    if (before === undefined || now === undefined) return;
    pairs.push({ from: [one, before], to: [other, now] });
    gone.delete(one);
    added.delete(other);
  };
  if (from.of !== undefined && to.of !== undefined) pair(from.of, to.of);
  for (const [name, { section }] of [...gone]) if (added.get(name)?.section === section) pair(name, name);
  for (const [name, { key }] of [...gone]) {
    const renamed = key !== undefined && [...added].find(([, instance]) => instance.key === key)?.[0];
    if (typeof renamed === "string") pair(name, renamed);
  }
  return { pairs, gone: [...gone], added: [...added] };
}

function presence(change: "new" | "gone", name: string, key: string | undefined): InstanceChange {
  return { change, name, ...(key !== undefined && { key }) };
}

function instanceChange({ from: [, before], to: [name, now] }: Pair): InstanceChange | undefined {
  if (before.record === undefined || now.record === undefined) return undefined;
  const reasons = explainChange(JSON.stringify(before.record), JSON.stringify(now.record), now.names);
  if (reasons.length > 0) {
    const keys = {
      ...(before.key !== undefined && { from: before.key }),
      ...(now.key !== undefined && { to: now.key }),
    };
    return { change: "changed", name, ...keys, reasons };
  }
  const [had, has] = [before.video?.frames, now.video?.frames];
  if (had === undefined || has === undefined || had === has) return undefined;
  return { change: "frames", name, from: had, to: has };
}

function topLevelChanges(from: Specification, to: Specification): readonly SettingChange[] {
  const frame = ({ workflow: { title, run } }: Specification): Json => ({
    ...(title !== undefined && { title }),
    run: run ?? {},
  });
  return differences(frame(from), frame(to)).map((found) => settingChange(found.path.join("."), found));
}

/** A change that all instances of a stage have is one of the stage. */
function settingChanges(pairs: readonly Pair[], from: Specification, to: Specification) {
  const renamed = new Map(pairs.map((pair) => [pair.from[1].written, pair.to[1].written]));
  const stages = Map.groupBy(pairs, ({ to: [, { section, stage }] }) => `${section}.${stage}`);
  return [...stages].flatMap(([stage, members]) => {
    const found = members.flatMap((pair) =>
      ownDifferences(pair, from, to, renamed).map((difference) => ({ name: pair.to[0], difference }))
    );
    const groups = Map.groupBy(found, ({ difference }) => JSON.stringify(difference));
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const section = stage.slice(0, stage.indexOf("."));
      const owners = group.length === members.length
        ? [stage]
        : group.map(({ name }) => `${section}.${name}`);
      return owners.map((owner) =>
        settingChange([owner, ...first.difference.path].join("."), first.difference)
      );
    });
  });
}

function settingChange(path: string, { from, to }: Pick<Difference, "from" | "to">): SettingChange {
  return { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function ownDifferences(
  { from: [one, before], to: [other, now] }: Pair,
  from: Specification,
  to: Specification,
  renamed: ReadonlyMap<string, string>,
): readonly Difference[] {
  const [settings, current] = [settingsOf(before, from), settingsOf(now, to)];
  const isClip = from.clips[one] !== undefined && to.clips[other] !== undefined;
  const hasModel = hasModelFiles(before, from) && hasModelFiles(now, to);
  return differences(settings, current).filter((difference) => {
    const [key = "", ...inside] = difference.path;
    // A clip, and weights of the user's own, are told by their content, wherever they lie.
    if (isClip && (key === "file" || key === "files" || key === "weights")) return false;
    if (hasModel && (key === "model" || key === "weights")) return false;
    if (typeof difference.from === "string" && renamed.get(difference.from) === difference.to) return false;
    return inside.length > 0 || !saysWhatFollows(difference, key, before, now);
  });
}

/** A stage that names files of a model, whose content is told. */
function hasModelFiles({ stage }: SpecifiedInstance, { weights }: Specification): boolean {
  return Object.keys(weights).some((name) => name.startsWith(`${stage}, `));
}

function settingsOf({ section, written }: SpecifiedInstance, { workflow }: Specification): Json {
  return workflow[section]?.[written] ?? {};
}

const followsFromFiles = ["frames", "height", "width", "fps"] as const;

/** One side leaves out, and the other says, what both come to. */
function saysWhatFollows(
  { from, to }: Difference,
  key: string,
  before: SpecifiedInstance,
  now: SpecifiedInstance,
): boolean {
  const fact = followsFromFiles.find((name) => name === key);
  if (fact === undefined || (from !== undefined && to !== undefined)) return false;
  return before.video !== undefined && before.video[fact] === now.video?.[fact];
}

function clipChanges(pairs: readonly Pair[], from: Specification, to: Specification) {
  return pairs.flatMap((pair): ContentChange[] => {
    const [one, other] = [from.clips[pair.from[0]], to.clips[pair.to[0]]];
    if (one === undefined || other === undefined || one.sha256 === other.sha256) return [];
    return [{ name: pair.to[0], from: one.sha256, to: other.sha256 }];
  });
}

function weightChanges(from: Specification, to: Specification): readonly ContentChange[] {
  return Object.entries(from.weights).flatMap(([name, sha256]) => {
    const now = to.weights[name];
    return now === undefined || now === sha256 ? [] : [{ name, from: sha256, to: now }];
  });
}
