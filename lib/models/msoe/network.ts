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
  multiply,
  relu,
  reshape,
  square,
  squareRoot,
  subtract,
  sum,
} from "../../graph/operations.ts";
import { type Activations, activationsOf, wholeActivations } from "../activations.ts";
import type { Kernel } from "../kernel_layout.ts";
import { type LuminancePyramid, luminancePyramid } from "../luminance_pyramid.ts";
import { framePair } from "../model_arguments.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { symmetricPadding } from "../symmetric_padding.ts";
import { mixingMatrix, withOne } from "./mixing.ts";
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
      const energies = network.energies(luminancePyramid(previous, current));

      const made: Record<string, Activations> = {};
      if (wanted.includes("concat")) made.concat = energies;
      if (wanted.includes("flow")) made.flow = activationsOf([network.flow(wholeActivations(energies))]);
      return made;
    },
  };
}

/** The parts that have weights, which all scales share. */
function onGraph(graph: GraphBuilder, { motion, mixing, flowHidden, flow }: MsoeWeights) {
  const kernelOf = ({ kernel }: ConvolutionWeights) => constant(graph, kernel.data, kernel.shape);
  const biasOf = ({ bias }: ConvolutionWeights) => constant(graph, bias, [1, bias.length, 1, 1]);
  const convolution = (weights: ConvolutionWeights) => {
    const [kernel, bias] = [kernelOf(weights), biasOf(weights)];
    return (images: Tensor) => add(conv2d(images, kernel), bias);
  };
  const motionOf = (frame: 0 | 1) => {
    const half = inputOf(motion.kernel, frame);
    const kernel = constant(graph, half.data, half.shape);
    return {
      response: (image: Tensor) => conv2d(symmetricPadding(image, 5), kernel),
      /** To an image that is 1 everywhere. */
      toOne: constant(graph, sums(half), [1, half.shape[0], 1, 1]),
    };
  };

  return {
    /** For each scale, 64 energies [64, h, w] whose absolute values sum to 1: mixtures of the 32 that were filtered and a 1. */
    energies({ scales, variance, excess }: LuminancePyramid): Activations {
      // With x the pair and s its standard deviation, the filters would see x / s: their response is that to x, divided by s,
      // plus the bias. Here all is s times as large, its square s^2 times, until the sum of 1 takes the factor away.
      const [before, now] = [motionOf(0), motionOf(1)];
      const offset = add(
        multiply(biasOf(motion), squareRoot(variance)),
        multiply(subtract(before.toOne, now.toOne), excess),
      );
      const beside = withOne(mixing.kernel.shape[1]);
      const [keeping, one] = [kernelOf(beside), multiply(biasOf(beside), variance)];
      const { shape, data } = mixingMatrix(mixing);
      const mixingKernel = constant(graph, data, [...shape, 1, 1]);
      const smallest = multiply(variance, 1e-12);
      const parts = scales.map(({ previous, current }) => {
        const response = add(now.response(current), add(before.response(previous), offset));
        const largest = add(conv2d(largestAround(square(response)), keeping), one);
        const total = sum(absolute(conv2d(largest, mixingKernel)), [1]);
        const normalized = divide(largest, maximum(total, smallest));
        return reshape(normalized, normalized.shape.slice(1));
      });
      return activationsOf(parts, constant(graph, data, shape));
    },
    flow(joined: Tensor): Tensor {
      const hidden = relu(
        convolution(flowHidden)(symmetricPadding(reshape(joined, [1, ...joined.shape]), 1)),
      );
      const motion = convolution(flow)(hidden);
      return reshape(motion, motion.shape.slice(1));
    },
  };
}

/** The kernel of one of the inputs. */
function inputOf({ shape: [outputs, inputs, height, width], data }: Kernel, input: number): Kernel {
  const area = height * width;
  const part = new Float32Array(outputs * area);
  for (let output = 0; output < outputs; output++) {
    const start = (output * inputs + input) * area;
    part.set(data.subarray(start, start + area), output * area);
  }
  return { shape: [outputs, 1, height, width], data: part };
}

/** The sum of each output's weights. */
function sums({ shape: [outputs], data }: Kernel): number[] {
  const each = data.length / outputs;
  return Array.from(
    { length: outputs },
    (_, output) => data.subarray(output * each, (output + 1) * each).reduce((sum, weight) => sum + weight, 0),
  );
}

/**
 * The maximum over 5x5 pixels, what lies outside ignored. Along the row first: then the first maximum of the column of
 * rows' maxima is the first in row-major order, and ten comparisons do the work of twenty-five.
 */
function largestAround(images: Tensor): Tensor {
  const alongRows = maxPool2d(images, { size: [1, 5], stride: 1, pad: [0, 2, 0, 2] });
  return maxPool2d(alongRows, { size: [5, 1], stride: 1, pad: [2, 0, 2, 0] });
}
