/**
 * The model as a graph: filters, squares, pooling, mixing and normalization at five scales, as MSOE has them, with
 * computed numbers in the place of learned ones.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  add,
  constant,
  conv2d,
  divide,
  matmul,
  multiply,
  relu,
  reshape,
  square,
  sum,
} from "../../graph/operations.ts";
import { type Activations, activationsOf } from "../activations.ts";
import { luminancePyramid, type ScaledPair } from "../luminance_pyramid.ts";
import { framePair } from "../model_arguments.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { symmetricPadding } from "../symmetric_padding.ts";
import { energyMatrix, products, restingProducts } from "./energies.ts";
import { columnKernel, rowKernel, side } from "./filters.ts";
import { pooled } from "./pooling.ts";
import { evidenceMatrix } from "./velocities.ts";

/** Energy of each orientation in a faint pattern at rest that is everywhere; the contrast of both frames is 1. */
const faintEnergy = 2.5e-4;
/** Fourth power of evidence below which a change counts as no motion. */
const noMotion = 0.03;

/**
 * The model. Layers, at half the frames' size: `oriented`, for each of five scales, the finest first, 16 shares of energy, by
 * advance and orientation; `concat`, for each scale responses to 17 velocities, in pixels of the scale per frame.
 */
export function createMotionEnergy(declaration: ModelDeclaration): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const [previous, current] = framePair(declaration, frames, wanted);
      const { scales, variance } = luminancePyramid(previous, current);
      const energies = scales.map((pair) => orientedEnergies(pair, variance));
      const made: Record<string, Activations> = {};
      if (wanted.includes("oriented")) made.oriented = activationsOf(energies);
      if (wanted.includes("concat")) made.concat = activationsOf(energies.map(velocityResponses));
      return made;
    },
  };
}

/**
 * The local energies [16, h / 2, w / 2] of a pair of images, divided by their sum. Contrast need not be normalized before:
 * the filters do not see the mean, and the sum takes the variance away when what is added has it as a factor.
 */
function orientedEnergies({ previous, current }: ScaledPair, variance: Tensor): Tensor {
  const local = pooled(products(filtered(previous), filtered(current)));
  const resting = constant(local.graph, restingProducts(faintEnergy), [local.shape[0] ?? 0, 1, 1]);
  const energies = mixed(add(local, multiply(resting, reshape(variance, []))), energyMatrix());
  return divide(energies, sum(energies, [0]));
}

/** Responses [1, 8, h, w] of the quadrature filters to an image [1, 1, h, w]. */
function filtered(image: Tensor): Tensor {
  const { graph } = image;
  const [rows, columns] = [rowKernel(), columnKernel()];
  const padded = symmetricPadding(image, (side - 1) / 2);
  const alongRows = conv2d(padded, constant(graph, rows.data, rows.shape));
  return conv2d(alongRows, constant(graph, columns.data, columns.shape));
}

/**
 * From energies [16, h, w] to velocities [17, h, w]: evidence for each, rectified, to the fourth power, divided by their sum.
 * Evidence falls as a cosine from a velocity to its neighbors; the power makes the right one stand out, without which what
 * moves in a small part of a still clip would hardly show in the Gram matrix.
 */
function velocityResponses(energies: Tensor): Tensor {
  const responses = square(square(relu(mixed(energies, evidenceMatrix()))));
  return divide(responses, add(sum(responses, [0]), noMotion));
}

/** Weighted sums of images [inputs, h, w], by a matrix [outputs, inputs]. */
function mixed(images: Tensor, matrix: readonly number[]): Tensor {
  const [inputs = 0, height = 0, width = 0] = images.shape;
  const outputs = matrix.length / inputs;
  const weights = constant(images.graph, matrix, [outputs, inputs]);
  return reshape(matmul(weights, reshape(images, [inputs, height * width])), [outputs, height, width]);
}
