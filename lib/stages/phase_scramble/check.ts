/**
 * What can be known to be wrong with phase scrambling before it runs.
 * @module
 */
import { transferWords } from "../../frames/transfer.ts";
import type { Facts, ReportProblem } from "../../plan/stage_kind.ts";
import { checkFrameCount, sameVideo, takenVideo } from "../one_video.ts";
import { colorRole, type PhaseScrambleStage } from "./schema.ts";

/** Reports everything that can be known without running. */
export function checkPhaseScramble(settings: PhaseScrambleStage, facts: Facts, report: ReportProblem): void {
  checkFrameCount(settings, facts, report);
  if (settings.steps === "clip" && settings.angles === "per_frame") {
    report(["angles"], { code: "idle_setting", when: "steps: clip" });
  }
  checkColors(settings, facts, report);
}

/** Each frame needs one whose colors it takes, of values of its own kind. */
function checkColors(settings: PhaseScrambleStage, facts: Facts, report: ReportProblem): void {
  const { video, color_transfer } = settings;
  const colors = facts.videos[colorRole];
  if (color_transfer === "none" || color_transfer.video === video || colors === undefined) return;
  const path = ["color_transfer", "video"];
  const { frames } = sameVideo(settings, facts);
  if (colors.frames < frames) {
    report(path, {
      code: "fewer_colors",
      video: color_transfer.video,
      frames: colors.frames,
      wanted: frames,
    });
  }
  const [is, others] = [colors.transfer, takenVideo(facts).transfer].map((transfer) =>
    transferWords(transfer)
  );
  if (is !== undefined && others !== undefined && is !== others) {
    report(path, { code: "mixed_transfer", video: color_transfer.video, is, other: video, others });
  }
}
