/**
 * How long one evaluation of each part takes, where nothing was measured.
 * @module
 */

/** Seconds of one evaluation: `fixed`, and more by the size of the frame. */
export interface Rate {
  readonly fixed: number;
  readonly perMegapixel: number;
}

/** Rates by part. */
export type Rates = Readonly<Record<string, Rate>>;

/**
 * Loss and gradient on two cores with AVX-512 (docs/design/speed.md: direct convolution, 160x284 to 360x640), and what
 * surrounds them; msoe by its ratio to vgg19 in bench/README.md, the embedded models by theirs on two cores without AVX-512.
 * Other machines differ by factors: only the ratios are to be relied on.
 */
export const roughRates: Rates = {
  "vgg19/conv1_1": { fixed: 0.002, perMegapixel: 0.3 },
  "vgg19/conv2_1": { fixed: 0.003, perMegapixel: 0.8 },
  "vgg19/conv3_1": { fixed: 0.004, perMegapixel: 1.3 },
  "vgg19/conv4_1": { fixed: 0.006, perMegapixel: 2.4 },
  vgg19: { fixed: 0.01, perMegapixel: 3.4 },
  msoe: { fixed: 0.004, perMegapixel: 2 },
  steerable: { fixed: 0.003, perMegapixel: 0.45 },
  motion_energy: { fixed: 0.001, perMegapixel: 0.1 },
  // The rest of an iteration: total variation, the update, its statistics.
  update: { fixed: 0.001, perMegapixel: 0.04 },
  lbfgs: { fixed: 0.001, perMegapixel: 0.9 },
  pdf: { fixed: 0.005, perMegapixel: 0.7 },
  pdf_regrain: { fixed: 0.005, perMegapixel: 1.6 },
  mean_std_lab: { fixed: 0.001, perMegapixel: 0.2 },
  // Of each frame: three channels, forth and back.
  scramble_frame: { fixed: 0, perMegapixel: 1 },
  scramble_clip: { fixed: 0, perMegapixel: 1 },
  // Of one frame, OpenCV's optical flow and the spectra above all.
  low_level_features: { fixed: 0.01, perMegapixel: 2.6 },
  // Of one frame.
  ssim: { fixed: 0.001, perMegapixel: 1 },
  // One time step, with stacks 3, 48, 96, 192.
  prednet: { fixed: 0.001, perMegapixel: 4.2 },
  // A frame into the store, onto the disk.
  write: { fixed: 0.01, perMegapixel: 0.08 },
  decode: { fixed: 0.01, perMegapixel: 0.1 },
  // Frames of a control.
  copy: { fixed: 0.005, perMegapixel: 0.05 },
  warp: { fixed: 0.005, perMegapixel: 0.3 },
  warp_step: { fixed: 0, perMegapixel: 0.8 },
  luminance: { fixed: 0.005, perMegapixel: 0.15 },
  exact_histogram: { fixed: 0.005, perMegapixel: 2 },
  rotational_spectrum: { fixed: 0.005, perMegapixel: 2 },
  // A page with its figures.
  report: { fixed: 4, perMegapixel: 0 },
  // A model of the user's own, as large as ResNet-50; each has a rate of its own once a run has measured it.
  onnx: { fixed: 0.005, perMegapixel: 1.2 },
  // As a stream, with its gradient: three times that.
  imported: { fixed: 0.015, perMegapixel: 3.6 },
  // Once for an instance: a worker with its engine, a model's weights; and a graph once for each size.
  start: { fixed: 0.7, perMegapixel: 0 },
  open: { fixed: 0.1, perMegapixel: 0 },
  "open/onnx": { fixed: 1, perMegapixel: 0 },
  "open/vgg19": { fixed: 1, perMegapixel: 0 },
  compile: { fixed: 0.2, perMegapixel: 0 },
  "compile/vgg19": { fixed: 0.7, perMegapixel: 0 },
};

/** For parts that nobody knows. */
const otherRate: Rate = { fixed: 0.002, perMegapixel: 1 };

/** The rate of a part; that of the whole model when there is none as far as that layer. */
export function rateOf(part: string, rates: Rates): Rate {
  const [whole = part] = part.split("/");
  return rates[part] ?? roughRates[part] ?? rates[whole] ?? roughRates[whole] ?? otherRate;
}
