/**
 * The model as a graph: three scales of rectified oriented responses in an opponent color space.
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
/** What brings responses to natural images to a common size, by color channel: colors vary less than luminance. */
const gains = [12, 24, 24];

const orientations = 4;
const bank = quadraturePairs({ orientations, side: 7, wavelength: 4, sigma: 1.6 });

/** The binomial filter [1 3 3 1], which keeps apart what halving the image would mix up. */
const halving = [1, 3, 3, 1].flatMap((row) => [1, 3, 3, 1].map((column) => (row * column) / 64));

/** One scale: the colors themselves and what the filters make of them. */
interface Scale {
  /** [3, 1, height, width]: the channels of `opponentColors`. */
  readonly colors: Tensor;
  /** [24, height, width]: per color channel even and odd for each orientation. */
  readonly responses: Tensor;
  /** [4, height, width]: local amplitude of luminance per orientation. */
  readonly amplitudes: Tensor;
}

/**
 * The model. Layers `fine`, `middle`, `coarse`: [56, height, width] at the size of the frame, a half and a quarter of it:
 * one constant channel (in a Gram matrix it holds the others' means), the three colors, 24 responses and their negatives,
 * rectified, and the amplitudes of luminance at the next coarser scale.
 */
export function createGabor(declaration: ModelDeclaration): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const frame = singleFrame(declaration, frames, wanted);
      const made: Record<string, Tensor> = {};
      let scale = scaleOf(opponent(frame));
      for (const name of declaration.layers) {
        const coarser = scaleOf(halved(scale.colors));
        if (wanted.includes(name)) made[name] = features(scale, coarser);
        scale = coarser;
      }
      return made;
    },
  };
}

/** [height, width, 3] to [3, 1, height, width]. */
function opponent(frame: Tensor): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const planes = reshape(transpose(frame, [2, 0, 1]), [3, height * width]);
  return reshape(matmul(constant(frame.graph, opponentColors.flat(), [3, 3]), planes), [3, 1, height, width]);
}

function scaleOf(colors: Tensor): Scale {
  const { graph, shape: [, , height = 0, width = 0] } = colors;
  const kernels = constant(graph, bank.kernels.flatMap((kernel) => [...kernel]), [
    bank.kernels.length,
    1,
    bank.side,
    bank.side,
  ]);
  // Colors stand as a batch, so that all are filtered by the same kernels.
  const filtered = conv2d(symmetricPadding(colors, (bank.side - 1) / 2), kernels);
  const equalized = multiply(filtered, constant(graph, gains, [3, 1, 1, 1]));
  const responses = reshape(equalized, [3 * 2 * orientations, height, width]);
  return { colors, responses, amplitudes: amplitudes(responses) };
}

/** sqrt(even^2 + odd^2) of luminance; the small number keeps the derivative finite where there is no response. */
function amplitudes(responses: Tensor): Tensor {
  const [, height = 0, width = 0] = responses.shape;
  const luminance = reshape(slice(responses, [0, 0, 0], [2 * orientations, height, width]), [
    orientations,
    2,
    height * width,
  ]);
  const part = (index: number) => slice(luminance, [0, index, 0], [orientations, index + 1, height * width]);
  const energy = add(add(square(part(0)), square(part(1))), 1e-6);
  return reshape(squareRoot(energy), [orientations, height, width]);
}

function features({ colors, responses }: Scale, coarser: Scale): Tensor {
  const { graph, shape: [, height = 0, width = 0] } = responses;
  return concat([
    constant(graph, new Float32Array(height * width).fill(1), [1, height, width]),
    reshape(colors, [3, height, width]),
    relu(responses),
    relu(negate(responses)),
    resizeBilinear(coarser.amplitudes, [height, width]),
  ], 0);
}

/** Half the size, rounded down. */
function halved(colors: Tensor): Tensor {
  const kernel = constant(colors.graph, halving, [1, 1, 4, 4]);
  return conv2d(symmetricPadding(colors, 1), kernel, { stride: 2 });
}
