/**
 * A whole small clip made by the program with one engine and with another: frame after frame, each begun from what the rounding of
 * the one before has left. Its steps are small: with large ones, the same engine's rounding decides what becomes of a frame.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { readFrameRecords } from "../../lib/store/frame_records.ts";
import { bench } from "../program/bench.ts";

const workflow = `metamer: 1
videos:
  leaves: { generate: dead_leaves, height: 48, width: 64, frames: 12 }
stages:
  metamer:
    kind: synthesis
    streams: { spatial: steerable, temporal: motion_energy }
    targets: { spatial_texture: leaves, temporal_texture: leaves }
    frames: 3
    padding: 0
    octaves:
      steps:
        - { octave: -1, iterations: 40, learning_rate: 0.002, total_variation: 0.01 }
        - { octave: 0, iterations: 40, learning_rate: 0.0005, total_variation: 0.01 }
    seed: 1
  features: { kind: features, videos: [leaves, metamer] }
`;

const terms = ["spatial_texture", "temporal_texture", "total_variation"] as const;
const features = ["intensity", "contrast", "pixel_change", "flow_magnitude", "flow_angle"] as const;

/** Means over the clip's frames. */
export interface FinishedClip {
  /** What made it: "onnxruntime cpu". */
  readonly madeBy: string;
  readonly losses: readonly number[];
  readonly features: readonly number[];
}

/** Makes the clip, with these options of `run`. */
export async function finishedClip(...options: readonly string[]): Promise<FinishedClip> {
  await using place = await bench();
  await place.events(await place.write("a.yaml", workflow), ...options);
  const stages = join(place.runs, "a", "stages");
  const records = [...(await readFrameRecords(join(stages, "metamer", "frames.jsonl"))).values()];
  const table: readonly string[][] = parse(await Deno.readTextFile(join(stages, "features", "table.csv")));
  const engines = new Set(records.map(({ engine }) => `${engine?.name} ${engine?.provider}`));
  return {
    madeBy: [...engines].join(", "),
    losses: terms.map((term) => mean(records.flatMap(({ losses }) => losses?.[term] ?? []))),
    features: features.map((feature) =>
      mean(
        table.flatMap(([video, , measured, value]) =>
          video === "metamer" && measured === feature && value !== "" ? [Number(value)] : []
        ),
      )
    ),
  };
}

/** How far a clip's means are from another's, at most, relative to these. */
export function clipDifferences(
  found: FinishedClip,
  expected: FinishedClip,
): Readonly<Record<string, number>> {
  return {
    "final losses of all three terms, means over frames": largest(found.losses, expected.losses),
    "low-level features, means over frames": largest(found.features, expected.features),
  };
}

/** Throws an AssertionError when there is nothing to be meant. */
function mean(values: readonly number[]): number {
  assert.ok(values.length > 1);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function largest(found: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs((found[index] ?? NaN) / value - 1)));
}
