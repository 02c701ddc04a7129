/**
 * The videos of one synthesis have values of one kind: frames of light and frames of coded values can't be matched.
 * @module
 */
import { transferWords } from "../../frames/transfer.ts";
import type { Facts, ReportProblem, SettingPath } from "../../plan/stage_kind.ts";
import type { SynthesisSettings } from "../../synthesis/settings.ts";
import { videoFacts } from "./extent.ts";
import { allTargets, colorRole, startRole, startWords, targetPath } from "./roles.ts";

/** Reports each video whose values follow light in another way than those of the first target. */
export function checkTransfer(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  const [first, ...others] = usedVideos(settings);
  if (first === undefined) return;
  const needed = transferWords(videoFacts(facts, first.role).transfer);
  for (const { path, video, role } of others) {
    const found = transferWords(videoFacts(facts, role).transfer);
    if (found === needed) continue;
    report(path, { code: "mixed_transfer", video, is: found, other: first.video, others: needed });
  }
}

/** The targets, then the other videos that are not among them. */
function usedVideos(settings: SynthesisSettings) {
  const { start_from, color_transfer } = settings;
  const used: { readonly path: SettingPath; readonly video: string; readonly role: string }[] = allTargets(
    settings,
  ).map(({ term, index, target, role }) => ({ path: targetPath(term, index), video: target.video, role }));
  const add = (path: SettingPath, video: string, role: string) => {
    if (!used.some((other) => other.video === video)) used.push({ path, video, role });
  };
  if (color_transfer !== "none") add(["color_transfer", "video"], color_transfer.video, colorRole);
  if (!startWords.includes(start_from)) add([startRole], start_from, startRole);
  return used;
}
