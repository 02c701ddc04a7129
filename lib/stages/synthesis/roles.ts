/**
 * Under which name the run, the key and the manifest of a synthesis know what its settings refer to.
 * @module
 */
import { type SynthesisSettings, type TargetTerm, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import type { Reference, SettingPath } from "../../plan/stage_kind.ts";

/** One of the two models. */
export type StreamName = keyof SynthesisSettings["streams"];

/** The streams that some term is computed from. */
export function usedStreams({ targets }: Pick<SynthesisSettings, "targets">): StreamName[] {
  return (["spatial", "temporal"] as const).filter((stream) =>
    targetTerms.some((term) => targets[term] !== undefined && terms[term].stream === stream)
  );
}

/** Where the name of a term's target stands. */
export function targetPath(term: TargetTerm, index: number): SettingPath {
  return ["targets", term, "mixture", index, "video"];
}

/** Role of a term's target: `targets.spatial_texture.mixture.0.video`, also when it is the only one. */
export function targetRole(term: TargetTerm, index: number): string {
  return targetPath(term, index).join(".");
}

/** Role of the video whose colors are taken. */
export const colorRole = "color_transfer.video";

/** Role of the video that the first frame starts from. */
export const startRole = "start_from";

/** Words of `start_from` that are not the name of a video. */
export const startWords: readonly string[] = ["noise", "target", "gray"];

/** Role of a stream's model. */
export function modelRole(stream: StreamName): string {
  return `streams.${stream}`;
}

/** Every target of every term, in the order in which they are always listed. */
export function allTargets({ targets }: Pick<SynthesisSettings, "targets">) {
  return targetTerms.flatMap((term) =>
    (targets[term]?.targets ?? []).map((target, index) => ({
      term,
      index,
      target,
      role: targetRole(term, index),
    }))
  );
}

/** The videos, stages and models that a synthesis names. */
export function synthesisReferences(settings: SynthesisSettings): Reference[] {
  const { streams, start_from, color_transfer } = settings;
  const references: Reference[] = usedStreams(settings).map((stream) => (
    { path: ["streams", stream], name: streams[stream], wants: "model" }
  ));
  for (const { term, index, target } of allTargets(settings)) {
    references.push({ path: targetPath(term, index), name: target.video, wants: "video" });
  }
  if (!startWords.includes(start_from)) {
    references.push({ path: [startRole], name: start_from, wants: "video" });
  }
  if (color_transfer !== "none") {
    references.push({ path: ["color_transfer", "video"], name: color_transfer.video, wants: "video" });
  }
  return references;
}
