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
  /** The text of `table.csv`. */
  readonly text: string;
  readonly charts: readonly TableChart[];
}

/** True for an instance that makes a table. */
export function makesTable({ finished: { manifest } }: Reported): boolean {
  return manifest.outputs.some(({ path }) => path === "table.csv");
}

/** Reads one. Throws DamagedFrame when a file is damaged, RunError when the summary is none. */
export async function readTable({ name, finished }: Reported): Promise<Table> {
  const decoder = new TextDecoder();
  const [text, summary] = await Promise.all(
    ["table.csv", "summary.json"].map(async (path) => decoder.decode(await finished.file(path))),
  );
  const { success, data } = summarySchema.safeParse(JSON.parse(summary ?? ""));
  if (!success) throw new RunError(`summary.json of ${name} is none that a report can show`);
  const charts = Object.entries(data.charts).map(([id, spec]) => ({ id, title: titleOf(spec, id), spec }));
  return {
    name,
    text: text ?? "",
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
