/**
 * Structural similarity: how alike two frames look locally in luminance, contrast and structure.
 *
 * Wang, Z., Bovik, A. C., Sheikh, H. R. & Simoncelli, E. P. Image quality assessment: from error visibility to structural
 * similarity. IEEE Transactions on Image Processing 13, 600-612 (2004). doi:10.1109/TIP.2003.819861
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";

/**
 * `wang`: as published, a Gaussian window of 11 x 11 (sigma 1.5) with population covariances. `scikit_image`: that library's
 * default, a uniform window of 7 x 7 with sample covariances.
 */
export type SsimForm = "wang" | "scikit_image";

/** Both forms. */
export const ssimForms = ["wang", "scikit_image"] as const satisfies readonly SsimForm[];

/** The window: its weights along one side, and by what covariances are multiplied. */
interface Window {
  readonly weights: Float64Array;
  readonly covariance: number;
}

const windows: { readonly [F in SsimForm]: Window } = {
  wang: { weights: gaussian(11, 1.5), covariance: 1 },
  scikit_image: { weights: new Float64Array(7).fill(1 / 7), covariance: 49 / 48 },
};

/** K1 and K2 of the paper; values run from 0 to 1. */
const [luminance, contrast] = [0.01 ** 2, 0.03 ** 2];

/** The smallest side of frames that have an SSIM: the window's. */
export function smallestSsimSide(form: SsimForm): number {
  return windows[form].weights.length;
}

/**
 * The mean SSIM of two frames with values in [0, 1], over the places where the whole window lies inside the frame (a border of
 * half a window is left out) and over red, green and blue. 1 for equal frames; in float64.
 * Throws an Error when the frames differ in size or are smaller than the window.
 */
export function ssim(a: Frame, b: Frame, form: SsimForm = "wang"): number {
  if (a.height !== b.height || a.width !== b.width) {
    throw new Error(`no SSIM of frames of ${sizeText(a)} and ${sizeText(b)}`);
  }
  const side = smallestSsimSide(form);
  if (Math.min(a.height, a.width) < side) {
    throw new Error(`no SSIM of frames of ${sizeText(a)}: the window is ${side} x ${side}`);
  }
  const { weights, covariance } = windows[form];
  const count = a.data.length;
  const [x, y] = [Float64Array.from(a.data), Float64Array.from(b.data)];
  const [squares, products] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    squares[i] = x[i]! ** 2 + y[i]! ** 2;
    products[i] = x[i]! * y[i]!;
  }
  const [meanX, meanY] = [windowedMeans(x, a, weights), windowedMeans(y, a, weights)];
  const [energy, product] = [windowedMeans(squares, a, weights), windowedMeans(products, a, weights)];
  let sum = 0;
  for (let i = 0; i < meanX.length; i++) {
    const [both, means] = [meanX[i]! * meanY[i]!, meanX[i]! ** 2 + meanY[i]! ** 2];
    const variances = covariance * (energy[i]! - means);
    const shared = covariance * (product[i]! - both);
    sum += ((2 * both + luminance) * (2 * shared + contrast)) /
      ((means + luminance) * (variances + contrast));
  }
  return sum / meanX.length;
}

/**
 * How well a frame was predicted beyond repeating the one before it: (1 - SSIM(previous, predicted)) SSIM(current, predicted).
 * 0 for a copy of the previous frame, also where nothing changes; 1 - SSIM(previous, current) for a perfect prediction.
 * Throws an Error as `ssim` does.
 */
export function correctedSsim(
  { previous, current, predicted }: Readonly<Record<"previous" | "current" | "predicted", Frame>>,
  form: SsimForm = "wang",
): number {
  return (1 - ssim(previous, predicted, form)) * ssim(current, predicted, form);
}

/** Weighted means of interleaved RGB under the window at each place where it lies inside: down, then across. */
function windowedMeans(values: Float64Array, { height, width }: Size, weights: Float64Array): Float64Array {
  const length = weights.length;
  const [inner, across] = [height - length + 1, width - length + 1];
  const row = width * 3;
  const down = weightedSums(values, inner * row, row, weights);
  const made = new Float64Array(inner * across * 3);
  for (let y = 0; y < inner; y++) {
    const line = down.subarray(y * row, (y + 1) * row);
    made.set(weightedSums(line, across * 3, 3, weights), y * across * 3);
  }
  return made;
}

/** Element i is the sum over k of weight k times the value at i + k strides. */
function weightedSums(
  values: Float64Array,
  count: number,
  stride: number,
  weights: Float64Array,
): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0, at = i; k < weights.length; k++, at += stride) sum += weights[k]! * values[at]!;
    sums[i] = sum;
  }
  return sums;
}

function gaussian(length: number, sigma: number): Float64Array {
  const middle = (length - 1) / 2;
  const weights = Float64Array.from({ length }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function sizeText({ height, width }: Size): string {
  return `${height} x ${width}`;
}
