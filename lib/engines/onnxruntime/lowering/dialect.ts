/**
 * The ways in which a graph is written, for the two kinds of hardware that ONNX Runtime's providers compute on.
 * @module
 */
import type { Graph } from "../../../graph/graph.ts";
import type { ConvolutionChoice } from "../../engine.ts";
import { wantedChannelsLast } from "./layout_plan.ts";
import { type ChannelsLastLowerings, channelsLastLowerings, type Lowerings, lowerings } from "./lowerings.ts";

/** How operations are written. */
export interface Dialect {
  /** Of every operation, from rows to rows. */
  readonly lowerings: Lowerings;
  /** Where channels are, or are to be, last. */
  readonly channelsLast: ChannelsLastLowerings;
  /** The nodes whose results are wanted with their channels last. */
  wantedChannelsLast(graph: Graph): ReadonlySet<number>;
}

/** For a processor: what a few cores compute fastest with ONNX Runtime's own kernels (docs/design/speed.md). */
export function processorDialect(convolution: ConvolutionChoice): Dialect {
  return { lowerings, channelsLast: channelsLastLowerings(convolution), wantedChannelsLast };
}
