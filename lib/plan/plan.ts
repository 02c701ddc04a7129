/**
 * What a run will do, as data. Pure: what is in the store is an argument.
 * @module
 */
import type { InstanceState } from "../store/instance_state.ts";
import { bytesNeeded } from "./disk.ts";
import { estimateSeconds, type Speeds, unknownSpeeds } from "./estimate.ts";
import type { KeyedInstance } from "./keyed_instances.ts";
import type { PlannedInstance } from "./planned_instance.ts";
import { explainChange, type Reason } from "./reason.ts";

/** What planning knows of earlier runs. */
export interface PlanOptions {
  readonly folder: string;
  /** What the store has, by key. A key that is not there has nothing. */
  readonly states: ReadonlyMap<string, InstanceState>;
  /** What is made again although it is there, by key, and how far that is. */
  readonly remakes?: ReadonlyMap<string, Remake>;
  /** What was hashed for an instance the last time this workflow ran, by the instance's name. */
  readonly previous?: ReadonlyMap<string, string>;
  /** How fast this machine is, where that is known. */
  readonly speeds?: Speeds;
}

/** An instance that is made again. */
export interface Remake {
  /** By `--force` now, or by that of an earlier run. */
  readonly remake: "asked" | "begun";
  readonly state: InstanceState;
}

/** The plan of the instances, in the order in which they can run. */
export function planInstances(
  keyed: readonly KeyedInstance[],
  options: PlanOptions,
): readonly PlannedInstance[] {
  return keyed.map((instance) => planInstance(instance, options));
}

function planInstance(
  keyed: KeyedInstance,
  { folder, states, remakes, previous, speeds = unknownSpeeds }: PlanOptions,
): PlannedInstance {
  const { instance: { name, section, stage, factors, read }, facts, artifact, key, hashed, inputs, models } =
    keyed;
  const again = remakes?.get(key);
  const state = again?.state ?? states.get(key) ?? { status: "run", finishedFrames: 0, damaged: [] };
  const wanted = artifact.made === "video" ? artifact.video.frames : undefined;
  const work = read.work(facts);
  const methods = read.methods(facts);
  const { finishedFrames } = state;
  // A new result that is whole has still to take the place of the other.
  const status = again !== undefined && state.status === "cached" ? "resume" : state.status;
  const isThere = status === "cached";
  return {
    name,
    section,
    stage,
    factors,
    kind: read.kind,
    format: read.format,
    key,
    hashed,
    settings: read.written,
    facts,
    artifact,
    folder,
    inputs,
    models,
    precision: read.precision,
    work,
    deviations: read.deviations(facts),
    ...(methods && { methods }),
    status,
    reasons: again !== undefined
      ? [{ reason: "forced" }, ...framesLeft(state, wanted)]
      : isThere
      ? []
      : reasonsFor(keyed, state, wanted, previous?.get(name)),
    ...(again && { remake: again.remake }),
    finishedFrames,
    seconds: isThere ? 0 : estimateSeconds(work, speeds, finishedFrames),
    bytes: isThere ? 0 : bytesNeeded({ artifact, section, work, finishedFrames }),
  };
}

function reasonsFor(
  { hashed, inputs, models }: KeyedInstance,
  state: InstanceState,
  wanted: number | undefined,
  before: string | undefined,
): readonly Reason[] {
  const damage = state.damaged.map(({ path }): Reason => ({ reason: "damaged", file: path }));
  if (damage.length > 0) return damage;
  const unfinished = framesLeft(state, wanted);
  if (unfinished.length > 0) return unfinished;
  if (before === undefined || before === hashed) return [{ reason: "new" }];
  const names = Object.fromEntries([...inputs, ...models].map(({ role, name }) => [role, name]));
  return explainChange(before, hashed, names);
}

/** Of a video that was begun. */
function framesLeft(
  { status, finishedFrames }: InstanceState,
  wanted: number | undefined,
): readonly Reason[] {
  if (status !== "resume" || wanted === undefined) return [];
  return [{ reason: "frames", finished: finishedFrames, wanted }];
}

/** The same plan with times by other speeds. */
export function withSpeeds(
  instances: readonly PlannedInstance[],
  speeds: Speeds,
): readonly PlannedInstance[] {
  return instances.map((instance) => {
    const { status, work, finishedFrames } = instance;
    if (status === "cached") return instance;
    return { ...instance, seconds: estimateSeconds(work, speeds, finishedFrames) };
  });
}
