/**
 * Comparing the frames of each video with one another, and the videos' geometries.
 * @module
 */
import { dissimilarities, representationalSimilarity } from "../../analysis/dissimilarity.ts";
import { RunError } from "../../errors.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { type ModelWindows, openModelWindows } from "../model_windows.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import { batchesOf } from "../windows_up_to.ts";
import type { ListedVideo } from "../video_list.ts";
import { extentOf } from "./extent.ts";
import { dissimilarityRows, distancesIn, type Row, rowSchema, tableText } from "./rows.ts";
import type { RdmSettings } from "./schema.ts";
import { summaryOf } from "./summary.ts";

/** Patterns of one video are held together; more than this is too much for a machine like others, in bytes. */
const mostPatternBytes = 2 ** 31;

/**
 * Writes the table and its summary. Returns early when a stop is requested, and then leaves what was finished of whole videos.
 * Throws a RunError when the model cannot be run, or when patterns take too much memory.
 */
export async function runRdm(settings: RdmSettings, context: StageContext): Promise<void> {
  const { facts, store, checkpoints, emit, stopRequested } = context;
  const { videos, windows, frameOf } = extentOf(settings, facts);
  const of = videos.length * windows.length;
  const before = await savedRows(context, rowSchema);
  const rows: Row[] = [...before.rows];
  let { done } = before;
  if (done < of) {
    await using model = await openModelWindows(settings.model, context);
    for (const video of videos.slice(done / windows.length)) {
      const patterns = await patternsOf(video, windows, model, (frame, seconds) => {
        emit({ type: "frame.finished", frame: done + frame, of, seconds });
        return !stopRequested();
      });
      if (patterns === undefined) return done > 0 ? await keepRows(checkpoints, { done, rows }) : undefined;
      for (const [layer, found] of patterns) {
        const distances = dissimilarities(found, settings.distance);
        // One by one: a large matrix has more rows than a call takes arguments.
        for (const row of dissimilarityRows({ layer, video: video.name }, distances, windows.map(frameOf))) {
          rows.push(row);
        }
      }
      done += windows.length;
      if (checkpoints.isDue()) await keepRows(checkpoints, { done, rows });
    }
  }
  for (const row of rsaRows(rows, Object.keys(settings.layers), videos.map(({ name }) => name))) {
    rows.push(row);
  }
  await store.writeTable("table.csv", tableText(rows));
  await store.writeTable(
    "summary.json",
    `${JSON.stringify(summaryOf(rows, settings, facts), undefined, 2)}\n`,
  );
}

/** A layer's pattern in each window, by layer; undefined when `goOn` said no after a window. */
async function patternsOf(
  video: ListedVideo,
  windows: readonly number[],
  model: ModelWindows,
  goOn: (window: number, seconds: number) => boolean,
): Promise<ReadonlyMap<string, readonly Float32Array[]> | undefined> {
  const patterns = new Map<string, Float32Array[]>();
  let done = 0;
  for (const batch of batchesOf(windows, model.batchSize(video))) {
    const began = performance.now();
    const activities = await model.read(video, batch);
    for (const layers of activities) {
      for (const [layer, { values }] of Object.entries(layers)) {
        // A copy: the values are a part of the whole batch's.
        patterns.getOrInsertComputed(layer, () => []).push(values.slice());
      }
    }
    if (done === 0) requireRoom(activities[0] ?? {}, windows.length);
    const seconds = (performance.now() - began) / 1000 / batch.length;
    let stopped = false;
    for (let i = 0; i < batch.length; i++) stopped = !goOn(done++, seconds);
    if (stopped) return undefined;
  }
  return patterns;
}

function requireRoom(
  layers: Readonly<Record<string, { readonly values: Float32Array }>>,
  windows: number,
): void {
  const bytes = Object.values(layers).reduce((sum, { values }) => sum + values.byteLength * windows, 0);
  if (bytes <= mostPatternBytes) return;
  throw new RunError(
    `the patterns of one video take ${
      (bytes / 2 ** 30).toFixed(1)
    } GiB of memory, and 2 GiB at most are used; ` +
      "take fewer layers or frames, or write a step",
  );
}

function rsaRows(rows: readonly Row[], layers: readonly string[], videos: readonly string[]): readonly Row[] {
  return layers.flatMap((layer) => {
    const geometries = videos.map((video) => ({ video, distances: distancesIn(rows, layer, video) }));
    return geometries.flatMap((one, index) =>
      geometries.slice(index + 1).map((other): Row => ({
        measure: "rsa",
        layer,
        video: other.video,
        other_video: one.video,
        value: representationalSimilarity(one.distances, other.distances),
      }))
    );
  });
}
