/**
 * Convolution and its adjoint.
 * @module
 */
import { elementCount } from "../../graph/broadcasting.ts";
import type { Shape } from "../../graph/graph.ts";
import type { OpAttributes } from "../../graph/ops.ts";
import { binary, type Kernels } from "./kernel.ts";
import { at } from "./value.ts";

/** Kernels of convolution and its adjoint. */
export const convolutionKernels = {
  conv2d: binary((attributes, x, kernel, shape) => {
    const made = new Float64Array(elementCount(shape));
    for (const row of meetingRows(attributes, x.shape, kernel.shape, shape)) {
      const weight = at(kernel.data, row.weight);
      for (let i = 0; i < row.count; i++) {
        made[row.made + i] = at(made, row.made + i) + weight * at(x.data, row.image + i * row.step);
      }
    }
    return made;
  }),
  conv2d_transposed: binary((attributes, made, kernel, shape) => {
    const images = new Float64Array(elementCount(shape));
    for (const row of meetingRows(attributes, shape, kernel.shape, made.shape)) {
      const weight = at(kernel.data, row.weight);
      for (let i = 0; i < row.count; i++) {
        const place = row.image + i * row.step;
        images[place] = at(images, place) + weight * at(made.data, row.made + i);
      }
    }
    return images;
  }),
} satisfies Partial<Kernels>;

/** A run of elements that one weight connects: made[made + i] with image[image + i * step], for i below count. */
interface MeetingRow {
  readonly weight: number;
  readonly image: number;
  readonly made: number;
  readonly count: number;
  readonly step: number;
}

/** Every meeting of a weight with a row of the images; the border, which is 0, is left out. */
function* meetingRows(
  { stride: [vertical, horizontal], pad: [top, left], groups = 1, dilation = [1, 1] }: OpAttributes["conv2d"],
  [batch = 0, allChannels = 0, height = 0, width = 0]: Shape,
  [out = 0, channels = 0, kernelHeight = 0, kernelWidth = 0]: Shape,
  [, , down = 0, across = 0]: Shape,
): Generator<MeetingRow> {
  for (let weight = 0; weight < out * channels * kernelHeight * kernelWidth; weight++) {
    const kernelX = (weight % kernelWidth) * dilation[1];
    const kernelY = (Math.floor(weight / kernelWidth) % kernelHeight) * dilation[0];
    const filter = Math.floor(weight / (kernelWidth * kernelHeight * channels));
    const group = Math.floor(filter / (out / groups));
    const channel = group * channels + Math.floor(weight / (kernelWidth * kernelHeight)) % channels;
    const first = Math.max(0, Math.ceil((left - kernelX) / horizontal));
    const last = Math.min(across - 1, Math.floor((width - 1 + left - kernelX) / horizontal));
    if (last < first) continue;
    for (let image = 0; image < batch; image++) {
      for (let y = 0; y < down; y++) {
        const imageY = y * vertical + kernelY - top;
        if (imageY < 0 || imageY >= height) continue;
        yield {
          weight,
          image: ((image * allChannels + channel) * height + imageY) * width + first * horizontal + kernelX -
            left,
          made: ((image * out + filter) * down + y) * across + first,
          count: last - first + 1,
          step: horizontal,
        };
      }
    }
  }
}
