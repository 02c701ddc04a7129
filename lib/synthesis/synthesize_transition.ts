/**
 * One transition as scripts ask for it.
 * @module
 */
import type { Engine } from "../engines/engine.ts";
import { RunError } from "../errors.ts";
import type { ColorTransferVariant } from "../frames/color_transfer/transfer_color.ts";
import type { Frame, Size } from "../frames/frame.ts";
import { grayFrame } from "../frames/gray.ts";
import type { ModelSource } from "../models/stream_model.ts";
import type { TransitionObserver } from "./observer.ts";
import { octaveSize, smallestOctaveSide } from "./octaves.ts";
import { SynthesisPrograms } from "./programs.ts";
import {
  checkedFrame,
  recipeOf,
  requireContentSize,
  requireFramesBefore,
  requireSameSize,
  type Streams,
  targetFrames,
  type TermTargets,
} from "./requests.ts";
import {
  type Balance,
  type FrameColor,
  type Normalization,
  type OctaveStep,
  type OptimizerSettings,
  type Resample,
  type StopSettings,
  targetTerms,
} from "./settings.ts";
import { type FinishedTransition, runTransition, type TransitionInput } from "./transition.ts";

/** An octave in the words of the workflow language; its size is the full size times scale^octave. */
export interface OctaveRequest {
  /** -1 is one step of `scale` smaller than full size. */
  readonly octave: number;
  /** Number of updates. */
  readonly iterations: number;
  /** How far one update goes, in units of the gradient's standard deviation when it is normalized. */
  readonly learning_rate: number;
  /** 1.5 when left out. */
  readonly scale?: number;
  /** Weight of total variation; 0 when left out. */
  readonly total_variation?: number;
  /** What the weights of the temporal terms are multiplied with; 1 when left out. */
  readonly temporal?: number;
}

/** What a frame is to be made from. */
export interface SynthesizeTransitionRequest {
  /** The generated frame before; its size is the full size. Without it (spatial terms alone) `start` says the size. */
  readonly previous?: Frame;
  /** The generated frames before `previous`, oldest first and of its size: for models that see more than two. */
  readonly earlier?: readonly Frame[];
  /** Where the moving frame starts; resized to the first octave's size when it has another. */
  readonly start: Frame;
  /** What each term matches; terms without a target take no part. */
  readonly targets: TermTargets;
  /** In the order in which they run, usually from the smallest to full size. */
  readonly octaves: readonly OctaveRequest[];
  /** vgg19 and msoe when left out. */
  readonly streams?: Partial<Streams>;
  /** "initial" when left out. */
  readonly balance?: Balance;
  /** "original" when left out. */
  readonly resample?: Resample;
  /** "reference" when left out. */
  readonly normalization?: Normalization;
  /** "descent" with a gradient normalized over all values when left out. */
  readonly optimizer?: "descent" | "adam" | "lbfgs" | OptimizerSettings;
  /** When octaves end early; they do all of their iterations when it is left out. */
  readonly stop?: Omit<StopSettings, "minimum"> & { readonly minimum?: number };
  /** "gray" makes red, green and blue equal, and sees all frames that are given as gray; "rgb" when left out. */
  readonly color?: FrameColor;
  /** Whose colors the finished frame takes, `pdf_regrain` when no variant is named; "none" when left out. */
  readonly colorTransfer?: "none" | {
    readonly target: Frame;
    readonly variant?: ColorTransferVariant;
  };
  /** Is told of octaves, iterations and warnings. */
  readonly observer?: Omit<TransitionObserver, "stopRequested">;
}

const defaultOptimizers: { readonly [N in OptimizerSettings["name"]]: OptimizerSettings } = {
  descent: { name: "descent", normalize_gradient: true },
  adam: { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  lbfgs: { name: "lbfgs", history: 10 },
};

/** Makes the frame with an engine and models that are open. Throws a RunError when frames do not fit each other. */
export async function synthesizeTransitionWith(
  { engine, models }: { readonly engine: Engine; readonly models: ModelSource },
  request: SynthesizeTransitionRequest,
): Promise<FinishedTransition> {
  const { previous, start, streams = {}, normalization = "reference", observer = {} } = request;
  checkedFrame("start", start);
  const size = previous === undefined ? start : checkedFrame("previous", previous);
  const targets = targetFrames(request.targets);
  requireContentSize(targets, previous === undefined ? "start" : "previous", size);
  const octaves = request.octaves.map((step) => ({ scale: 1.5, total_variation: 0, ...step }));
  octaves.forEach((step) => requireLargeEnough(size, step));
  const recipe = await recipeOf(request.targets, streams, normalization, models);
  const before = previous === undefined ? [] : [...request.earlier ?? [], previous];
  for (const frame of before) requireSameSize("earlier", checkedFrame("earlier", frame), "previous", size);
  requireFramesBefore(recipe, targets, before.length);

  await using programs = new SynthesisPrograms(engine, recipe);
  const input: TransitionInput = {
    frame: 0,
    size,
    previous,
    before,
    start,
    targets,
    weights: Object.fromEntries(targetTerms.map((term) => [term, request.targets[term]?.weight ?? 1])),
    octaves,
    balance: request.balance ?? "initial",
    resample: request.resample ?? "original",
    optimizer: optimizerSettings(request.optimizer),
    stop: request.stop && { minimum: 0, ...request.stop },
    colorTransfer: colorSettings(request.colorTransfer),
  };
  const outcome = await runTransition(
    programs,
    request.color === "gray" ? grayInput(input) : input,
    observer,
  );
  if ("stopped" in outcome) throw new Error("a transition stopped without being asked to");
  return outcome.finished;
}

/** The same without colors. */
function grayInput(input: TransitionInput): TransitionInput {
  const { previous, before = [], start, targets, colorTransfer } = input;
  const gray = (frame: Frame | undefined) => frame && grayFrame(frame);
  return {
    ...input,
    color: "gray",
    previous: gray(previous),
    before: before.map((frame) => grayFrame(frame)),
    start: grayFrame(start),
    targets: Object.fromEntries(targetTerms.flatMap((term) => {
      const found = targets[term];
      if (found === undefined) return [];
      return [[
        term,
        found.map(({ share, current, before }) => ({
          share,
          current: grayFrame(current),
          before: before?.map((frame) => grayFrame(frame)),
        })),
      ]];
    })),
    colorTransfer: colorTransfer && { ...colorTransfer, target: grayFrame(colorTransfer.target) },
  };
}

function requireLargeEnough(size: Size, step: OctaveStep): void {
  const { height, width } = octaveSize(size, step);
  if (Math.min(height, width) >= smallestOctaveSide) return;
  throw new RunError(
    `octave ${step.octave} is ${height} x ${width}; both sides need at least ${smallestOctaveSide} pixels`,
  );
}

function optimizerSettings(
  optimizer: SynthesizeTransitionRequest["optimizer"] = "descent",
): OptimizerSettings {
  return typeof optimizer === "string" ? defaultOptimizers[optimizer] : optimizer;
}

function colorSettings(colorTransfer: SynthesizeTransitionRequest["colorTransfer"] = "none") {
  if (colorTransfer === "none" || colorTransfer.variant === "none") return undefined;
  const { target, variant = "pdf_regrain" } = colorTransfer;
  return { target: checkedFrame("colorTransfer.target", target), variant };
}
