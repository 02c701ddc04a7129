/**
 * The loss terms of a pair of frames, each with its own gradient.
 * @module
 */
import type { Engine } from "../engines/engine.ts";
import type { Frame } from "../frames/frame.ts";
import type { ModelSource } from "../models/stream_model.ts";
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
import { type Normalization, type TargetTerm, targetTerms, type TermName } from "./settings.ts";
import { evaluateTargets } from "./targets.ts";

/** What is to be evaluated. */
export interface EvaluateTermsRequest {
  /** The generated frame before; only temporal terms look at it. */
  readonly previous?: Frame;
  /** The generated frames before `previous`, oldest first: for models that see more than two. */
  readonly earlier?: readonly Frame[];
  /** The generated frame: gradients are with respect to it. */
  readonly current: Frame;
  /** What each term matches; terms without a target are left out. */
  readonly targets: TermTargets;
  /** vgg19 and msoe when left out. */
  readonly streams?: Partial<Streams>;
  /** "reference" when left out. */
  readonly normalization?: Normalization;
}

/** A term's value and gradient, without weight and multiplier. */
export interface EvaluatedTerm {
  /** Raw. */
  readonly loss: number;
  /** With respect to `current`: height x width x 3, any sign. */
  readonly gradient: Frame;
  /** The raw distance of each layer; empty for total variation. */
  readonly layers: Readonly<Record<string, number>>;
}

/** The terms that have a target, and total variation. */
export type EvaluatedTerms = Readonly<Partial<Record<TargetTerm, EvaluatedTerm>>> & {
  readonly total_variation: EvaluatedTerm;
};

/** Evaluates the terms with an engine and models that are open. Throws a RunError when frames do not fit each other. */
export async function evaluateTermsWith(
  { engine, models }: { readonly engine: Engine; readonly models: ModelSource },
  { previous, earlier = [], current, targets, streams = {}, normalization = "reference" }:
    EvaluateTermsRequest,
): Promise<EvaluatedTerms> {
  const frames = targetFrames(targets);
  checkedFrame("current", current);
  requireContentSize(frames, "current", current);
  const before = previous === undefined ? [] : [...earlier, previous];
  for (const frame of before) {
    requireSameSize("previous", checkedFrame("previous", frame), "current", current);
  }
  const recipe = await recipeOf(targets, streams, normalization, models);
  requireFramesBefore(recipe, frames, before.length);

  await using programs = new SynthesisPrograms(engine, recipe);
  const { inputs } = await evaluateTargets(programs, frames);
  const present = targetTerms.filter((term) => frames[term] !== undefined);
  const bound = Object.assign({}, ...present.map((term) => inputs[term]));
  const objective = await programs.objective(current, present, before, bound);
  const { losses, layers } = await objective.evaluate(current, {});

  const evaluated = async (term: TermName): Promise<EvaluatedTerm> => {
    const loss = losses[term] ?? NaN;
    // The gradient of a small loss is computed large and divided in float64, as an octave computes it.
    const coefficient = Number.isFinite(1 / loss) && loss > 0 ? 1 / loss : 1;
    const { gradient } = await objective.evaluate(current, { [term]: coefficient });
    return {
      loss,
      gradient: { ...current, data: gradient.map((value) => value / coefficient) },
      layers: (term === "total_variation" ? undefined : layers[term]) ?? {},
    };
  };
  const found: Partial<Record<TargetTerm, EvaluatedTerm>> = {};
  for (const term of present) found[term] = await evaluated(term);
  return { ...found, total_variation: await evaluated("total_variation") };
}
