/**
 * Differences of specifications in sentences.
 * @module
 */
import { describeReason } from "../plan/reason.ts";
import type { Json } from "../plan/stage_kind.ts";
import type { Comparison, ContentChange, InstanceChange, SettingChange } from "./compare.ts";

/** What differs, a line each. */
export function describeDifferences({ settings, clips, weights }: Comparison): readonly string[] {
  return [
    ...settings.map(describeSetting),
    ...clips.map((change) => describeContent(`the clip of videos.${change.name}`, change)),
    ...weights.map((change) => describeContent(`the weights of ${change.name}`, change)),
  ];
}

/** `stages.metamer.seed: 1 -> 2` */
function describeSetting({ path, from, to }: SettingChange): string {
  return `${path}: ${value(from)} -> ${value(to)}`;
}

function describeContent(what: string, { from, to }: ContentChange): string {
  return `${what}: other content, sha256 ${shortDigest(from)} -> ${shortDigest(to)}`;
}

/** Enough of a digest to be told from others by eye. */
export function shortDigest(sha256: string): string {
  return sha256.slice(0, 16);
}

/** No value takes more of a line than this. */
const longestValue = 60;

function value(json: Json | undefined): string {
  const text = json === undefined ? "(not there)" : JSON.stringify(json);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue - 3)}...`;
}

/** What becomes of an instance: a line, and one for each reason. */
export function describeInstanceChange(change: InstanceChange): readonly string[] {
  const { name } = change;
  switch (change.change) {
    case "new":
      return [`new: ${name}`];
    case "gone":
      return [`gone: ${name}`];
    case "frames":
      return [
        change.to > change.from
          ? `longer: ${name}, ${change.from} -> ${change.to} frames, of which the first ${change.from} stay`
          : `shorter: ${name}, ${change.from} -> ${change.to} frames, which stay`,
      ];
    case "changed":
      return [`changed: ${name}`, ...change.reasons.map((reason) => `  ${describeReason(reason)}`)];
  }
}
