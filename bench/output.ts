/**
 * The files that a benchmark writes.
 * @module
 */
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** Writes the figures, when a file is asked for. */
export async function writeJson(file: string | undefined, figures: object): Promise<void> {
  if (file !== undefined) await Deno.writeTextFile(file, `${JSON.stringify(figures, null, 2)}\n`);
}

/** Draws the chart as SVG, when a file is asked for. */
export async function writeChart(file: string | undefined, chart: TopLevelSpec): Promise<void> {
  if (file === undefined) return;
  const view = new View(parse(compile(chart).spec), { renderer: "none" });
  await Deno.writeTextFile(file, await view.toSVG());
  view.finalize();
}
