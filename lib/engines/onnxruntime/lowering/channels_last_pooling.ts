/**
 * Max pooling of images whose channels come last, and its gradient.
 *
 * ONNX Runtime pools one channel on one thread. So rows stand as channels where it pools along a row, and columns are
 * pooled by comparing whole rows with each other.
 * @module
 */
import type { OnnxWriter } from "../onnx_writer.ts";
import { halvedGradient, halvedMaxima, type Images } from "./channels_last_halving.ts";
import { channelsLast, channelsLastShape, type Value } from "./layout_of_values.ts";
import { reshaped } from "./layout.ts";
import { type ChannelsLastLowering, inputAt, type Lowered, type Step } from "./lowering.ts";
import { slidingMaximum, type SlidingWindow } from "./sliding_maximum.ts";
import { slidingGradientAlongBoth } from "./sliding_maximum_gradient.ts";
import { halves, slides } from "./windows.ts";

/** The largest element of each window. */
export const maxPoolChannelsLast: ChannelsLastLowering<"max_pool2d"> = (writer, step) => {
  const x = inputAt(step, 0);
  if (x.layout !== "channels_last") return undefined;
  if (slides(step.attributes)) return slidMaxima(writer, x.name, step);
  if (!halves(step.attributes)) return undefined;
  return { name: halvedMaxima(writer, imagesOf(x)), layout: "channels_last" };
};

/** Each window's gradient at the first of its largest elements. */
export const maxPoolGradientChannelsLast: ChannelsLastLowering<"max_pool2d_gradient"> = (writer, step) => {
  const [x, gradient] = [inputAt(step, 0), inputAt(step, 1)];
  if (x.layout !== "channels_last") return undefined;
  if (slides(step.attributes)) return slidGradient(writer, x.name, channelsLast(writer, gradient), step);
  if (!halves(step.attributes)) return undefined;
  return {
    name: halvedGradient(writer, imagesOf(x), channelsLast(writer, gradient)),
    layout: "channels_last",
  };
};

function imagesOf({ name, shape: [, channels = 0, height = 0, width = 0] }: Value): Images {
  return { name, height, width, channels };
}

/** Along the rows, then along the columns of what that made. */
function slidMaxima(writer: OnnxWriter, name: string, step: Step<"max_pool2d">): Lowered {
  const { rows, columns } = windowsOf(step);
  const byRow = columns.size === 1 ? name : alongRows(writer, name, columns);
  const maxima = rows.size === 1
    ? byRow
    : slidingMaximum(writer, byRow, { ...rows, shape: rows.shape.with(2, step.shape[3] ?? 0) });
  return { name: maxima, layout: "channels_last" };
}

function slidGradient(
  writer: OnnxWriter,
  x: string,
  gradient: string,
  step: Step<"max_pool2d_gradient">,
): Lowered {
  const { rows, columns } = windowsOf(step);
  return { name: slidingGradientAlongBoth(writer, x, gradient, rows, columns), layout: "channels_last" };
}

/** The window's two extents, along the axes of images in the model. */
function windowsOf(
  step: Step<"max_pool2d" | "max_pool2d_gradient">,
): Record<"rows" | "columns", SlidingWindow> {
  const { size: [height, width], pad: [top, left, bottom, right] } = step.attributes;
  const shape = channelsLastShape(inputAt(step, 0).shape);
  return {
    rows: { shape, axis: 1, size: height, before: top, after: bottom },
    columns: { shape, axis: 2, size: width, before: left, after: right },
  };
}

/** Each row pooled as a channel of its own. */
function alongRows(writer: OnnxWriter, name: string, { shape, size, before, after }: SlidingWindow): string {
  const [, height = 0, width = 0, channels = 0] = shape;
  const pooled = writer.node("MaxPool", [reshaped(writer, name, [1, height, 1, width, channels])], {
    kernel_shape: { ints: [1, size, 1] },
    strides: { ints: [1, 1, 1] },
    pads: { ints: [0, before, 0, 0, after, 0] },
  });
  return reshaped(writer, pooled, [1, height, width + before + after - size + 1, channels]);
}
