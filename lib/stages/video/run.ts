/**
 * Placeholder until decoding is written.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import type { VideoSettings } from "../../video/settings.ts";

export function runVideo(_settings: VideoSettings, _context: StageContext): Promise<void> {
  return Promise.reject(new Error("decoding is not written yet"));
}
