/**
 * The model as a graph: features after Portilla & Simoncelli (2000), of which Gram matrices hold the statistics.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { concat } from "../../graph/operations.ts";
import { activationsOf } from "../activations.ts";
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
import { colorResponses, luminanceResponses, type Responses } from "./responses.ts";

const levels = 5;

/**
 * The model. `level_0` has the frame's size, each next level half of it; `high_pass` holds what is finer than all filters.
 * Every level has one constant channel, three colors, twelve soft thresholds of the colors, responses of luminance rectified
 * and their negatives rectified. What else it has depends on what it costs and on how much a Gram matrix may fix:
 * - `level_0`: nothing, and four orientations; 32 channels, as fine levels cost the most.
 * - `level_1`: eight orientations, responses of the colors, those of luminance at the next coarser level (how phases align
 *   across scales), second-order magnitudes, magnitudes shifted along and across their stripes; 136 channels.
 * - `level_2` and coarser: four orientations and shifted magnitudes; 40 channels. With more, the statistics of so few pixels
 *   would outnumber them, and the texture be a copy of the scene.
 *
 * Where a side would fall below 12 pixels, the last level that has more stands for the coarser ones: a frame of 56 x 85 has
 * three (56, 28, 14), and `level_3` and `level_4` are `level_2`. `level_1` is always half the frame. So a layer has the
 * same channels at every size.
 */
export function createSteerable(declaration: ModelDeclaration): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const sight = sightOf(singleFrame(declaration, frames, wanted));
      return Object.fromEntries(
        wanted.map((name) => [name, activationsOf([concat(featuresOf(name, sight), 0)])]),
      );
    },
  };
}

/** The frame at the model's levels, and what the filters find there, computed once for all layers. */
interface Sight {
  image(level: number): Tensor;
  responses(level: number, orientations: 4 | 8): Responses;
}

function sightOf(frame: Tensor): Sight {
  const images = pyramid(frame, levels);
  const found = new Map<string, Responses>();
  const image = (level: number) => {
    const at = images[Math.min(level, images.length - 1)];
    if (at === undefined) throw new Error("steerable: a pyramid without images");
    return at;
  };
  return {
    image,
    responses(level, orientations) {
      const name = `${Math.min(level, images.length - 1)} ${orientations}`;
      const made = found.get(name) ?? luminanceResponses(image(level), orientations);
      found.set(name, made);
      return made;
    },
  };
}

function featuresOf(name: string, sight: Sight): readonly Tensor[] {
  switch (name) {
    case "high_pass":
      return [ones(sight.image(0)), ...highPass(sight.image(0))];
    case "level_0":
      return ownFeatures(sight.image(0), sight.responses(0, 4));
    case "level_1":
      return secondLevel(sight);
    default:
      return coarseLevel(sight, Number(name.replace("level_", "")));
  }
}

function ownFeatures(image: Tensor, { luminance }: Responses): readonly Tensor[] {
  return [ones(image), colors(image), thresholded(image), ...rectified(luminance)];
}

function secondLevel({ image, responses }: Sight): readonly Tensor[] {
  const [, height = 0, width = 0] = image(1).shape;
  return [
    ...ownFeatures(image(1), responses(1, 8)),
    ...rectified(colorResponses(image(1))),
    ...coarserRectified(responses(2, 8), [height, width]),
    finerSecondOrder(responses(0, 4)),
    ...shiftedMagnitudes(responses(1, 8)),
  ];
}

function coarseLevel({ image, responses }: Sight, level: number): readonly Tensor[] {
  return [...ownFeatures(image(level), responses(level, 4)), ...shiftedMagnitudes(responses(level, 4))];
}
