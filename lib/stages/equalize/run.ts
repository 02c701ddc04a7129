/**
 * Making one video equal to several: all are measured first, then its frames are made.
 * @module
 */
import { openEqualizer } from "../../controls/equalize/equalize.ts";
import { measureClips, type ReadClip } from "../../controls/equalize/measure.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { makeFrames } from "../make_frames.ts";
import { readerOf } from "../read_frames.ts";
import { keepMeasurements, savedMeasurements } from "./saved_measurements.ts";
import type { EqualizeSettings } from "./schema.ts";
import { ownSource, type Source, sourcesOf } from "./sources.ts";
import { equalizeWarnings, type Told } from "./warnings.ts";

/**
 * Writes the equalized frames, float32, and tells what did not fit. Returns early when a stop is requested, and then leaves
 * what was measured.
 */
export async function runEqualize(settings: EqualizeSettings, context: StageContext): Promise<void> {
  const { facts, inputs, store, checkpoints, emit, stopRequested } = context;
  const sources = sourcesOf(settings, facts);
  const own = ownSource(sources, facts);
  const clips = sources.map((source) => readClip(source, inputs));
  const measured = await savedMeasurements(context);
  const before = measured.spectra.length + measured.profiles.length;
  const isWhole = await measureClips(clips, settings, measured, async (done, of) => {
    if (stopRequested()) return false;
    if (done > before) emit({ type: "preparing", text: "measuring frames", done, of });
    if (checkpoints.isDue()) await keepMeasurements(checkpoints, measured);
    return true;
  });
  if (measured.spectra.length + measured.profiles.length > before) {
    await keepMeasurements(checkpoints, measured);
  }
  if (!isWhole) return;

  const equalize = await openEqualizer(clips, sources.indexOf(own), settings, measured);
  const { frames } = own.video;
  const told: Told[] = [];
  await makeFrames(context, frames, async (time) => {
    const { frame: { height, width, data }, ...rest } = await equalize(time);
    told[time] = rest;
    return { shape: [height, width, 3], data };
  });
  // Of frames that an earlier run has made, what did not fit is found out again: the sum is that of the whole clip.
  if (await store.finishedFrames(0) < frames) return;
  for (let time = 0; time < frames; time++) {
    if (told[time] !== undefined) continue;
    if (stopRequested()) return;
    const { frame: _, ...rest } = await equalize(time);
    told[time] = rest;
  }
  for (const warning of equalizeWarnings(told, own.video)) emit({ type: "warning", ...warning });
}

function readClip({ role, video, counts }: Source, inputs: StageContext["inputs"]): ReadClip {
  return {
    frames: video.frames,
    transfer: video.transfer ?? "srgb",
    counts,
    frame: readerOf(inputs, role),
  };
}
