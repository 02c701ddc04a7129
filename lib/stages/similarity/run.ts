/**
 * Comparing the activity to videos, batch by batch.
 * @module
 */
import { alignment, centered, type CenteredRepresentation } from "../../analysis/cka.ts";
import { type Activity, joined, representationOf } from "../../analysis/vision_model/activity.ts";
import { RunError } from "../../errors.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { type ModelWindows, openModelWindows } from "../model_windows.ts";
import { batchesOf, windowsUpTo } from "../windows_up_to.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import type { ListedVideo } from "../video_list.ts";
import { type Extent, extentOf } from "./extent.ts";
import { type Row, rowSchema, tableText } from "./rows.ts";
import type { SimilaritySettings } from "./schema.ts";
import { summaryOf } from "./summary.ts";

/**
 * Writes the table and its summary. Returns early when a stop is requested, and then leaves what was compared.
 * Throws a RunError when the model cannot be run or its activity cannot be compared.
 */
export async function runSimilarity(settings: SimilaritySettings, context: StageContext): Promise<void> {
  const { facts, store, checkpoints, emit, stopRequested } = context;
  const extent = extentOf(settings, facts);
  const before = await savedRows(context, rowSchema);
  const rows: Row[] = [...before.rows];
  let { done } = before;
  if (done < extent.windows) {
    await using windows = await openModelWindows(settings.model, context);
    const comparing = createComparison(settings, extent, windows);
    for (let batch = comparing.batchBefore(done); batch * comparing.size < extent.windows; batch++) {
      const began = performance.now();
      if (stopRequested()) return done > 0 ? await keepRows(checkpoints, { done, rows }) : undefined;
      const end = Math.min((batch + 1) * comparing.size, extent.windows);
      rows.push(...await comparing.rowsOf(batch, done));
      const seconds = (performance.now() - began) / 1000 / Math.max(1, end - done);
      for (; done < end; done++) {
        emit({ type: "frame.finished", frame: done, of: extent.windows, seconds });
      }
      if (checkpoints.isDue()) await keepRows(checkpoints, { done, rows });
    }
  }
  await store.writeTable("table.csv", tableText(rows));
  await store.writeTable(
    "summary.json",
    `${JSON.stringify(summaryOf(rows, settings, facts), undefined, 2)}\n`,
  );
}

interface Comparing {
  /** Windows in a batch. */
  readonly size: number;
  /** The batch to begin with where so many windows are done: numbers reach back into earlier ones. */
  batchBefore(done: number): number;
  /** The rows of a batch, from that window on. Batches follow one another. */
  rowsOf(batch: number, from: number): Promise<readonly Row[]>;
}

/** Activity by layer. */
type Layers = Readonly<Record<string, Activity>>;

function createComparison(
  { samples }: SimilaritySettings,
  { reference, others, windows: count, joined: reach, first }: Extent,
  windows: ModelWindows,
): Comparing {
  if (reference === undefined) throw new Error("a similarity without a reference");
  const videos = [reference, ...others];
  // The smallest serves all, so that they stay in step.
  const size = Math.min(...videos.map((video) => windows.batchSize(video)));
  const batches = batchesOf(windowsUpTo(count), size);
  const recent = new Map(videos.map(({ role }) => [role, new Array<Layers>()]));

  const recentOf = ({ role }: ListedVideo) => recent.get(role) ?? [];

  function remember(video: ListedVideo, activities: Layers | undefined): void {
    const kept = recentOf(video);
    if (activities !== undefined) kept.push(activities);
    if (kept.length > reach) kept.shift();
  }

  function centeredLayer(video: ListedVideo, layer: string): CenteredRepresentation {
    const activity = joined(recentOf(video).map((activities) => activityAt(activities, layer)));
    const representation = representationOf(activity, samples);
    if (representation.samples >= 2) return centered(representation);
    throw new RunError(
      `${layer} has 1 of ${samples} in a window, and CKA compares 2 or more: choose other samples, or a longer window`,
    );
  }

  function rowsNow(frame: number, reference: ListedVideo): Row[] {
    return windows.layers.flatMap((layer) => {
      const wanted = centeredLayer(reference, layer);
      return others.flatMap((video): Row[] => {
        const { cka, debiased } = alignment(wanted, centeredLayer(video, layer));
        const row = { video: video.name, reference: reference.name, layer, frame };
        return [
          { ...row, measure: "cka", value: cka },
          ...(debiased === undefined ? [] : [{ ...row, measure: "cka_debiased" as const, value: debiased }]),
        ];
      });
    });
  }

  return {
    size,
    batchBefore: (done) => Math.floor(Math.max(0, done - reach + 1) / size),
    async rowsOf(batch, from) {
      const batched = batches[batch] ?? [];
      const shown = new Map<string, readonly Layers[]>();
      for (const video of videos) shown.set(video.role, await windows.read(video, batched));
      const rows: Row[] = [];
      for (const [index, window] of batched.entries()) {
        for (const video of videos) remember(video, shown.get(video.role)?.[index]);
        const isComplete = recentOf(reference).length === reach;
        if (window >= from && isComplete) rows.push(...rowsNow(first + window, reference));
      }
      return rows;
    },
  };
}

function activityAt(activities: Layers, layer: string): Activity {
  const activity = activities[layer];
  if (activity === undefined) throw new Error(`the model gave no ${layer}`);
  return activity;
}
