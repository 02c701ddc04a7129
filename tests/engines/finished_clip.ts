/**
 * A whole small clip made by the program with one engine and with another: frame after frame, each begun from what the rounding of
 * the one before has left. Its steps are small: with large ones, the same engine's rounding decides what becomes of a frame.
 * @module
 */
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

/** Means over the clip's frames: of each term's final loss, and of each low-level feature. */
export type ClipMeans = ReadonlyMap<string, number>;

/** How far a clip's means are from another's, at most, relative to these. */
export function clipDifferences(found: ClipMeans, expected: ClipMeans): Readonly<Record<string, number>> {
  const distances = (wanted: (what: string) => boolean) =>
    expected.entries().filter(([what]) => wanted(what))
      .map(([what, value]) => Math.abs((found.get(what) ?? NaN) / value - 1));
  const isLoss = (what: string) => what.startsWith("final loss");
  return {
    "final losses of all three terms, means over frames": Math.max(...distances(isLoss)),
    "low-level features, means over frames": Math.max(...distances((what) => !isLoss(what))),
  };
}

/** Makes the clip, with these options of `run`. */
export async function finishedClip(...engine: readonly string[]): Promise<ClipMeans> {
  await using place = await bench();
  await place.events(await place.write("a.yaml", workflow), ...engine);
  const stages = join(place.runs, "a", "stages");
  const records = await readFrameRecords(join(stages, "metamer", "frames.jsonl"));
  const table: readonly string[][] = parse(await Deno.readTextFile(join(stages, "features", "table.csv")));
  const values = [
    ...records.values().flatMap(({ losses }) =>
      Object.entries(losses ?? {}).map(([term, loss]) => [`final loss of ${term}`, loss] as const)
    ),
    ...table.flatMap(([video, , feature, value]) =>
      video === "metamer" && value !== "" ? [[String(feature), Number(value)] as const] : []
    ),
  ];
  const groups = Map.groupBy(values, ([what]) => what);
  return new Map(
    groups.entries().map((
      [what, all],
    ) => [what, all.reduce((sum, [, value]) => sum + value, 0) / all.length]),
  );
}
