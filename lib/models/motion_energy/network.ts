/**
 * The model as a graph: filters, squares, pooling, mixing and normalization at five scales, as MSOE has them, with
 * computed numbers in the place of learned ones.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  add,
  concat,
  constant,
  conv2d,
  divide,
  matmul,
  relu,
  reshape,
  slice,
  square,
  sum,
} from "../../graph/operations.ts";
import { resizeBilinear } from "../bilinear_enlargement.ts";
import { halved, luminancePyramid } from "../luminance_pyramid.ts";
import { framePair } from "../model_arguments.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { symmetricPadding } from "../symmetric_padding.ts";
import { filterBank, side, tunings } from "./filters.ts";
import { evidenceMatrix, velocities } from "./velocities.ts";

/** Energy below which a place counts as empty, where the contrast of both frames is 1. */
const emptyEnergy = 2e-3;
/** Squared evidence below which a change counts as no motion. */
const noMotion = 0.1;

/**
 * The model. Layers, at half the frames' size: `oriented`, for each of five scales, the finest first, 16 shares of energy, by
 * orientation and advance; `concat`, for each scale 17 velocities, in pixels of the scale per frame.
 */
export function createMotionEnergy(declaration: ModelDeclaration): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const [previous, current] = framePair(declaration, frames, wanted);
      const scales = luminancePyramid(previous, current).map(orientedEnergies);
      const joined = (perScale: readonly Tensor[]) => {
        const [, height = 0, width = 0] = perScale[0]?.shape ?? [];
        return concat(perScale.map((scale) => resizeBilinear(scale, [height, width])), 0);
      };

      const made: Record<string, Tensor> = {};
      if (wanted.includes("oriented")) made.oriented = joined(scales);
      if (wanted.includes("concat")) made.concat = joined(scales.map(velocityResponses));
      return made;
    },
  };
}

/** From a pair of images [1, 2, h, w] to the local energies [16, h / 2, w / 2], divided by their sum. */
function orientedEnergies(pair: Tensor): Tensor {
  const { data, shape } = filterBank();
  const responses = conv2d(symmetricPadding(pair, (side - 1) / 2), constant(pair.graph, data, shape));
  const [, , height = 0, width = 0] = responses.shape;
  const count = tunings.length;
  const even = slice(responses, [0, 0, 0, 0], [1, count, height, width]);
  const odd = slice(responses, [0, count, 0, 0], [1, 2 * count, height, width]);
  const pooled = halved(add(square(even), square(odd)));
  const energies = reshape(pooled, pooled.shape.slice(1));
  return divide(energies, add(sum(energies, [0]), emptyEnergy));
}

/** From energies [16, h, w] to velocities [17, h, w]: evidence for each, rectified, squared, divided by their sum. */
function velocityResponses(energies: Tensor): Tensor {
  const [count = 0, height = 0, width = 0] = energies.shape;
  const matrix = constant(energies.graph, evidenceMatrix(), [velocities.length, count]);
  const evidence = matmul(matrix, reshape(energies, [count, height * width]));
  const squares = square(relu(evidence));
  const responses = divide(squares, add(sum(squares, [0]), noMotion));
  return reshape(responses, [velocities.length, height, width]);
}
