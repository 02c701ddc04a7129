/**
 * From finished records to the files of a report. No engine, no weights: only what is in the store.
 * @module
 */
import { drawPng } from "../formats/svg_to_png.ts";
import type { ReportFile } from "../store/result_files.ts";
import type { ReportContent, Reported } from "./content.ts";
import { makesTable, readTable, tableFilesOf } from "./data/tables.ts";
import { type Figure, lossFigure, stripFigure, tableFigures } from "./figures.ts";
import { pageOf, readAssets } from "./page/page.ts";
import { recordFolder } from "./record_folder.ts";

/** A file, and what it holds. */
export interface WrittenFile {
  readonly file: ReportFile;
  readonly content: string | Uint8Array;
}

/** PNG files are for slides: two pixels for each of the page's. */
const zoom = 2;

/**
 * The figures as SVG and PNG, the records that the page links to, and at the end the page.
 * Throws DamagedFrame when a record is damaged, RunError when a chart cannot be drawn.
 */
export async function* reportFiles(content: ReportContent): AsyncGenerator<WrittenFile> {
  const { instances, strip } = content;
  const tables = await Promise.all(instances.filter(makesTable).map(readTable));
  const charts: Figure[] = [];
  for (const table of tables) charts.push(...await tableFigures(table));
  const losses: Figure[] = [];
  for (const instance of instances) {
    const figure = await lossFigure(instance);
    if (figure !== undefined) losses.push(figure);
  }
  for (const { stem, svg } of [...(strip === undefined ? [] : [stripFigure(strip)]), ...charts, ...losses]) {
    yield { file: `figures/${stem}.svg`, content: svg };
    yield { file: `figures/${stem}.png`, content: await drawPng(svg, zoom) };
  }
  for (const instance of instances) yield* recordFiles(instance);
  const page = pageOf({ ...content, tables, charts, losses }, await readAssets());
  yield { file: "index.html", content: page };
}

async function* recordFiles(instance: Reported): AsyncGenerator<WrittenFile> {
  const { name, finished } = instance;
  const { manifest } = finished;
  const folder = recordFolder(name);
  for (const path of tableFilesOf(instance)) {
    yield { file: `${folder}/${path}`, content: await finished.file(path) };
  }
  yield { file: `${folder}/manifest.json`, content: `${JSON.stringify(manifest, undefined, 2)}\n` };
}
