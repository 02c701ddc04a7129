/**
 * Charts of a similarity's table, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import type { Json } from "../../plan/stage_kind.ts";
import type { Row } from "./rows.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const data = { url: "table.csv", format: { type: "csv", parse: { frame: "number", value: "number" } } };

const of = (measure: Row["measure"]) => ({ filter: `datum.measure === '${measure}'` });

/** Over time, the layers beside each other in the order of the settings. */
function overTime(measure: Row["measure"], layers: readonly string[], title: string): Json {
  return {
    $schema: schema,
    title,
    data,
    transform: [of(measure)],
    facet: { column: { field: "layer", type: "nominal", title: null, sort: [...layers] } },
    spec: {
      width: 300,
      height: 200,
      mark: { type: "line", point: { size: 12 } },
      encoding: {
        x: { field: "frame", type: "quantitative", axis: { tickMinStep: 1 } },
        y: {
          field: "value",
          type: "quantitative",
          title: measure === "cka" ? "CKA" : "debiased CKA",
          // A debiased value may be negative.
          scale: measure === "cka" ? { domain: [0, 1] } : { domainMax: 1 },
        },
        color: { field: "video", type: "nominal", title: null },
      },
    },
  };
}

/** How the numbers of all frames are spread, by layer: what is kept early and lost late. */
function byLayer(layers: readonly string[]): Json {
  return {
    $schema: schema,
    title: "CKA of all frames, by layer",
    data,
    transform: [of("cka")],
    width: { step: 60 },
    height: 240,
    mark: { type: "boxplot", extent: "min-max", size: 18 },
    encoding: {
      x: { field: "layer", type: "nominal", sort: [...layers], title: null, axis: { labelAngle: 0 } },
      xOffset: { field: "video" },
      y: { field: "value", type: "quantitative", title: "CKA", scale: { domain: [0, 1] } },
      color: { field: "video", type: "nominal", title: null },
    },
  };
}

/** By what they show. */
export function similarityCharts(layers: readonly string[]): { readonly [name: string]: Json } {
  return {
    cka_over_time: overTime("cka", layers, "CKA with the reference over time"),
    debiased_cka_over_time: overTime("cka_debiased", layers, "Debiased CKA with the reference over time"),
    cka_by_layer: byLayer(layers),
  };
}
