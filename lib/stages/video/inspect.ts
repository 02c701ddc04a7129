/**
 * Placeholder until probing is written.
 * @module
 */
import type { DigestFile, Inspected, ReportProblem } from "../../plan/stage_kind.ts";
import type { VideoSettings } from "../../video/settings.ts";

export function inspectVideo(
  _settings: VideoSettings,
  _folder: string,
  _report: ReportProblem,
  _digest: DigestFile,
): Promise<Inspected | undefined> {
  return Promise.reject(new Error("probing is not written yet"));
}
