/**
 * MSOE (marginalized spatiotemporal oriented energy) of Tesfaldet et al. 2018 as a graph.
 * @module
 */
import type { GraphBuilder, Tensor } from "../../graph/graph.ts";
import {
  absolute,
  add,
  constant,
  conv2d,
  divide,
  maximum,
  maxPool2d,
  relu,
  reshape,
  square,
  sum,
} from "../../graph/operations.ts";
import { type Activations, activationsOf, wholeActivations } from "../activations.ts";
import { luminancePyramid } from "../luminance_pyramid.ts";
import { framePair } from "../model_arguments.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { symmetricPadding } from "../symmetric_padding.ts";
import type { ConvolutionWeights, MsoeWeights } from "./weights.ts";

/**
 * The model with these weights. Layer `concat`: 64 channels for each of five scales, the finest first, all at the frames'
 * size. Layer `flow`: motion to the right and upwards in pixels per frame.
 */
export function createMsoe(declaration: ModelDeclaration, weights: MsoeWeights): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const [previous, current] = framePair(declaration, frames, wanted);
      const network = onGraph(current.graph, weights);
      const energies = activationsOf(luminancePyramid(previous, current).map(network.energies));

      const made: Record<string, Activations> = {};
      if (wanted.includes("concat")) made.concat = energies;
      if (wanted.includes("flow")) made.flow = activationsOf([network.flow(wholeActivations(energies))]);
      return made;
    },
  };
}

/** The parts that have weights, which all scales share. */
function onGraph(graph: GraphBuilder, weights: MsoeWeights) {
  const convolution = ({ kernel, bias }: ConvolutionWeights) => {
    const constants = {
      kernel: constant(graph, kernel.data, kernel.shape),
      bias: constant(graph, bias, [1, bias.length, 1, 1]),
    };
    return (images: Tensor) => add(conv2d(images, constants.kernel), constants.bias);
  };
  const motion = convolution(weights.motion);
  const mixing = convolution(weights.mixing);

  return {
    /** From a pair of images [1, 2, h, w] to 64 energies [64, h, w] whose absolute values sum to 1. */
    energies(scale: Tensor): Tensor {
      const squared = square(motion(symmetricPadding(scale, 5)));
      const mixed = mixing(largestAround(squared));
      const total = maximum(sum(absolute(mixed), [1]), 1e-12);
      const normalized = divide(mixed, total);
      return reshape(normalized, normalized.shape.slice(1));
    },
    flow(joined: Tensor): Tensor {
      const hidden = relu(
        convolution(weights.flowHidden)(symmetricPadding(reshape(joined, [1, ...joined.shape]), 1)),
      );
      const motion = convolution(weights.flow)(hidden);
      return reshape(motion, motion.shape.slice(1));
    },
  };
}

/**
 * The maximum over 5x5 pixels, what lies outside ignored. Along the row first: then the first maximum of the column of
 * rows' maxima is the first in row-major order, and ten comparisons do the work of twenty-five.
 */
function largestAround(images: Tensor): Tensor {
  const alongRows = maxPool2d(images, { size: [1, 5], stride: 1, pad: [0, 2, 0, 2] });
  return maxPool2d(alongRows, { size: [5, 1], stride: 1, pad: [2, 0, 2, 0] });
}
