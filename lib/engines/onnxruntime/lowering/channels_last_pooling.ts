/**
 * Max pooling of images whose channels come last, and its gradient.
 *
 * ONNX Runtime pools one channel on one thread. So rows stand as channels where it pools along a row, and columns are
 * pooled by comparing whole rows with each other.
 * @module
 */
import type { OnnxWriter } from "../onnx_writer.ts";
import { whereAtLeast } from "./elementwise.ts";
import { channelsLast, channelsLastShape } from "./layout_of_values.ts";
import { padded, reshaped } from "./layout.ts";
import { type ChannelsLastLowering, inputAt, type Lowered, type Step } from "./lowering.ts";
import { slidingMaximum, type SlidingWindow } from "./sliding_maximum.ts";
import { slidingGradientAlongBoth } from "./sliding_maximum_gradient.ts";
import { halves, slides } from "./windows.ts";

/** Images [1, height, width, channels] in the model. */
interface Images {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The largest element of each window of 2 x 2. */
export const maxPoolChannelsLast: ChannelsLastLowering<"max_pool2d"> = (writer, step) => {
  const x = inputAt(step, 0);
  if (x.layout !== "channels_last") return undefined;
  if (slides(step.attributes)) return slidMaxima(writer, x.name, step);
  if (!halves(step.attributes)) return undefined;
  const [, channels = 0, height = 0, width = 0] = x.shape;
  return { name: halved(writer, { name: x.name, height, width, channels }), layout: "channels_last" };
};

/**
 * A window's gradient goes to the first of its largest elements: these are given the numbers 4, 3, 2, 1 in row-major
 * order, and the largest number is the first.
 */
export const maxPoolGradientChannelsLast: ChannelsLastLowering<"max_pool2d_gradient"> = (writer, step) => {
  const [x, gradient] = [inputAt(step, 0), inputAt(step, 1)];
  if (x.layout !== "channels_last") return undefined;
  if (slides(step.attributes)) return slidGradient(writer, x.name, channelsLast(writer, gradient), step);
  if (!halves(step.attributes)) return undefined;
  const [, channels = 0, height = 0, width = 0] = x.shape;
  const [down, across] = [Math.floor(height / 2), Math.floor(width / 2)];
  const windows = [down, 2, across, 2, channels];
  const single = [down, 1, across, 1, channels];
  const even = cropped(writer, { name: x.name, height, width, channels });

  const largest = reshaped(writer, halved(writer, { name: x.name, height, width, channels }), single);
  const order = writer.once(
    "order in windows of 2 x 2",
    () => writer.floats(Float32Array.of(4, 3, 2, 1), [1, 2, 1, 2, 1]),
  );
  const isLargest = whereAtLeast(writer, reshaped(writer, even, windows), largest);
  const numbers = writer.node("Mul", [isLargest, order]);
  const first = reshaped(
    writer,
    halved(writer, { name: numbers, height: 2 * down, width: 2 * across, channels }),
    single,
  );
  const passed = writer.node("Mul", [
    whereAtLeast(writer, numbers, first),
    reshaped(writer, channelsLast(writer, gradient), single),
  ]);
  const evenPassed = reshaped(writer, passed, [1, 2 * down, 2 * across, channels]);
  const [bottom, right] = [height - 2 * down, width - 2 * across];
  const name = bottom + right === 0
    ? evenPassed
    : padded(writer, evenPassed, [0, 0, 0, 0], [0, bottom, right, 0]);
  return { name, layout: "channels_last" };
};

/** The maxima of windows of 2 x 2; an odd last row or column is left out. Computed once for the same images. */
function halved(writer: OnnxWriter, { name, height, width, channels }: Images): string {
  return writer.once(`halved ${name}`, () => {
    const [down, across] = [Math.floor(height / 2), Math.floor(width / 2)];
    const alongRows = reshaped(
      writer,
      writer.node("MaxPool", [reshaped(writer, name, [1, height, 1, width, channels])], {
        kernel_shape: { ints: [1, 2, 1] },
        strides: { ints: [1, 2, 1] },
      }),
      [height, across, channels],
    );
    const everySecond = (from: number) =>
      writer.node("Gather", [
        alongRows,
        writer.integers(Array.from({ length: down }, (_, row) => 2 * row + from)),
      ], { axis: { int: 0 } });
    return reshaped(writer, writer.node("Max", [everySecond(0), everySecond(1)]), [
      1,
      down,
      across,
      channels,
    ]);
  });
}

/** Without an odd last row or column. */
function cropped(writer: OnnxWriter, { name, height, width, channels }: Images): string {
  if (height % 2 + width % 2 === 0) return name;
  return padded(writer, reshaped(writer, name, [1, height, width, channels]), [0, 0, 0, 0], [
    0,
    -(height % 2),
    -(width % 2),
    0,
  ]);
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
