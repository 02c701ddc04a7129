/**
 * The yardstick of the spatial stream: its convolutions and nothing else.
 * @module
 */
import { uniformValues } from "../lib/frames/noise.ts";
import type { Size } from "../lib/frames/frame.ts";
import { convolutionGradient } from "../lib/graph/convolution_gradient.ts";
import type { Graph, GraphBuilder, Tensor } from "../lib/graph/graph.ts";
import { createGraphBuilder } from "../lib/graph/graph_builder.ts";
import { constant, conv2d, input, maxPool2d } from "../lib/graph/operations.ts";
import { type Convolution, convolutions } from "../lib/models/vgg19/architecture.ts";

const sameSize = { stride: [1, 1], pad: [1, 1, 1, 1] } as const;

/**
 * The 3x3 convolutions of VGG-19 as far as its deepest default texture layer, and as many that carry the gradient back:
 * each block a chain from an input of its own, forward and back. A chain ends in the maximum of each channel, since handing
 * out whole activations would take time that is not the convolutions'.
 */
export function convolutionsAlone(size: Size): Graph {
  const graph = createGraphBuilder();
  const outputs: Record<string, Tensor> = {};
  const used = convolutions.slice(0, convolutions.findIndex(({ name }) => name === "conv5_1") + 1);
  for (const block of [1, 2, 3, 4, 5]) {
    const layers = used.filter((layer) => layer.block === block);
    const kernels = layers.map((layer) => randomKernel(graph, layer));
    const image = (channels = 0) => [1, channels, size.height >> (block - 1), size.width >> (block - 1)];

    const forward = input(graph, `forward ${block}`, image(layers.at(0)?.inputs));
    outputs[`forward ${block}`] = largest(
      kernels.reduce((x, kernel) => conv2d(x, kernel, { pad: 1 }), forward),
    );

    const back = input(graph, `back ${block}`, image(layers.at(-1)?.outputs));
    outputs[`back ${block}`] = largest(
      kernels.reduceRight(
        (gradient, kernel, place) =>
          convolutionGradient(gradient, image(layers[place]?.inputs), kernel, sameSize),
        back,
      ),
    );
  }
  return graph.finish(outputs);
}

function randomKernel(graph: GraphBuilder, { inputs, outputs }: Convolution): Tensor {
  const values = uniformValues({ seed: 3, frame: outputs, purpose: "generated" }, outputs * inputs * 9);
  const bound = Math.sqrt(6 / (inputs * 9));
  return constant(graph, values.map((value) => (2 * value - 1) * bound), [outputs, inputs, 3, 3]);
}

function largest(images: Tensor): Tensor {
  const [, , height = 0, width = 0] = images.shape;
  return maxPool2d(images, { size: [height, width], stride: 1 });
}
