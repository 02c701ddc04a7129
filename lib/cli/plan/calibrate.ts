/**
 * How fast this machine is: times small programs for about a second. Imported when a plan needs it, for it loads the engine.
 * @module
 */
import { isUserError } from "../../errors.ts";
import type { Engine, EngineOptions, TensorValues } from "../../engines/engine.ts";
import { openEngine } from "../../engines/open.ts";
import { inputShapes } from "../../engines/program_inputs.ts";
import { type ColorTransferVariant, transferColor } from "../../frames/color_transfer/transfer_color.ts";
import type { Frame, Size } from "../../frames/frame.ts";
import { uniformNoise, uniformValues } from "../../frames/noise.ts";
import { elementCount } from "../../graph/broadcasting.ts";
import type { Graph } from "../../graph/graph.ts";
import { catalog } from "../../models/catalog.ts";
import type { StreamModel } from "../../models/stream_model.ts";
import { type Rate, rateOf, type Rates } from "../../plan/rates.ts";
import { iterationGraph } from "../../synthesis/objective.ts";

/** Two sizes: from the large one times are carried on to the size of frames, the small one tells what does not depend on it. */
interface TimedSizes {
  readonly large: Size;
  readonly small: Size;
}

/** Fast enough to be waited for, and large enough to be carried on to the sizes of videos. */
const forVideos: TimedSizes = { large: { height: 128, width: 192 }, small: { height: 64, width: 96 } };

/** Where no frame is larger, it is not worth the wait to time larger ones. */
const forSketches: TimedSizes = { large: { height: 64, width: 96 }, small: { height: 32, width: 48 } };

/** A program is run until it took so many seconds, and at least twice. */
const enough = 0.08;

/** After so many seconds small sizes are left out, and after so many nothing new is begun: what was timed stands for the rest. */
const limits = { small: 0.5, any: 4 } as const;

/** A part that takes less of an iteration than this share is not worth the wait: what was timed stands for it, too. */
const smallShare = 0.25;

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

/**
 * Times those of the parts that are models or color transfers. Nothing is thrown when the engine cannot be opened.
 * @param pixels of the largest frame
 */
export async function calibrate(
  parts: readonly string[],
  pixels: number,
  options: EngineOptions = {},
): Promise<Calibration> {
  const { large, small } = forSketches;
  const sizes = pixels <= large.height * large.width ? { large, small } : forVideos;
  const began = performance.now();
  const spent = () => (performance.now() - began) / 1000;
  const colors = colorTransfers.filter((variant) => parts.includes(variant));
  const rates: Record<string, Rate> = Object.fromEntries(
    colors.map((variant) => [variant, timeColors(variant, sizes)]),
  );
  try {
    const models = parts.filter((part) => modelOf(part) !== undefined);
    if (models.length > 0 && options.engine === "reference") {
      return {
        rates,
        seconds: spent(),
        problem: "the reference engine takes hundreds of times as long as these rates",
      };
    }
    if (models.length > 0) {
      await using engine = await openEngine(options);
      Object.assign(rates, await timeModels(engine, models, sizes, spent));
    }
    return { rates, seconds: spent() };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { rates, seconds: spent(), problem: error.message };
  }
}

async function timeModels(
  engine: Engine,
  parts: readonly string[],
  { large, small }: TimedSizes,
  spent: () => number,
): Promise<Rates> {
  const rates: Record<string, Rate> = {};
  const opened: { readonly part: string; readonly model: StreamModel; readonly seconds: number }[] = [];
  for (const part of worthTiming(parts, large)) {
    const entry = modelOf(part);
    if (entry === undefined || spent() > limits.any) continue;
    const model = "weights" in entry ? await entry.standIn() : await entry.open();
    const { compile, run } = await timeProgram(engine, () => timedGraph(model, part, large));
    rates[`compile/${model.declaration.name}`] = { fixed: compile, perMegapixel: 0 };
    rates[part] = scaled(rateOf(part, {}), run / secondsAt(rateOf(part, {}), large));
    opened.push({ part, model, seconds: run });
  }
  for (const { part, model, seconds } of opened) {
    if (spent() > limits.small) break;
    const { run } = await timeProgram(engine, () => timedGraph(model, part, small));
    rates[part] = through([run, seconds], { large, small });
  }
  const slower = meanRatio(rates, parts, large);
  for (const part of parts) rates[part] ??= scaled(rateOf(part, {}), slower);
  return rates;
}

