/**
 * The cost of frames as a chart.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FrameCost } from "./measure.ts";

/** What the frames of a clip cost. */
export interface ClipCost {
  readonly size: string;
  readonly frames: readonly FrameCost[];
}

/** Seconds per iteration against the frame's number, a line for each size. */
export function framesChart(clips: readonly ClipCost[]): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    title: "Seconds per iteration, frame by frame",
    data: { values: clips.flatMap(({ size, frames }) => frames.map((frame) => ({ size, ...frame }))) },
    width: 420,
    height: 300,
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "frame", type: "ordinal", title: "frame", axis: { labelAngle: 0 } },
      y: { field: "secondsPerIteration", type: "quantitative", title: "seconds" },
      color: { field: "size", type: "nominal", title: null, sort: null },
    },
  };
}
