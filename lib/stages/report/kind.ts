/**
 * The kind `report`: a page for the lab meeting, from what is recorded of other stages.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import { reportReferences, reportSchema, type ReportSettings } from "./schema.ts";
import { keyedReport, reportReads, shownVideos } from "./shown.ts";

/** A self-contained HTML page with figures as files beside it. Made from records alone: no engine is opened. */
export const reportKind: StageKind<ReportSettings> = {
  name: "report",
  summary:
    "Makes a page of other stages: clips side by side, figures, settings, methods and what is to be cited.",
  format: 4,
  artifact: "report",
  schema: reportSchema,
  references: reportReferences,
  write: (settings) => settings,
  check() {},
  makes: () => ({ made: "report" }),
  reads: (_settings, facts) => reportReads(facts),
  keyed: (_settings, facts) => keyedReport(facts),
  work: (_settings, facts) => [
    { height: 1, width: 1, iterations: 1, parts: ["report"] },
    ...shownVideos(facts).shown.map(({ video: { height, width, frames } }) => (
      { height, width, iterations: frames, parts: ["decode"] }
    )),
  ],
  deviations: () => [],
  async load() {
    const { runReport } = await import("./run.ts");
    return runReport;
  },
};
