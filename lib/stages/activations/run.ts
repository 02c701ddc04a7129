/**
 * Writing the activity to videos, batch by batch.
 * @module
 */
import type { LayerActivity } from "../../analysis/vision_model/activity.ts";
import { reachOf } from "../../models/model_file/model_json.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { GrowingArray } from "../../store/growing_array.ts";
import { foreignModelFacts, windowCount } from "../foreign_model.ts";
import { type ModelWindows, openModelWindows } from "../model_windows.ts";
import { batchesOf, windowsUpTo } from "../windows_up_to.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import { type ListedVideo, videosListed } from "../video_list.ts";
import {
  arrayName,
  gatherHdf5,
  hdf5Name,
  holdsAll,
  listName,
  listText,
  type PlannedArray,
  removeOwnFiles,
  requireFittingHdf5,
} from "./arrays.ts";
import { type Row, rowSchema, rowsOf, tableText } from "./rows.ts";
import type { ActivationsSettings } from "./schema.ts";
import { summaryOf } from "./summary.ts";

/**
 * Writes the arrays, their list, the table and its summary. Returns early when a stop is requested, and then leaves what
 * was written. Throws a RunError when the model cannot be run, or when there is no room.
 */
export async function runActivations(settings: ActivationsSettings, context: StageContext): Promise<void> {
  const { facts, store, checkpoints, emit, stopRequested } = context;
  const model = foreignModelFacts(facts);
  const videos = videosListed(facts);
  const of = videos.reduce((sum, { facts: { frames } }) => sum + windowCount(frames, model), 0);
  await using windows = await openModelWindows(settings.model, context);
  const arrays = await planArrays(windows, videos, context);
  const isHdf5 = settings.format === "hdf5";
  if (isHdf5) requireFittingHdf5(arrays);

  const { done: before, rows: measured } = await savedRows(context, rowSchema);
  const areThere = await areWritten(arrays, before, store);
  // A kill may have come while the arrays' own files were removed, which their gathering makes needless.
  const areGathered = !areThere && isHdf5 && before === of && await holdsAll(arrays, store);
  // Arrays that somebody has taken away are written anew.
  const from = areThere || areGathered ? before : 0;
  if (!isHdf5 || from < of) await store.removeArray(hdf5Name);
  const rows: Row[] = from === 0 ? [] : [...measured];
  let [done, first] = [from, 0];
  for (const video of videos) {
    const count = windowCount(video.facts.frames, model);
    const start = Math.max(0, done - first);
    first += count;
    if (start >= count) continue;
    using writing = await openArrays(arrays.filter((array) => array.video === video.name), start, store);
    const size = windows.batchSize(video);
    const keep = async () => {
      await writing.sync();
      await keepRows(checkpoints, { done, rows });
    };
    for (const batch of batchesOf(windowsUpTo(count), size).slice(start / size)) {
      const began = performance.now();
      if (stopRequested()) return done > 0 ? await keep() : undefined;
      for (const [index, activities] of (await windows.read(video, batch)).entries()) {
        const frame = reachOf(model.input) + (batch[index] ?? 0);
        for (const [layer, activity] of Object.entries(activities)) {
          await writing.append(layer, activity);
          rows.push(...rowsOf({ video: video.name, layer, frame }, activity));
        }
      }
      const seconds = (performance.now() - began) / 1000 / batch.length;
      for (const last = done + batch.length; done < last; done++) {
        emit({ type: "frame.finished", frame: done, of, seconds });
      }
      if (checkpoints.isDue()) await keep();
    }
    await keep();
  }
  if (isHdf5) {
    if (!areGathered) await gatherHdf5(arrays, store);
    await removeOwnFiles(arrays, store);
  }
  await store.writeArray(listName, listText(arrays, settings.format));
  await store.writeTable("table.csv", tableText(rows));
  const summary = summaryOf(rows, arrays, settings, facts);
  await store.writeTable("summary.json", `${JSON.stringify(summary, undefined, 2)}\n`);
}

/** The arrays of all videos, of which the first window tells the shapes. */
async function planArrays(
  windows: ModelWindows,
  videos: readonly ListedVideo[],
  { facts }: StageContext,
): Promise<readonly PlannedArray[]> {
  const model = foreignModelFacts(facts);
  const arrays: PlannedArray[] = [];
  for (const video of videos) {
    const [activities = {}] = await windows.read(video, [0]);
    for (const [layer, { shape }] of Object.entries(activities)) {
      arrays.push({
        video: video.name,
        layer,
        tensor: model.layers[layer] ?? layer,
        shape: [windowCount(video.facts.frames, model), ...shape],
        firstFrame: reachOf(model.input),
      });
    }
  }
  return arrays;
}

/** True when the arrays have all rows of so many windows. */
async function areWritten(
  arrays: readonly PlannedArray[],
  windows: number,
  store: StageContext["store"],
): Promise<boolean> {
  const layers = new Set(arrays.map(({ layer }) => layer)).size;
  let left = windows;
  for (const [index, array] of arrays.entries()) {
    const [count = 0] = array.shape;
    const rows = await store.arrayRows({ name: `${arrayName(array)}.npy`, shape: array.shape });
    if (rows < Math.min(left, count)) return false;
    if ((index + 1) % layers === 0) left = Math.max(0, left - count);
  }
  return true;
}

interface OpenArrays extends Disposable {
  append(layer: string, activity: LayerActivity): Promise<void>;
  sync(): Promise<void>;
}

async function openArrays(
  arrays: readonly PlannedArray[],
  done: number,
  store: StageContext["store"],
): Promise<OpenArrays> {
  const open = new Map<string, GrowingArray>();
  for (const array of arrays) {
    open.set(
      array.layer,
      await store.openArray({ name: `${arrayName(array)}.npy`, shape: array.shape, done }),
    );
  }
  return {
    async append(layer, { values }) {
      await open.get(layer)?.append(values);
    },
    async sync() {
      for (const array of open.values()) await array.sync();
    },
    [Symbol.dispose]() {
      for (const array of open.values()) array[Symbol.dispose]();
    },
  };
}
