/**
 * Asking for names, batch by batch.
 * @module
 */
import { z } from "zod";
import { mostProbable, softmax } from "../../analysis/readout.ts";
import { RunError } from "../../errors.ts";
import { reachOf } from "../../models/model_file/model_json.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { foreignModelFacts, windowCount } from "../foreign_model.ts";
import { openModelWindows } from "../model_windows.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import { batchesOf, windowsUpTo } from "../windows_up_to.ts";
import { videosListed } from "../video_list.ts";
import { guessRows, type Row, rowSchema, tableText } from "./rows.ts";
import type { ReadoutSettings } from "./schema.ts";
import { summaryOf } from "./summary.ts";

/** What is kept beside rows: the sums of a video's probabilities as far as it was seen. */
const sumsSchema = z.object({ sums: z.array(z.number()) });

/**
 * Writes the table and its summary. Returns early when a stop is requested, and then leaves what was asked.
 * Throws a RunError when the model cannot be run, when there are not as many labels as classes, or when what is said to be
 * probabilities is none.
 */
export async function runReadout(settings: ReadoutSettings, context: StageContext): Promise<void> {
  const { facts, store, checkpoints, emit, stopRequested } = context;
  const model = foreignModelFacts(facts);
  const videos = videosListed(facts);
  const counts = videos.map(({ facts: { frames } }) => windowCount(frames, model));
  const of = counts.reduce((sum, count) => sum + count, 0);
  const before = await savedRows(context, z.union([rowSchema, sumsSchema]));
  const rows: Row[] = before.rows.flatMap((row) => "sums" in row ? [] : [row]);
  let sums = before.rows.flatMap((row) => "sums" in row ? row.sums : []);
  let { done } = before;
  const keep = () => keepRows(checkpoints, { done, rows: [...rows, { sums }] });
  await using windows = await openModelWindows(settings.model, context);
  const { labels } = windows.model;

  let first = 0;
  for (const [index, video] of videos.entries()) {
    const count = counts[index] ?? 0;
    const start = Math.max(0, done - first);
    first += count;
    if (start >= count) continue;
    const size = windows.batchSize(video);
    for (const batch of batchesOf(windowsUpTo(count), size).slice(start / size)) {
      const began = performance.now();
      if (stopRequested()) return done > 0 ? await keep() : undefined;
      const activities = await windows.read(video, batch);
      for (const [place, layers] of activities.entries()) {
        const probabilities = probabilitiesOf(Object.values(layers)[0]?.values, settings, labels);
        if (sums.length === 0) sums = Array.from(probabilities, () => 0);
        sums = sums.map((sum, index) => sum + probabilities[index]!);
        const frame = reachOf(model.input) + (batch[place] ?? 0);
        const guesses = mostProbable(probabilities, settings.top);
        rows.push(...guessRows({ video: video.name, measure: "frame", frame }, guesses, labels));
      }
      const seconds = (performance.now() - began) / 1000 / batch.length;
      for (const last = done + batch.length; done < last; done++) {
        emit({ type: "frame.finished", frame: done, of, seconds });
      }
      if (done === first) {
        const means = Float64Array.from(sums, (sum) => sum / count);
        const guesses = mostProbable(means, settings.top);
        rows.push(...guessRows({ video: video.name, measure: "video" }, guesses, labels));
        sums = [];
      }
      if (checkpoints.isDue()) await keep();
    }
  }
  await store.writeTable("table.csv", tableText(rows));
  await store.writeTable(
    "summary.json",
    `${JSON.stringify(summaryOf(rows, settings, facts), undefined, 2)}\n`,
  );
}

function probabilitiesOf(
  scores: Float32Array | undefined,
  settings: ReadoutSettings,
  labels: readonly string[] | undefined,
): Float64Array {
  if (scores === undefined) throw new Error("the model gave no classes");
  if (labels !== undefined && labels.length !== scores.length) {
    throw new RunError(
      `the model tells ${scores.length} classes apart, and its JSON names ${labels.length}: the labels are those of another model`,
    );
  }
  if (settings.scores === "logits") return softmax(scores);
  const probabilities = Float64Array.from(scores);
  requireProbabilities(probabilities);
  return probabilities;
}

/** How far probabilities in float32, or such as were rounded on their way, may be from what they must be. */
const probabilityTolerance = 1e-3;

function requireProbabilities(found: Float64Array): void {
  const [smallest, largest] = found.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity] as const,
  );
  const sum = found.reduce((total, value) => total + value, 0);
  const isWithin = smallest >= -probabilityTolerance && largest <= 1 + probabilityTolerance;
  if (isWithin && Math.abs(sum - 1) <= probabilityTolerance) return;
  const number = (value: number) => Number(value.toPrecision(4));
  throw new RunError(
    `the classes' numbers are no probabilities: they go from ${number(smallest)} to ${
      number(largest)
    }, and their sum is ${
      number(sum)
    } instead of 1; where they are logits, write scores: logits or leave it out`,
  );
}
