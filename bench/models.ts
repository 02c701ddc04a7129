/**
 * The models that are timed: with their weights when these are on this machine, else with random ones, which take as long.
 * @module
 */
import { uniformValues } from "../lib/frames/noise.ts";
import type { Kernel } from "../lib/models/kernel_layout.ts";
import { msoe } from "../lib/models/msoe/entry.ts";
import { createMsoe } from "../lib/models/msoe/network.ts";
import type { ConvolutionWeights } from "../lib/models/msoe/weights.ts";
import type { WeightedModel } from "../lib/models/model_entry.ts";
import type { StreamModel } from "../lib/models/stream_model.ts";
import { convolutions } from "../lib/models/vgg19/architecture.ts";
import { vgg19 } from "../lib/models/vgg19/entry.ts";
import { createVgg19 } from "../lib/models/vgg19/network.ts";
import { findWeights } from "../lib/models/weights/weights_file.ts";
import { weightsFolder } from "../lib/models/weights/weights_folder.ts";

/** A model, and which weights it has. */
export interface BenchModel {
  readonly model: StreamModel;
  readonly weights: "from file" | "random";
}

/** The spatial model of the paper. */
export function spatialModel(): Promise<BenchModel> {
  return openOr(vgg19, () =>
    createVgg19(
      vgg19.declaration,
      Object.fromEntries(
        convolutions.map(({ name, inputs, outputs }) => [name, randomConvolution([outputs, inputs, 3, 3])]),
      ),
    ));
}

/** The temporal model of the paper. */
export function temporalModel(): Promise<BenchModel> {
  return openOr(msoe, () =>
    createMsoe(msoe.declaration, {
      motion: randomConvolution([32, 2, 11, 11]),
      mixing: randomConvolution([64, 32, 1, 1]),
      flowHidden: randomConvolution([64, 320, 3, 3]),
      flow: randomConvolution([2, 64, 1, 1]),
    }));
}

async function openOr(entry: WeightedModel, random: () => StreamModel): Promise<BenchModel> {
  const path = await findWeights(entry.weights, weightsFolder());
  if (path === undefined) return { model: random(), weights: "random" };
  return { model: await entry.open(await Deno.readFile(path), path), weights: "from file" };
}

/** Uniform around 0 with variance 2 / inputs, so that activations neither vanish nor grow (He et al. 2015). */
function randomConvolution(shape: Kernel["shape"]): ConvolutionWeights {
  const [outputs, inputs, height, width] = shape;
  const fanIn = inputs * height * width;
  const bound = Math.sqrt(6 / fanIn);
  const uniform = uniformValues({ seed: 2, frame: inputs, purpose: "generated" }, outputs * fanIn);
  return {
    kernel: { shape, data: uniform.map((value) => (2 * value - 1) * bound) },
    bias: new Float32Array(outputs),
  };
}
