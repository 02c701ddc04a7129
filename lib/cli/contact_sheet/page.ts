/**
 * The contact sheet as a drawing: one row for each video, one column for each frame.
 * @module
 */
import { fontFamily } from "../../formats/figure_font.ts";
import type { Size } from "../../frames/frame.ts";
import { thumbnailScale } from "../../frames/thumbnail.ts";

/** One row. */
export interface SheetRow {
  readonly name: string;
  /** Small lines below the name: what it is, how well it matches. */
  readonly lines: readonly string[];
  /** Of each picture on the sheet. */
  readonly size: Size;
  /** PNG files in the order of the columns; undefined where the video has no such frame. */
  readonly pictures: readonly (Uint8Array | undefined)[];
}

/** All that stands on a sheet. */
export interface Sheet {
  readonly title: string;
  readonly subtitle: string;
  /** Above the columns: "frame 0". */
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Small lines below. */
  readonly footer: readonly string[];
}

const margin = 24;
const gap = 8;
const labelWidth = 236;
const lineHeight = 15;
const nameSize = 13;
const lineSize = 10.5;
/** Characters of a line that fit beside the pictures: the font's are about 0.6 as wide as high. */
const longestName = Math.floor(labelWidth / (nameSize * 0.66));
const longestLine = Math.floor(labelWidth / (lineSize * 0.62));

/** About how wide a sheet may be, so that all of a row is seen at once. */
const widest = 1800;
/** A sheet of few columns is no poster. */
const largestSide = 384;

/** Larger, a clip of a few pixels would be a poster of squares, and its sheet take longer to draw than its frames. */
const mostEnlarged = 6;

/** By how much pictures are enlarged in a sheet of so many columns; negative numbers as of `thumbnailScale`. */
export function scaleOnSheet(size: Size, columns: number): number {
  const room = Math.floor((widest - 2 * margin - labelWidth) / columns) - gap;
  return Math.min(mostEnlarged, thumbnailScale(size, Math.min(room, largestSide)));
}

/** SVG of the sheet. */
export function drawSheet(sheet: Sheet): string {
  const cellWidth = Math.max(...sheet.rows.map(({ size }) => size.width), 1);
  const width = Math.max(2 * margin + labelWidth + sheet.columns.length * (cellWidth + gap), 640);
  const left = (column: number) => margin + labelWidth + column * (cellWidth + gap);
  const parts: string[] = [
    text(margin, margin + 14, sheet.title, { size: 17, bold: true }),
    text(margin, margin + 34, sheet.subtitle, { size: 11, gray: true }),
  ];
  let top = margin + 64;
  sheet.columns.forEach((label, column) => parts.push(text(left(column), top, label, { size: 11.5 })));
  top += gap;
  for (const row of sheet.rows) {
    const height = Math.max(row.size.height, lineHeight * (row.lines.length + 1) + 2);
    parts.push(text(margin, top + 12, shortened(row.name, longestName), { size: nameSize, bold: true }));
    row.lines.forEach((line, index) => {
      const y = top + 12 + lineHeight * (index + 1);
      parts.push(text(margin, y, shortened(line, longestLine), { size: lineSize, gray: true }));
    });
    row.pictures.forEach((png, column) => {
      if (png !== undefined) parts.push(picture(left(column), top, row.size, png));
    });
    top += height + 2 * gap;
  }
  top += gap;
  for (const line of sheet.footer) {
    parts.push(text(margin, top, line, { size: 10.5, gray: true }));
    top += lineHeight;
  }
  const height = top + margin - lineHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>${parts.join("")}</svg>`;
}

function text(
  x: number,
  y: number,
  content: string,
  { size, bold = false, gray = false }: {
    readonly size: number;
    readonly bold?: boolean;
    readonly gray?: boolean;
  },
): string {
  return `<text x="${x}" y="${y}" font-family="${fontFamily}" font-size="${size}" ` +
    `font-weight="${bold ? 700 : 400}" fill="${gray ? "#555555" : "#000000"}">${escaped(content)}</text>`;
}

/** Enlarged pixels stay squares. */
function picture(x: number, y: number, { height, width }: Size, png: Uint8Array): string {
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" image-rendering="optimizeSpeed" ` +
    `preserveAspectRatio="none" href="data:image/png;base64,${png.toBase64()}"/>`;
}

function shortened(line: string, most: number): string {
  return line.length <= most ? line : `${line.slice(0, most - 3)}...`;
}

/** Letters that XML does not have are left out. */
function escaped(content: string): string {
  return content.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
