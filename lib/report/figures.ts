/**
 * The figures of a report, each of them one drawing that the page shows and that lies beside it as a file.
 * @module
 */
import { fontFamily } from "../formats/figure_font.ts";
import { instanceFolderName } from "../store/layout.ts";
import { drawChart } from "./charts/draw_chart.ts";
import { lossCurves } from "./charts/loss_curves.ts";
import type { Reported, Strip } from "./content.ts";
import { lossPoints } from "./data/losses.ts";
import type { Table } from "./data/tables.ts";
import { escaped } from "./page/html.ts";

/** One figure. */
export interface Figure {
  /** Of its files, without ending. */
  readonly stem: string;
  /** What it shows, in a sentence without a full stop. */
  readonly caption: string;
  /** The instance whose numbers it shows. */
  readonly of: string;
  readonly svg: string;
}

/** The charts that a table brings. Throws RunError when one cannot be drawn. */
export async function tableFigures({ name, files, charts }: Table): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { id, title, spec } of charts) {
    const svg = await drawChart(spec, files, `${id} of ${name}`);
    figures.push(figure(`${fileStem(name)}.${id}`, title, name, svg));
  }
  return figures;
}

/** The losses of a synthesized video; undefined for anything else. */
export async function lossFigure({ name, finished }: Reported): Promise<Figure | undefined> {
  const points = lossPoints(await finished.events());
  if (points.length === 0) return undefined;
  const svg = await drawChart(lossCurves(points), {}, `losses of ${name}`);
  const caption =
    `Unweighted losses over the iterations of each octave: frame 0, and the median of the later frames ` +
    `(line) within their range (band)`;
  return figure(`${fileStem(name)}.losses`, caption, name, svg);
}

function figure(stem: string, caption: string, of: string, svg: string): Figure {
  const described = svg.replace(/^(<svg[^>]*>)/, `$1<title>${escaped(`${caption} (${of})`)}</title>`);
  return { stem, caption, of, svg: described };
}

/** A name that every file system takes, in one folder. Names of stages have no dot: what stands behind one is the chart. */
export function fileStem(name: string): string {
  return instanceFolderName(name).replaceAll(/[\\/]/g, "_").replaceAll(" ", "_");
}

const margin = 16;
const gap = 6;
const fontSize = 13;

/** The strip of frames as a figure; the page has it as a table of pictures. */
export function stripFigure({ frames, rows }: Strip): Figure {
  const label = Math.max(...rows.map(({ name }) => name.length)) * fontSize * 0.66 + 12;
  const cell = Math.max(...rows.map(({ width }) => width));
  const left = (column: number) => margin + label + column * (cell + gap);
  const parts = frames.map((frame, column) => text(left(column), margin + fontSize, `frame ${frame}`));
  let top = margin + fontSize + 10;
  for (const { name, height, width, pictures } of rows) {
    parts.push(text(margin, top + height / 2 + fontSize / 3, name));
    pictures.forEach((png, column) => {
      if (png === undefined) return;
      // Enlarged pixels stay squares.
      parts.push(
        `<image x="${
          left(column)
        }" y="${top}" width="${width}" height="${height}" image-rendering="optimizeSpeed" ` +
          `preserveAspectRatio="none" href="data:image/png;base64,${png.toBase64()}"/>`,
      );
    });
    top += height + gap;
  }
  const size = {
    width: Math.ceil(left(frames.length) - gap + margin),
    height: Math.ceil(top - gap + margin),
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" ` +
    `viewBox="0 0 ${size.width} ${size.height}"><rect width="100%" height="100%" fill="white"/>${
      parts.join("")
    }</svg>`;
  return figure("frames", "The same frames of all videos", rows.map(({ name }) => name).join(", "), svg);
}

function text(x: number, y: number, content: string): string {
  return `<text x="${x}" y="${y}" font-family="${fontFamily}, Verdana, sans-serif" font-size="${fontSize}">` +
    `${escaped(content)}</text>`;
}
