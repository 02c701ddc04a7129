/**
 * Max pooling and its gradient, which goes to the first maximum of each window in row-major order.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import type { Window } from "../../../graph/ops.ts";
import type { Attributes } from "../../../formats/onnx/model.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { reshaped, zeros } from "./layout.ts";
import { inputAt, type Lowering, type Step } from "./lowering.ts";
import { slides } from "./windows.ts";
import { slidingGradientAlongBoth } from "./sliding_maximum_gradient.ts";

/** The largest element of each window. */
export const maxPool: Lowering<"max_pool2d"> = (writer, step) =>
  writer.node("MaxPool", [inputAt(step, 0).name], windowAttributes(step.attributes));

/** Three ways, by speed: windows that never meet, windows that move by one, any others. */
export const maxPoolGradient: Lowering<"max_pool2d_gradient"> = (writer, step) => {
  const { size: [height, width], stride: [vertical, horizontal] } = step.attributes;
  if (vertical >= height && horizontal >= width) return separateWindows(writer, step);
  if (slides(step.attributes)) return slidingWindows(writer, step);
  return scattered(writer, step);
};

/**
 * No element lies in two windows: each window's gradient is put where MaxPool found its (first) maximum. MaxUnpool knows
 * the shape from its third input; from a window it would only infer one, which it does wrongly for wide borders.
 */
function separateWindows(writer: OnnxWriter, step: Step<"max_pool2d_gradient">): string {
  const [x, gradient] = [inputAt(step, 0), inputAt(step, 1)];
  const [, places] = writer.nodeOfTwo("MaxPool", [x.name], windowAttributes(step.attributes));
  return writer.node("MaxUnpool", [gradient.name, places, writer.integers(x.shape)], {
    kernel_shape: { ints: [1, 1] },
  });
}

/** Along rows and columns one after the other. */
function slidingWindows(writer: OnnxWriter, step: Step<"max_pool2d_gradient">): string {
  const [x, gradient] = [inputAt(step, 0), inputAt(step, 1)];
  const { size: [height, width], pad: [top, left, bottom, right] } = step.attributes;
  const rows = { shape: x.shape, axis: 2, size: height, before: top, after: bottom };
  const columns = { shape: x.shape, axis: 3, size: width, before: left, after: right };
  return slidingGradientAlongBoth(writer, x.name, gradient.name, rows, columns);
}

/** MaxPool's places count through the whole tensor, so the gradients are added to it laid out as one line. */
function scattered(writer: OnnxWriter, step: Step<"max_pool2d_gradient">): string {
  const [x, gradient] = [inputAt(step, 0), inputAt(step, 1)];
  const [, places] = writer.nodeOfTwo("MaxPool", [x.name], windowAttributes(step.attributes));
  const line = writer.node(
    "ScatterElements",
    [
      zeros(writer, [elementCount(x.shape)]),
      reshaped(writer, places, [-1]),
      reshaped(writer, gradient.name, [-1]),
    ],
    { axis: { int: 0 }, reduction: { string: "add" } },
  );
  return reshaped(writer, line, x.shape);
}

function windowAttributes({ size, stride, pad }: Window): Attributes {
  return { kernel_shape: { ints: size }, strides: { ints: stride }, pads: { ints: pad } };
}
