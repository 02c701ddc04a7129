/**
 * Frames as a model of the user's own takes them.
 * @module
 */
import type { GraphBuilder, Tensor } from "../../graph/graph.ts";
import { add, concat, constant, gather, multiply, reshape, transpose } from "../../graph/operations.ts";
import { resizeBilinear } from "../bilinear_enlargement.ts";
import type { ModelInput } from "../model_file/model_json.ts";
import type { ComputedValue } from "./value.ts";

/** Where the layouts have each axis of [frames, channels, height, width], the batch being first. */
const layouts = {
  NCHW: { order: [0, 1, 2, 3], channels: 1 },
  NHWC: { order: [0, 2, 3, 1], channels: 3 },
  NCTHW: { order: [1, 0, 2, 3], channels: 1 },
  NTCHW: { order: [0, 1, 2, 3], channels: 2 },
} as const;

/**
 * The model's input out of frames [height, width, 3], RGB in [0, 1], oldest first. Each frame is prepared alone, so that what
 * becomes of earlier ones can be computed once.
 */
export function framesAsInput(frames: readonly Tensor[], input: ModelInput): ComputedValue {
  const [first] = frames;
  if (first === undefined) throw new Error("framesAsInput: expected at least one frame, got none");
  const prepared = frames.map((frame) => prepare(frame, input));
  const stack = prepared.length === 1 ? prepared[0] ?? first : concat(prepared, 0);
  const { order, channels } = layouts[input.layout];
  const isInOrder = order.every((axis, i) => axis === i);
  const moved = isInOrder ? stack : transpose(stack, order);
  const hasFrames = input.layout.includes("T");
  return { tensor: hasFrames ? reshape(moved, [1, ...moved.shape]) : moved, channels };
}

/** [1, channels, height, width] of the model's size, in its range, less the mean, by the standard deviation. */
function prepare(frame: Tensor, { size, range, mean, std, channels }: ModelInput): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const planes = transpose(frame, [2, 0, 1]);
  const ordered = channels === "rgb" ? planes : gather(planes, 0, [2, 1, 0]);
  const sized = size === "native" ? ordered : resizeBilinear(ordered, size);
  const [tall, wide] = size === "native" ? [height, width] : size;
  const images = reshape(sized, [1, 3, tall, wide]);
  const scales = std.map((deviation) => range[1] / deviation);
  const shifts = mean.map((center, channel) => -center / (std[channel] ?? 1));
  return add(multiply(images, perChannel(frame.graph, scales)), perChannel(frame.graph, shifts));
}

function perChannel(graph: GraphBuilder, values: readonly number[]): Tensor {
  return constant(graph, values, [1, 3, 1, 1]);
}
