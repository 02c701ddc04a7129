/**
 * What a run will do, as data. Pure: what is in the store is an argument.
 * @module
 */
import type { InstanceState } from "../store/instance_state.ts";
import { estimateSeconds } from "./estimate.ts";
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
  { folder, states, previous }: PlanOptions,
): PlannedInstance {
  const { instance: { name, section, stage, factors, read }, facts, artifact, key, hashed, inputs, models } =
    keyed;
  const state = states.get(key) ?? { status: "run", finishedFrames: 0, damaged: [] };
  const wanted = artifact.made === "video" ? artifact.video.frames : undefined;
  const work = read.work(facts);
  const left = state.status === "cached" ? 0 : shareLeft(state.finishedFrames, wanted);
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
    reasons: state.status === "cached" ? [] : reasonsFor(keyed, state, wanted, previous?.get(name)),
    finishedFrames: state.finishedFrames,
    seconds: left * estimateSeconds(work),
  };
}

function shareLeft(finished: number, wanted: number | undefined): number {
  return wanted === undefined || wanted === 0 ? 1 : Math.max(0, wanted - finished) / wanted;
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
