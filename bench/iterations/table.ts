/**
 * The figures of iterations as text.
 * @module
 */
import { exponentOf, type Figure, secondsOf, sizeText, speedOf, timesOurs } from "./figure.ts";
import { type Stream, streams } from "./workload.ts";

/** The line above the rows. */
export const heading = row(
  ["size", "stream", "setting", "s/iteration", "x ours", "GFLOP/s", "of peak", "peak RSS", "compiled in"],
);

/** One line for each figure of a size and stream. */
export function rows(figures: readonly Figure[]): string {
  return figures.map((figure, index) => {
    const speed = speedOf(figure);
    return row([
      index === 0 ? sizeText(figure.size) : "",
      index === 0 ? figure.stream : "",
      figure.setting,
      secondsOf(figure).toFixed(3),
      timesOurs(figure, figures).toFixed(2),
      speed.toFixed(0),
      `${(100 * speed / figure.peak).toFixed(0)} %`,
      `${(figure.peakBytes / 2 ** 30).toFixed(2)} GiB`,
      `${figure.compileSeconds.toFixed(1)} s`,
    ]);
  }).join("\n");
}

/** How the time of ours grows with the pixels. */
export function growth(figures: readonly Figure[]): string {
  const exponents = streams.flatMap((stream) => {
    const exponent = exponentOf(stream, figures);
    return Number.isFinite(exponent) ? [`${stream} ${exponent.toFixed(3)}`] : [];
  });
  if (exponents.length === 0) return "";
  return `Seconds of ours grow with the number of pixels (from 160x284 on) to the power of: ${
    exponents.join(", ")
  }.`;
}

/** The ratios that were promised, by size. */
export function ratios(figures: readonly Figure[]): string {
  const of = (stream: Stream, setting: "direct" | "baseline") =>
    figures.filter((figure) => figure.stream === stream && figure.setting === setting)
      .map((figure) => `${sizeText(figure.size)} ${timesOurs(figure, figures).toFixed(2)}`).join(", ");
  return [
    ["whole iteration, baseline / ours", of("both", "baseline")],
    ["temporal stream, baseline / ours", of("temporal", "baseline")],
    ["spatial stream, baseline / ours", of("spatial", "baseline")],
    ["spatial stream, direct / ours", of("spatial", "direct")],
  ].flatMap(([name, found]) => found ? [`${name}: ${found}`] : []).join("\n");
}

function row(cells: readonly string[]): string {
  const widths = [9, 9, 9, 11, 7, 8, 8, 9, 12];
  return cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    return index < 3 ? cell.padEnd(width) : cell.padStart(width);
  }).join(" ").trimEnd();
}
