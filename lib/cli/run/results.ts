/**
 * What a finished instance leaves for people: playable files, and how well it matches.
 * @module
 */
import { join } from "node:path";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { reportPath } from "../../runner/copy_report.ts";
import { type Encoders, viewPath } from "../../runner/encode_views.ts";
import { type FinishedFrame, readFrameRecords } from "../../store/frame_records.ts";
import { inParallel } from "../in_parallel.ts";
import { instanceFolderName, instancePaths, workflowPaths } from "../../store/layout.ts";
import { type Drift, driftOf, type MeanResiduals, meansOf, residualsOf } from "../../store/residuals.ts";
import type { TableFile } from "../../store/result_files.ts";
import { encoders } from "../export/encoders.ts";
import { readTableSummary } from "../table_summary.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";

/** A clip is there to be looked at beside what was made of it; the lossless file of it is the user's own. */
export function encodersOf({ section, artifact }: PlannedInstance): Encoders {
  if (artifact.made !== "video") return {};
  return section === "videos" ? { mp4: encoders.mp4 } : encoders;
}

/** The playable files of an instance, by ending. */
export function videosOf(
  instance: PlannedInstance,
  { runs, name }: LoadedWorkflow,
): Readonly<Record<string, string>> {
  const endings = Object.keys(encodersOf(instance));
  return Object.fromEntries(endings.map((ending) => [ending, viewPath(runs, name, instance.name, ending)]));
}

/** How far the frames of a finished instance that are wanted are from their targets; undefined where it has none. */
export async function residualsIn(
  instance: PlannedInstance,
  runs: string,
): Promise<MeanResiduals | undefined> {
  const residuals = residualsOf(await wantedRecords(instance, runs));
  return residuals && meansOf(residuals);
}

/** How the first and the last frames of each of these differ, by instance. */
export async function driftsIn(
  instances: readonly PlannedInstance[],
  runs: string,
): Promise<Readonly<Record<string, Drift>>> {
  const drifts = await inParallel(
    instances,
    async (instance) => [instance.name, driftOf(await wantedRecords(instance, runs))] as const,
  );
  return Object.fromEntries(drifts);
}

/** Records of the frames that this workflow wants; there may be more, of a run with `--frames`. */
async function wantedRecords({ key, artifact }: PlannedInstance, runs: string): Promise<FinishedFrame[]> {
  const frames = artifact.made === "video" ? artifact.video.frames : 0;
  const records = await readFrameRecords(instancePaths(runs, key).frameRecords);
  return [...records.values()].filter(({ frame }) => frame >= 0 && frame < frames);
}

/** The pages of the reports among these instances, by name. */
export function reportsOf(
  { loaded: { runs, name }, instances }: {
    readonly loaded: Pick<LoadedWorkflow, "runs" | "name">;
    readonly instances: readonly PlannedInstance[];
  },
): Readonly<Record<string, string>> {
  const reports = instances.filter(({ artifact }) => artifact.made === "report");
  return Object.fromEntries(reports.map((report) => [report.name, reportPath(runs, name, report.name)]));
}

/** What a finished table comes to. */
export interface TableResult {
  /** Where it is, in the workflow's own folder. */
  readonly table: string;
  /** The same in brief, as JSON. */
  readonly summary: string;
  /** The same in one line. */
  readonly headline: string;
  /** A line for each instance that a match judged, where they are several. */
  readonly verdicts?: readonly string[];
}

/** The table that a finished instance has made; undefined where it makes none. Throws RunError when its summary is damaged. */
export async function tableIn(
  instance: PlannedInstance,
  { runs, name }: Pick<LoadedWorkflow, "runs" | "name">,
): Promise<TableResult | undefined> {
  if (instance.artifact.made !== "table") return undefined;
  const folder = join(workflowPaths(runs, name).stages, instanceFolderName(instance.name));
  const at = (file: TableFile) => join(folder, file);
  const summary = await readTableSummary(at("summary.json"));
  if (summary === undefined) return undefined;
  return {
    table: at("table.csv"),
    summary: at("summary.json"),
    ...summary,
  };
}
