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
  /** What was hashed for an instance the last time this workflow ran, by the instance's name. */
  readonly previous?: ReadonlyMap<string, string>;
  /** How fast this machine is, where that is known. */
  readonly speeds?: Speeds;
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
  { folder, states, previous, speeds = unknownSpeeds }: PlanOptions,
): PlannedInstance {
  const { instance: { name, section, stage, factors, read }, facts, artifact, key, hashed, inputs, models } =
    keyed;
  const state = states.get(key) ?? { status: "run", finishedFrames: 0, damaged: [] };
  const wanted = artifact.made === "video" ? artifact.video.frames : undefined;
  const work = read.work(facts);
  const { finishedFrames } = state;
  const isThere = state.status === "cached";
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
    work,
    deviations: read.deviations(facts),
    status: state.status,
    reasons: isThere ? [] : reasonsFor(keyed, state, wanted, previous?.get(name)),
    finishedFrames,
    seconds: isThere ? 0 : estimateSeconds(work, speeds, finishedFrames),
    bytes: isThere ? 0 : bytesNeeded({ artifact, section, work, finishedFrames }),
  };
}

function reasonsFor(
  { hashed, inputs, models }: KeyedInstance,
  { status, finishedFrames, damaged }: InstanceState,
  wanted: number | undefined,
  before: string | undefined,
): readonly Reason[] {
  const damage = damaged.map(({ path }): Reason => ({ reason: "damaged", file: path }));
  if (damage.length > 0) return damage;
  if (status === "resume" && wanted !== undefined) {
    return [{ reason: "frames", finished: finishedFrames, wanted }];
  }
  if (before === undefined || before === hashed) return [{ reason: "new" }];
  const names = Object.fromEntries([...inputs, ...models].map(({ role, name }) => [role, name]));
  return explainChange(before, hashed, names);
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
