/**
 * How charts look where they do not say it themselves.
 * @module
 */
import { fontFamily } from "../../formats/figure_font.ts";
import { palette } from "./palette.ts";

const font = `${fontFamily}, Verdana, sans-serif`;

/** Vega-Lite `config`. */
export const theme = {
  // The page and the file say what it shows.
  aria: false,
  font,
  padding: 8,
  mark: { color: palette[0] },
  range: { category: palette },
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
    gridColor: "#e3e3e3",
    labelLimit: 240,
  },
  header: { labelFontSize: 12, titleFontSize: 12, labelLimit: 480 },
  legend: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 240 },
  view: { stroke: "#c8c8c8", continuousWidth: 420, continuousHeight: 220 },
  line: { strokeWidth: 1.75 },
  point: { size: 26 },
} as const;