/** The parts that decide how long an iteration takes. */
function worthTiming(parts: readonly string[], size: Size): readonly string[] {
  const expected = (part: string) => secondsAt(rateOf(part, {}), size);
  const all = parts.reduce((sum, part) => sum + expected(part), 0);
  const worth = parts.filter((part) => expected(part) >= smallShare * all);
  return worth.length > 0 ? worth : parts;
}

function modelOf(part: string) {
  const [name = "", layer] = part.split("/");
  return layer === undefined ? undefined : catalog.get(name);
}

/** The objective of a synthesis that matches the texture of the model's layers as far as the part's. */
function timedGraph(model: StreamModel, part: string, size: Size): Graph {
  const { stream, layers: all, defaultTextureLayers } = model.declaration;
  const deepest = part.slice(part.indexOf("/") + 1);
  const upTo = all.slice(0, all.indexOf(deepest) + 1);
  const used = upTo.filter((layer) => layer === deepest || defaultTextureLayers.includes(layer));
  const layers = Object.fromEntries(used.map((layer) => [layer, 1]));
  const term = `${stream}_texture` as const;
  return iterationGraph({ terms: [{ term, model, layers, targets: 1 }], normalization: "reference" }, size);
}

/** Seconds to compile a graph and run it for the first time, and the median of further runs (of two the shorter). */
async function timeProgram(engine: Engine, build: () => Graph): Promise<{ compile: number; run: number }> {
  const began = performance.now();
  const graph = build();
  await using program = await engine.compile(graph);
  await program.bind(madeUpInputs(graph));
  await program.run({});
  const compile = (performance.now() - began) / 1000;
  const runs: number[] = [];
  for (let sum = 0; runs.length < 2 || sum < enough;) {
    const start = performance.now();
    await program.run({});
    const seconds = (performance.now() - start) / 1000;
    runs.push(seconds);
    sum += seconds;
  }
  return { compile, run: runs.sort((a, b) => a - b)[Math.floor((runs.length - 1) / 2)] ?? NaN };
}

function madeUpInputs(graph: Graph): TensorValues {
  return Object.fromEntries([...inputShapes(graph)].map(([name, shape], frame) => {
    const data = uniformValues({ seed: 1, frame, purpose: "generated" }, elementCount(shape));
    return [name, { shape, data }];
  }));
}

/** In proportion to the pixels; the first call only makes the code fast. */
function timeColors(variant: ColorTransferVariant, { large, small }: TimedSizes): Rate {
  let seconds = 0;
  for (const { height, width } of [small, large]) {
    const [source, target] = [1, 2].map((seed): Frame =>
      uniformNoise({ seed, frame: 0, purpose: "generated" }, height, width)
    );
    if (source === undefined || target === undefined) continue;
    const start = performance.now();
    transferColor(source, target, variant);
    seconds = (performance.now() - start) / 1000;
  }
  return { fixed: 0, perMegapixel: seconds / megapixels(large) };
}

/** The rate with these times at the two sizes; a larger frame never takes less. */
function through([atSmall, atLarge]: readonly [number, number], { large, small }: TimedSizes): Rate {
  const perMegapixel = Math.max(0, atLarge - atSmall) / (megapixels(large) - megapixels(small));
  const fixed = atSmall - perMegapixel * megapixels(small);
  return fixed >= 0 ? { fixed, perMegapixel } : { fixed: 0, perMegapixel: atLarge / megapixels(large) };
}

function meanRatio(rates: Rates, parts: readonly string[], size: Size): number {
  const ratios = parts.flatMap((part) => {
    const rate = rates[part];
    return rate === undefined ? [] : [secondsAt(rate, size) / secondsAt(rateOf(part, {}), size)];
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
