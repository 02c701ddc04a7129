/**
 * The tables that stages made, with the charts that they bring: nothing is known here of what they measure.
 * @module
 */
import { z } from "zod";
import { RunError } from "../../errors.ts";
import type { ChartSpec } from "../charts/draw_chart.ts";
import type { Reported } from "../content.ts";

const summarySchema = z.looseObject({
  headline: z.string().optional(),
  charts: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** A chart of a table. */
export interface TableChart {
  /** By which the summary names it: `residuals_over_time`. */
  readonly id: string;
  readonly title: string;
  readonly spec: ChartSpec;
}

/** A table. */
export interface Table {
  readonly name: string;
  /** What it comes to. */
  readonly headline?: string;
  /** The texts of `table.csv` and of what the kind has written beside it, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly charts: readonly TableChart[];
}

/** True for an instance that makes a table. */
export function makesTable({ finished: { manifest } }: Reported): boolean {
  return manifest.outputs.some(({ path }) => path === "table.csv");
}

/** The files of a table; none of what makes frames. */
export function tableFilesOf({ finished: { manifest } }: Reported): readonly string[] {
  return manifest.outputs.map(({ path }) => path).filter((path) => !path.includes("/"));
}

/** Reads one. Throws DamagedFrame when a file is damaged, RunError when the summary is none. */
export async function readTable(instance: Reported): Promise<Table> {
  const { name, finished } = instance;
  const decoder = new TextDecoder();
  const textOf = async (path: string) => decoder.decode(await finished.file(path));
  const paths = tableFilesOf(instance).filter((path) => path.endsWith(".csv"));
  const files = await Promise.all(paths.map(async (path) => [path, await textOf(path)] as const));
  const summary = await textOf("summary.json");
  const { success, data } = summarySchema.safeParse(JSON.parse(summary));
  if (!success) throw new RunError(`summary.json of ${name} is none that a report can show`);
  const charts = Object.entries(data.charts).map(([id, spec]) => ({ id, title: titleOf(spec, id), spec }));
  return {
    name,
    files: Object.fromEntries(files),
    charts,
    ...(data.headline !== undefined && { headline: data.headline }),
  };
}

/** Vega-Lite's titles are texts, lists of lines, or maps. */
function titleOf({ title }: ChartSpec, id: string): string {
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  if (typeof text === "string") return text;
  return Array.isArray(text) ? text.join(" ") : id.replaceAll("_", " ");
}
