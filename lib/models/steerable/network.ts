/**
 * The model as a graph: features after Portilla & Simoncelli (2000), of which Gram matrices hold the statistics.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { concat } from "../../graph/operations.ts";
import { singleFrame } from "../model_arguments.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import {
  coarserRectified,
  colors,
  finerSecondOrder,
  highPass,
  ones,
  rectified,
  shiftedMagnitudes,
  thresholded,
} from "./features.ts";
import { pyramid } from "./pyramid.ts";
import { finestResponses, type Responses, responsesOf } from "./responses.ts";

const levels = 5;

/**
 * The model. `level_0` has the frame's size, each next level half of it; `high_pass` holds what is finer than all filters.
 * Channels of a level, in this order: one constant, three colors, twelve soft thresholds of the colors, responses of
 * luminance rectified, their negatives rectified; from `level_1` on the same of the colors, the rectified responses of
 * the next coarser level, second-order magnitudes, magnitudes shifted along and across their stripes. That is 32 at the
 * finest level, which costs the most, and 136 at the others.
 *
 * A level whose shorter side would fall below 12 pixels is the last one that is not: a frame of 56 x 85 has three levels
 * (56, 28, 14), and `level_3` and `level_4` are `level_2`. `level_1` is always there. So a layer has the same channels at every size.
 */
export function createSteerable(declaration: ModelDeclaration): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const frame = singleFrame(declaration, frames, wanted);
      const images = pyramid(frame, levels + 1);
      const responses = images.map((image, level) =>
        level === 0 ? finestResponses(image) : responsesOf(image)
      );
      return Object.fromEntries(wanted.map((name) => {
        if (name === "high_pass") return [name, highPassLayer(images)];
        const level = Math.min(Number(name.replace("level_", "")), images.length - 1);
        return [name, levelLayer(images, level, responses)];
      }));
    },
  };
}

function highPassLayer([finest]: readonly Tensor[]): Tensor {
  if (finest === undefined) throw new Error("steerable: a pyramid without images");
  return concat([ones(finest), ...highPass(finest)], 0);
}

function levelLayer(images: readonly Tensor[], level: number, responses: readonly Responses[]): Tensor {
  const [image, own, finer] = [images[level], responses[level], responses[level - 1]];
  if (image === undefined || own === undefined) throw new Error(`steerable: no image at level ${level}`);
  const [, height = 0, width = 0] = image.shape;
  const parts = [ones(image), colors(image), thresholded(image), ...rectified(own.luminance)];
  if (finer !== undefined && own.colors !== undefined) {
    parts.push(
      ...rectified(own.colors),
      ...coarserRectified(responses[level + 1] ?? own, [height, width]),
      finerSecondOrder(finer),
      ...shiftedMagnitudes(own),
    );
  }
  return concat(parts, 0);
}
