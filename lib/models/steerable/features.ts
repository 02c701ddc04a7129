/**
 * The features of a level, of which a Gram matrix holds the statistics of Portilla & Simoncelli (2000) and more.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  add,
  constant,
  matmul,
  maximum,
  minimum,
  multiply,
  negate,
  relu,
  reshape,
  square,
  squareRoot,
  subtract,
} from "../../graph/operations.ts";
import { resizeBilinear } from "../bilinear_enlargement.ts";
import { waveDirection } from "./filters.ts";
import { mapped, mappedEach, shift, smoothing } from "./line_maps.ts";
import { halved } from "./pyramid.ts";
import { fourOrientations, type Responses, secondOrder } from "./responses.ts";

/** Colors vary less than luminance. */
const colorScale = 3;

/** The same for the high-pass band. */
const highPassGains = [6, 12, 12];
const highPassRootGain = 0.2;

/** Soft thresholds: a feature rises from 0 to 1 over `width` around `center`. Luminance, then each color. */
const luminanceThresholds = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85].map((center) => ({
  channel: 0,
  center,
  width: 0.15,
}));
const colorThresholds = [1, 2].flatMap((channel) =>
  [-0.06, 0, 0.06].map((center) => ({ channel, center, width: 0.075 }))
);
const thresholds = [...luminanceThresholds, ...colorThresholds];

/** Magnitudes are compared with themselves at this distance in pixels of the level. */
const shiftDistance = 3;
const shiftGain = 0.7;
const coarserGain = 0.7;

/** One everywhere, [1, height, width]: in a Gram matrix it holds the means of the others. */
export function ones({ graph, shape: [, height = 0, width = 0] }: Tensor): Tensor {
  return constant(graph, new Float32Array(height * width).fill(1), [1, height, width]);
}

/** The colors, [3, height, width]. */
export function colors(image: Tensor): Tensor {
  return multiply(image, constant(image.graph, [1, colorScale, colorScale], [3, 1, 1]));
}

/** [12, height, width]: their means and products hold the histogram of each color. */
export function thresholded(image: Tensor): Tensor {
  const { graph, shape: [, height = 0, width = 0] } = image;
  const count = thresholds.length;
  const slopes = thresholds.flatMap((at) =>
    [0, 1, 2].map((channel) => channel === at.channel ? 1 / at.width : 0)
  );
  const starts = thresholds.map(({ center, width }) => 0.5 - center / width);
  const rising = matmul(constant(graph, slopes, [count, 3]), reshape(image, [3, height * width]));
  const soft = maximum(minimum(add(rising, constant(graph, starts, [count, 1])), 1), 0);
  return reshape(soft, [count, height, width]);
}

/** Bright and dark halves of responses: [channels, height, width] twice. */
export function rectified(responses: Tensor): readonly Tensor[] {
  return [relu(responses), relu(negate(responses))];
}

/** Luminance of the next coarser level, rectified at this level's size: how phases align across scales. */
export function coarserRectified({ luminance }: Responses, [height, width]: readonly [number, number]) {
  return rectified(multiply(resizeBilinear(luminance, [height, width]), coarserGain));
}

/** Second-order magnitudes of the next finer level at this level's size, [16, height, width]. */
export function finerSecondOrder({ magnitudes }: Responses): Tensor {
  return secondOrder(halved(fourOrientations(magnitudes)));
}

/** Magnitudes shifted along their stripes and across them, [8, height, width]: how far edges go on, and repeat. */
export function shiftedMagnitudes({ magnitudes }: Responses): readonly Tensor[] {
  const four = fourOrientations(magnitudes);
  const [count = 0, height = 0, width = 0] = four.shape;
  const across = Array.from({ length: count }, (_, orientation) => waveDirection(orientation, count));
  const along = across.map(([x, y]) => [-y, x] as const);
  return [along, across].map((directions) => {
    const rows = directions.map(([, y]) => shift(height, y * shiftDistance));
    const columns = directions.map(([x]) => shift(width, x * shiftDistance));
    return multiply(mappedEach(four, rows, columns), shiftGain);
  });
}

/**
 * What halving would lose of the finest image [3, height, width], [9, height, width]: the band itself, its absolute
 * value, and the root of that, which tells noise everywhere from a few sharp edges.
 */
export function highPass(image: Tensor): readonly Tensor[] {
  const [, height = 0, width = 0] = image.shape;
  const smooth = mapped(image, smoothing(height), smoothing(width));
  const band = multiply(subtract(image, smooth), constant(image.graph, highPassGains, [3, 1, 1]));
  const size = squareRoot(add(square(band), 1e-4));
  return [band, size, multiply(squareRoot(size), highPassRootGain)];
}
