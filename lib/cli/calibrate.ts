/**
 * How fast this machine is: times small programs for a second or two. Imported when a plan needs it, for it loads the engine.
 * @module
 */
import { isUserError } from "../errors.ts";
import type { Engine, EngineOptions, TensorValues } from "../engines/engine.ts";
import { openEngine } from "../engines/open.ts";
import { inputShapes } from "../engines/program_inputs.ts";
import { type ColorTransferVariant, transferColor } from "../frames/color_transfer/transfer_color.ts";
import type { Frame, Size } from "../frames/frame.ts";
import { uniformNoise, uniformValues } from "../frames/noise.ts";
import { elementCount } from "../graph/broadcasting.ts";
import type { Graph } from "../graph/graph.ts";
import { catalog } from "../models/catalog.ts";
import type { StreamModel } from "../models/stream_model.ts";
import { type Rate, rateOf, type Rates } from "../plan/rates.ts";
import { objectiveGraph } from "../synthesis/objective.ts";

/** Sizes of which the larger is fast enough to be waited for, and large enough to be carried on to those of videos. */
const sizes: readonly [Size, Size] = [{ height: 64, width: 96 }, { height: 128, width: 192 }];

/** A program is run until it took so many seconds, and at least three times. */
const enough = 0.15;

/** After so many seconds nothing new is begun: then what was timed has to stand for the rest. */
const longest = 4;

const colorTransfers: readonly Exclude<ColorTransferVariant, "none">[] = [
  "pdf",
  "pdf_regrain",
  "mean_std_lab",
];

/** What timing a machine gave. */
export interface Calibration {
  readonly rates: Rates;
  /** How long it took. */
  readonly seconds: number;
  /** Why the engine could not be timed. */
  readonly problem?: string;
}

/** Times those of the parts that are models or color transfers. Nothing is thrown when the engine cannot be opened. */
export async function calibrate(parts: readonly string[], options: EngineOptions = {}): Promise<Calibration> {
  const began = performance.now();
  const spent = () => (performance.now() - began) / 1000;
  const colors = colorTransfers.filter((variant) => parts.includes(variant));
  const rates: Record<string, Rate> = Object.fromEntries(
    colors.map((variant) => [variant, timeColors(variant)]),
  );
  try {
    const models = parts.filter((part) => modelOf(part) !== undefined);
    if (models.length > 0) {
      await using engine = await openEngine(options);
      for (const part of models) {
        if (spent() < longest) Object.assign(rates, await timeModel(engine, part, () => spent() < longest));
      }
      const slower = meanRatio(rates, models);
      for (const part of models) rates[part] ??= scaled(rateOf(part, {}), slower);
    }
    return { rates, seconds: spent() };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { rates, seconds: spent(), problem: error.message };
  }
}

function modelOf(part: string) {
  const [name = "", layer] = part.split("/");
  return layer === undefined ? undefined : catalog.get(name);
}

/** Its rate, from two sizes if there is time, and how long a graph of it takes to compile. */
async function timeModel(engine: Engine, part: string, isTimeLeft: () => boolean): Promise<Rates> {
  const entry = modelOf(part);
  if (entry === undefined) return {};
  const model = "weights" in entry ? await entry.standIn() : await entry.open();
  const [small, large] = sizes;
  const first = await timeProgram(engine, () => iterationGraph(model, part, small));
  const compile = { [`compile/${entry.declaration.name}`]: { fixed: first.compile, perMegapixel: 0 } };
  const usual = rateOf(part, {});
  if (!isTimeLeft()) return { ...compile, [part]: scaled(usual, first.run / secondsAt(usual, small)) };
  const second = await timeProgram(engine, () => iterationGraph(model, part, large));
  return { ...compile, [part]: through(first.run, second.run) };
}

/** The objective of a synthesis that matches the texture of the model's layers as far as the part's. */
function iterationGraph(model: StreamModel, part: string, size: Size): Graph {
  const { stream, layers: all, defaultTextureLayers } = model.declaration;
  const deepest = part.slice(part.indexOf("/") + 1);
  const upTo = all.slice(0, all.indexOf(deepest) + 1);
  const used = upTo.filter((layer) => layer === deepest || defaultTextureLayers.includes(layer));
  const layers = Object.fromEntries(used.map((layer) => [layer, 1]));
  const term = `${stream}_texture` as const;
  return objectiveGraph({ terms: [{ term, model, layers, targets: 1 }], normalization: "reference" }, size);
}

/** Seconds to compile a graph and run it for the first time, and the median of further runs. */
async function timeProgram(engine: Engine, build: () => Graph): Promise<{ compile: number; run: number }> {
  const began = performance.now();
  const graph = build();
  await using program = await engine.compile(graph);
  await program.bind(madeUpInputs(graph));
  await program.run({});
  const compile = (performance.now() - began) / 1000;
  const runs: number[] = [];
  for (let sum = 0; runs.length < 3 || sum < enough;) {
    const start = performance.now();
    await program.run({});
    const seconds = (performance.now() - start) / 1000;
    runs.push(seconds);
    sum += seconds;
  }
  return { compile, run: runs.sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? NaN };
}

function madeUpInputs(graph: Graph): TensorValues {
  return Object.fromEntries([...inputShapes(graph)].map(([name, shape], frame) => {
    const data = uniformValues({ seed: 1, frame, purpose: "generated" }, elementCount(shape));
    return [name, { shape, data }];
  }));
}

/** In proportion to the pixels; the first call only makes the code fast. */
function timeColors(variant: ColorTransferVariant): Rate {
  const seconds = sizes.map(({ height, width }) => {
    const picture = (seed: number): Frame =>
      uniformNoise({ seed, frame: 0, purpose: "generated" }, height, width);
    const [source, target] = [picture(1), picture(2)];
    const start = performance.now();
    transferColor(source, target, variant);
    return (performance.now() - start) / 1000;
  });
  return { fixed: 0, perMegapixel: (seconds.at(-1) ?? NaN) / megapixels(sizes[1]) };
}

/** The rate with these times at the two sizes; a larger frame never takes less. */
function through(small: number, large: number): Rate {
  const [one, other] = sizes.map(megapixels);
  const perMegapixel = Math.max(0, large - small) / ((other ?? 0) - (one ?? 0));
  const fixed = small - perMegapixel * (one ?? 0);
  return fixed >= 0 ? { fixed, perMegapixel } : { fixed: 0, perMegapixel: large / (other ?? 1) };
}

function meanRatio(rates: Rates, parts: readonly string[]): number {
  const ratios = parts.flatMap((part) => {
    const rate = rates[part];
    return rate === undefined ? [] : [secondsAt(rate, sizes[1]) / secondsAt(rateOf(part, {}), sizes[1])];
  });
  return ratios.length === 0 ? 1 : ratios.reduce((sum, ratio) => sum + ratio) / ratios.length;
}

function scaled({ fixed, perMegapixel }: Rate, factor: number): Rate {
  return { fixed: fixed * factor, perMegapixel: perMegapixel * factor };
}

function secondsAt({ fixed, perMegapixel }: Rate, size: Size): number {
  return fixed + perMegapixel * megapixels(size);
}

function megapixels({ height, width }: Size): number {
  return height * width / 1e6;
}
