/**
 * The luminance, the contrast and the flicker of one frame and of its targets.
 * @module
 */
import { meanLuminance, rmsContrast, secondDifference } from "../../analysis/luminance.ts";
import type { ReadFrame } from "../read_frames.ts";
import { judged, type Row } from "./rows.ts";

/** A clip by name; the judged frames are a clip, too. */
export interface LuminousClip {
  readonly of: string;
  readonly read: ReadFrame;
}

/** The rows at a time; flicker needs a frame before and a frame after. */
export async function measureLuminance(
  instance: string,
  clips: readonly LuminousClip[],
  time: number,
  count: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { of, read } of clips) {
    const now = await read(time);
    rows.push({ instance, frame: time, measure: "luminance", of, value: meanLuminance(now) });
    rows.push({ instance, frame: time, measure: "contrast", of, value: rmsContrast(now) });
    if (time === 0 || time + 1 >= count) continue;
    const value = secondDifference(await read(time - 1), now, await read(time + 1));
    rows.push({ instance, frame: time, measure: "flicker", of, value });
  }
  return rows;
}

/** The judged frames among the clips. */
export function judgedClip(read: ReadFrame): LuminousClip {
  return { of: judged, read };
}
