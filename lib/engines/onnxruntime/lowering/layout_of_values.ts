/**
 * In which order the elements of a value lie while a model computes.
 *
 * Images of many channels are kept with the channels last: then a pixel's channels lie side by side, so that a 1x1
 * convolution and both transforms of Winograd's are matrix products of whole images, and a Gram matrix one without any copy.
 * @module
 */
import { sameShape } from "../../../graph/broadcasting.ts";
import type { Shape } from "../../../graph/graph.ts";
import type { OnnxWriter } from "../onnx_writer.ts";

/** `channels_last`: the axis of the channels comes after all others. */
export type Layout = "row_major" | "channels_last";

/** A value of the model under construction. */
export interface Value {
  readonly name: string;
  /** As the graph has it, whatever the layout. */
  readonly shape: Shape;
  readonly layout: Layout;
  /** Its elements, row-major, when they are part of the graph. */
  readonly constant?: Float32Array;
}

/**
 * Where the channels are: [1, channels, height, width], [channels, height, width] or [channels, positions]. Undefined for
 * shapes that have no layout but row-major.
 */
export function channelAxis(shape: Shape): number | undefined {
  if (shape.length === 4) return shape[0] === 1 ? 1 : undefined;
  return shape.length === 3 || shape.length === 2 ? 0 : undefined;
}

/** The order in which channels-last values have their axes; undefined where there is none. */
export function channelsLastOrder(shape: Shape): readonly number[] | undefined {
  const channels = channelAxis(shape);
  if (channels === undefined) return undefined;
  return [...shape.keys()].filter((axis) => axis !== channels).concat(channels);
}

/** The shape of a channels-last value in the model. */
export function channelsLastShape(shape: Shape): Shape {
  return (channelsLastOrder(shape) ?? [...shape.keys()]).map((axis) => shape[axis] ?? 0);
}

/** The value row by row; copied once, however often it is asked for. */
export function rowMajor(writer: OnnxWriter, value: Value): string {
  if (value.layout === "row_major") return value.name;
  const order = channelsLastOrder(value.shape) ?? [];
  return writer.once(`row-major ${value.name}`, () => {
    const inverse = order.map((_, axis) => order.indexOf(axis));
    return reordered(writer, value.name, channelsLastShape(value.shape), inverse);
  });
}

/** The value, row by row. */
export function asRowMajor(writer: OnnxWriter, value: Value): Value {
  return { ...value, name: rowMajor(writer, value), layout: "row_major" };
}

/** The value with the channels last. Throws an Error for a value that has no such layout. */
export function channelsLast(writer: OnnxWriter, value: Value): string {
  if (value.layout === "channels_last") return value.name;
  const order = channelsLastOrder(value.shape);
  if (order === undefined) throw new Error(`lowering: no channels in a value of ${value.shape.length} axes`);
  return writer.once(`channels last ${value.name}`, () => reordered(writer, value.name, value.shape, order));
}

/** A value of one number for each channel, [1, channels, 1, 1], as a list. */
export function oneForEach(writer: OnnxWriter, value: Value): string {
  return writer.node("Reshape", [value.name, writer.integers([-1])]);
}

/** Only axes longer than 1 decide where elements lie: as long as their order stays, nothing has to be copied. */
function reordered(writer: OnnxWriter, name: string, shape: Shape, order: readonly number[]): string {
  const long = order.filter((axis) => shape[axis] !== 1);
  if (sameShape(long, long.toSorted((a, b) => a - b))) {
    return writer.node("Reshape", [name, writer.integers(order.map((axis) => shape[axis] ?? 0))]);
  }
  return writer.node("Transpose", [name], { perm: { ints: order } });
}

/** The elements of a row-major value in the order in which its channels come last. */
export function withChannelsLast(shape: Shape, data: Float32Array): Float32Array {
  const channels = shape[channelAxis(shape) ?? 0] ?? 1;
  const positions = data.length / channels;
  const moved = new Float32Array(data.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let position = 0; position < positions; position++) {
      moved[position * channels + channel] = data[channel * positions + position]!;
    }
  }
  return moved;
}
