/**
 * The model as a graph: oriented filters at four scales in an opponent color space, and the same filters over what they found.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  add,
  concat,
  constant,
  conv2d,
  matmul,
  multiply,
  negate,
  relu,
  reshape,
  slice,
  square,
  squareRoot,
  transpose,
} from "../../graph/operations.ts";
import { resizeBilinear } from "../bilinear_enlargement.ts";
import { singleFrame } from "../model_arguments.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { symmetricPadding } from "../symmetric_padding.ts";
import { quadraturePairs } from "./filters.ts";

/** From RGB to luminance, red against green, blue against yellow: rows sum to 1, 0, 0. */
const opponentColors = [
  [1 / 3, 1 / 3, 1 / 3],
  [1 / 2, -1 / 2, 0],
  [-1 / 4, -1 / 4, 1 / 2],
];
const colorCount = opponentColors.length;
const luminanceAlone = 1;
/** What brings responses to natural images to a common size, by color channel: colors vary less than luminance. */
const gains = [12, 24, 24];
/** The same for responses to amplitudes. */
const secondGain = 3;

const orientations = 4;
const bank = quadraturePairs({ orientations, side: 7, wavelength: 4, sigma: 1.6 });

/** The binomial filter [1 3 3 1], which takes away what halving an image would turn into false patterns. */
const halving = [1, 3, 3, 1].flatMap((row) => [1, 3, 3, 1].map((column) => (row * column) / 64));

/** What the filters make of one scale. */
interface Scale {
  /** [3, 1, height, width]: the channels of `opponentColors`. */
  readonly colors: Tensor;
  /** [24, height, width], [8, height, width] at the finest scale: per color even and odd for each orientation. */
  readonly responses: Tensor;
  /** [4, height, width]: local amplitude of luminance by orientation. */
  readonly amplitudes: Tensor;
}

/**
 * The model. Its layers, `fine` to `coarsest`, are at the frame's size, a half, a quarter and an eighth of it. Channels: one
 * constant (in a Gram matrix it holds the means of the others), three colors, responses rectified, their negatives rectified,
 * four amplitudes of the next coarser scale; from the second layer on also sixteen amplitudes of the filters' responses to
 * the amplitudes of the next finer scale: how edges lie to each other. The finest scale filters luminance alone, as fine
 * detail is seen in luminance and costs the most: 24 channels, the others have 72.
 */
export function createGabor(declaration: ModelDeclaration): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const frame = singleFrame(declaration, frames, wanted);
      const made: Record<string, Tensor> = {};
      let finer: Scale | undefined;
      let scale = scaleOf(opponent(frame), luminanceAlone);
      for (const name of declaration.layers) {
        const coarser = scaleOf(halved(scale.colors), colorCount);
        if (wanted.includes(name)) {
          const parts = [...ownFeatures(scale), coarserFeatures(scale, coarser), ...finerFeatures(finer)];
          made[name] = concat(parts, 0);
        }
        [finer, scale] = [scale, coarser];
      }
      return made;
    },
  };
}

/** [height, width, 3] to [3, 1, height, width]. */
function opponent(frame: Tensor): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const planes = reshape(transpose(frame, [2, 0, 1]), [3, height * width]);
  const matrix = constant(frame.graph, opponentColors.flat(), [colorCount, 3]);
  return reshape(matmul(matrix, planes), [colorCount, 1, height, width]);
}

/** Filters the first so many of the colors. */
function scaleOf(colors: Tensor, filteredColors: number): Scale {
  const { graph, shape: [, , height = 0, width = 0] } = colors;
  const chosen = slice(colors, [0, 0, 0, 0], [filteredColors, 1, height, width]);
  const gain = constant(graph, gains.slice(0, filteredColors), [filteredColors, 1, 1, 1]);
  const responses = multiply(filtered(chosen), gain);
  return {
    colors,
    responses: reshape(responses, [filteredColors * 2 * orientations, height, width]),
    amplitudes: amplitudes(slice(responses, [0, 0, 0, 0], [1, 2 * orientations, height, width])),
  };
}

/** Images [count, 1, height, width] through the bank: [count, 8, height, width]. */
function filtered(images: Tensor): Tensor {
  const { side, kernels } = bank;
  const stacked = constant(images.graph, kernels.flatMap((kernel) => [...kernel]), [
    kernels.length,
    1,
    side,
    side,
  ]);
  return conv2d(symmetricPadding(images, (side - 1) / 2), stacked);
}

/** sqrt(even^2 + odd^2) of [count, 8, height, width]: [4 count, height, width]. */
function amplitudes(responses: Tensor): Tensor {
  const [count = 0, , height = 0, width = 0] = responses.shape;
  const channels = count * orientations;
  const pairs = reshape(responses, [channels, 2, height * width]);
  const part = (index: number) => slice(pairs, [0, index, 0], [channels, index + 1, height * width]);
  // The small number keeps the derivative finite where there is no response.
  const energy = add(add(square(part(0)), square(part(1))), 1e-6);
  return reshape(squareRoot(energy), [channels, height, width]);
}

function ownFeatures({ colors, responses }: Scale): Tensor[] {
  const { graph, shape: [, height = 0, width = 0] } = responses;
  return [
    constant(graph, new Float32Array(height * width).fill(1), [1, height, width]),
    reshape(colors, [colorCount, height, width]),
    relu(responses),
    relu(negate(responses)),
  ];
}

function coarserFeatures(scale: Scale, coarser: Scale): Tensor {
  const [, height = 0, width = 0] = scale.responses.shape;
  return resizeBilinear(coarser.amplitudes, [height, width]);
}

/** Nothing for the finest scale. */
function finerFeatures(finer: Scale | undefined): Tensor[] {
  if (finer === undefined) return [];
  const [channels = 0, height = 0, width = 0] = finer.amplitudes.shape;
  const images = halved(reshape(finer.amplitudes, [channels, 1, height, width]));
  return [amplitudes(multiply(filtered(images), secondGain))];
}

/** Images [count, 1, height, width] at half the size, rounded down. */
function halved(images: Tensor): Tensor {
  const kernel = constant(images.graph, halving, [1, 1, 4, 4]);
  return conv2d(symmetricPadding(images, 1), kernel, { stride: 2 });
}
