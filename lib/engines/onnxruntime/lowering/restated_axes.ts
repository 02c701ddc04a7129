/**
 * Operations that do to channels-last values what they do to row-major ones, only along other axes.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import type { Shape } from "../../../graph/graph.ts";
import type { Op, OpAttributes } from "../../../graph/ops.ts";
import { channelAxis, channelsLast, channelsLastOrder, channelsLastShape } from "./layout_of_values.ts";
import type { ChannelsLastLowering, Lowering, Step } from "./lowering.ts";

/** Attributes for axes in another order: axis i of the restated operation is axis order[i] of the graph's. */
export type Restatement<K extends Op> = (
  attributes: OpAttributes[K],
  order: readonly number[],
) => OpAttributes[K];

/** For operations that know no axes. */
export function unchanged<K extends Op>(attributes: OpAttributes[K]): OpAttributes[K] {
  return attributes;
}

/** A list with one entry for each axis. */
export function permuted(list: readonly number[], order: readonly number[]): readonly number[] {
  return order.map((axis) => list[axis] ?? 0);
}

/**
 * The row-major lowering of an operation, applied along the axes that channels-last values have in the model. It suits
 * where the largest input has its channels last, and all others have as many axes, or none.
 */
export function alongStoredAxes<K extends Op>(
  lowering: Lowering<K>,
  restate: Restatement<K>,
): ChannelsLastLowering<K> {
  return (writer, step) => {
    const order = channelsLastOrder(step.shape);
    if (order === undefined || !suits(step)) return undefined;
    const name = lowering(writer, {
      ...step,
      attributes: restate(step.attributes, order),
      inputs: step.inputs.map((value) =>
        isScalar(value.shape) ? value : {
          name: channelsLast(writer, value),
          shape: channelsLastShape(value.shape),
          layout: "row_major",
        }
      ),
      shape: channelsLastShape(step.shape),
    });
    return { name, layout: "channels_last" };
  };
}

function suits({ inputs, shape }: Step<Op>): boolean {
  const largest = Math.max(...inputs.map((value) => elementCount(value.shape)));
  const rankFits = ({ shape: other }: { readonly shape: Shape }) =>
    isScalar(other) || (other.length === shape.length && channelAxis(other) !== undefined);
  return inputs.every(rankFits) &&
    inputs.some((value) => value.layout === "channels_last" && elementCount(value.shape) === largest);
}

function isScalar(shape: Shape): boolean {
  return shape.length === 0;
}
