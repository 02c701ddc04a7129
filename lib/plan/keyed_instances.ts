/**
 * Keys of all instances, and how many frames of each are wanted. Pure: all keys are known before anything runs.
 * @module
 */
import type { ModelDigest } from "../models/stream_model.ts";
import type { InspectedInstance } from "./inspect.ts";
import { type Key, keyOf } from "./key.ts";
import type { PlannedInput } from "./planned_instance.ts";
import type { ArtifactFacts, VideoFacts } from "./stage_kind.ts";

/** An instance with its key. */
export interface KeyedInstance extends Omit<InspectedInstance, "inputs" | "models" | "notes">, Key {
  readonly inputs: readonly PlannedInput[];
  readonly models: readonly (ModelDigest & { readonly role: string; readonly name: string })[];
}

/** Computes keys in the order of the instances, in which inputs stand before what reads them. */
export function keyInstances(
  selected: readonly InspectedInstance[],
  digests: ReadonlyMap<string, ModelDigest>,
): readonly KeyedInstance[] {
  const wanted = wantedFrames(selected);
  const keyed = new Map<string, KeyedInstance>();
  for (const { instance, facts, artifact: all, ...reads } of selected) {
    const { read } = instance;
    const artifact = limited(all, wanted.get(instance.name));
    const inputs = reads.inputs.map(({ role, instance: name }): PlannedInput => {
      const input = keyed.get(name);
      if (input === undefined) throw new Error(`${instance.name} stands before ${name}, which it needs`);
      const { artifact: made, facts: { inspected } } = input;
      const deviations = input.instance.read.deviations(input.facts);
      return {
        role,
        name,
        key: input.key,
        ...(made.made === "video" && { video: made.video }),
        ...(inspected?.origin && { origin: inspected.origin }),
        ...(deviations.length > 0 && { deviations }),
      };
    });
    const models = reads.models.map(({ role, model }) => {
      const digest = digests.get(model);
      if (digest === undefined) throw new Error(`no digest of ${model}`);
      return { ...digest, role, name: model };
    });
    const key = keyOf({
      v: 1,
      kind: read.kind,
      format: read.format,
      settings: read.keyed(facts),
      inputs: Object.fromEntries(inputs.map(({ role, key }) => [role, key])),
      models: Object.fromEntries(models.map(({ role, sha256 }) => [role, sha256])),
    });
    keyed.set(instance.name, { instance, facts, artifact, ...key, inputs, models });
  }
  return [...keyed.values()];
}

/** Of videos that are decoded: the most frames that some instance reads. */
function wantedFrames(selected: readonly InspectedInstance[]): ReadonlyMap<string, number> {
  const decoded = new Map(
    selected.flatMap(({ instance, artifact }) =>
      instance.section === "videos" && artifact.made === "video"
        ? [[instance.name, artifact.video.frames]]
        : []
    ),
  );
  const wanted = new Map<string, number>();
  for (const { instance, facts, inputs } of selected) {
    const reads = instance.read.reads(facts);
    for (const { role, instance: name } of inputs) {
      const all = decoded.get(name);
      if (all === undefined) continue;
      wanted.set(name, Math.max(wanted.get(name) ?? 0, Math.min(all, reads[role] ?? all)));
    }
  }
  return wanted;
}

function limited(artifact: ArtifactFacts, frames: number | undefined): ArtifactFacts {
  if (artifact.made !== "video" || frames === undefined) return artifact;
  const video: VideoFacts = { ...artifact.video, frames };
  return { made: "video", video };
}
