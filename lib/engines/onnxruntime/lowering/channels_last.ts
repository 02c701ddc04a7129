/**
 * Channels-last values under other shapes.
 * @module
 */
import { sameShape } from "../../../graph/broadcasting.ts";
import { channelAxis, channelsLastOrder, channelsLastShape } from "./layout_of_values.ts";
import { reshaped } from "./layout.ts";
import { type ChannelsLastLowering, inputAt } from "./lowering.ts";

/** The same channels, their positions counted in another way. */
export const reshapeChannelsLast: ChannelsLastLowering<"reshape"> = (writer, step) => {
  const x = inputAt(step, 0);
  const [from, to] = [channelAxis(x.shape), channelAxis(step.shape)];
  if (x.layout !== "channels_last" || from === undefined || to === undefined) return undefined;
  if (x.shape[from] !== step.shape[to]) return undefined;
  return { name: reshaped(writer, x.name, channelsLastShape(step.shape)), layout: "channels_last" };
};

/** Nothing has to be done where the axes are wanted in the order that they have. */
export const transposeChannelsLast: ChannelsLastLowering<"transpose"> = (_, step) => {
  const x = inputAt(step, 0);
  const order = channelsLastOrder(x.shape);
  if (x.layout !== "channels_last" || !order || !sameShape(order, step.attributes.permutation)) {
    return undefined;
  }
  return { name: x.name, layout: "row_major" };
};
