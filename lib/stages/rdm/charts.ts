/**
 * Charts of representational dissimilarities, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import type { Json } from "../../plan/stage_kind.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const data = {
  url: "table.csv",
  format: { type: "csv", parse: { frame: "number", other_frame: "number", value: "number" } },
};

/** More cells than this along a side are drawn together, by their mean. */
const cells = 60;

/** By what they show. */
export function rdmCharts(
  layers: readonly string[],
  videos: number,
  step: number,
): { readonly [name: string]: Json } {
  const layer = { field: "layer", type: "nominal", title: null, sort: [...layers] };
  const axis = (field: string) => ({
    field,
    type: "quantitative",
    // A cell for each frame that is a pattern, and whole numbers at the axes.
    bin: { maxbins: cells, minstep: step },
    axis: { format: "d", tickCount: 6 },
    title: field.replace("_", " "),
  });
  const matrices: Json = {
    $schema: schema,
    title: "Dissimilarity of each two frames",
    data,
    transform: [{ filter: "datum.measure === 'dissimilarity'" }],
    facet: { row: layer, column: { field: "video", type: "nominal", title: null, sort: null } },
    resolve: { scale: { color: "independent" } },
    spec: {
      width: 220,
      height: 220,
      mark: "rect",
      encoding: {
        x: axis("frame"),
        y: axis("other_frame"),
        color: {
          aggregate: "mean",
          field: "value",
          type: "quantitative",
          title: "distance",
          scale: { scheme: "viridis" },
        },
      },
    },
  };
  if (videos < 2) return { matrices };
  const similarity: Json = {
    $schema: schema,
    title: "RSA: rank correlation of two videos' dissimilarities",
    data,
    transform: [
      { filter: "datum.measure === 'rsa'" },
      { calculate: "datum.video + ' and ' + datum.other_video", as: "pair" },
    ],
    width: { step: 60 },
    height: 240,
    mark: { type: "bar" },
    encoding: {
      x: { ...layer, axis: { labelAngle: 0 } },
      xOffset: { field: "pair" },
      y: { field: "value", type: "quantitative", title: "Spearman's rho" },
      color: { field: "pair", type: "nominal", title: null },
    },
  };
  return { matrices, rsa: similarity };
}
