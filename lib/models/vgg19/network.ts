/**
 * VGG-19 as a graph: the convolutional part, every activation after its ReLU.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  add,
  constant,
  conv2d,
  maxPool2d,
  multiply,
  relu,
  reshape,
  subtract,
  transpose,
} from "../../graph/operations.ts";
import { type Activations, activationsOf } from "../activations.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { singleFrame } from "../model_arguments.ts";
import { convolutions } from "./architecture.ts";
import type { Vgg19Weights } from "./keras_weights.ts";

/** What was subtracted from the training images, whose values went from 0 to 255: red, green, blue. */
const channelMeans = [123.68, 116.779, 103.939];

/** The model with these weights; its first kernel takes RGB. */
export function createVgg19(declaration: ModelDeclaration, weights: Vgg19Weights): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const frame = singleFrame(declaration, frames, wanted);
      const made: Record<string, Activations> = {};
      let x = preprocessed(frame);
      for (const { name, block, place, outputs } of convolutions) {
        // What is deeper than all wanted layers is never built.
        if (wanted.every((layer) => layer in made)) break;
        const layer = weights[name];
        if (layer === undefined) throw new Error(`vgg19: no weights of ${name}`);
        if (place === 1 && block > 1) x = maxPool2d(x, { size: 2, stride: 2 });
        const kernel = constant(frame.graph, layer.kernel.data, layer.kernel.shape);
        const bias = constant(frame.graph, layer.bias, [1, outputs, 1, 1]);
        x = relu(add(conv2d(x, kernel, { pad: 1 }), bias));
        if (wanted.includes(name)) made[name] = activationsOf([reshape(x, x.shape.slice(1))]);
      }
      return made;
    },
  };
}

/** [height, width, 3] in [0, 1] to [1, 3, height, width] around 0. Zero padding comes after it, as it did in training. */
function preprocessed(frame: Tensor): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const channelsFirst = transpose(multiply(frame, 255), [2, 0, 1]);
  const centered = subtract(channelsFirst, constant(frame.graph, channelMeans, [3, 1, 1]));
  return reshape(centered, [1, 3, height, width]);
}
