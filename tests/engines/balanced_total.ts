/**
 * The texture terms and total variation of a pair of frames, and the gradient of their balanced sum: one evaluation that goes through
 * all of VGG-19 and MSOE and back.
 * @module
 */
import type { Engine } from "../../lib/engines/engine.ts";
import { openEngine } from "../../lib/engines/open.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { createModelLibrary } from "../../lib/models/model_library.ts";
import type { TermValues } from "../../lib/synthesis/balance.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import { recipeOf, targetFrames, type TermTargets } from "../../lib/synthesis/requests.ts";
import { evaluateTargets } from "../../lib/synthesis/targets.ts";
import { type GoldenFile, openGolden, relativeError, weights } from "../synthesis/golden/golden_setting.ts";
import { assertAsStated } from "./stated_limits.ts";

/** The terms, as the table of differences calls them. */
export const texture = {
  spatial_texture: "loss of spatial texture",
  temporal_texture: "loss of temporal texture",
  total_variation: "loss of total variation",
} as const;

/** What is compared. */
export interface BalancedTotal {
  readonly losses: TermValues;
  readonly gradient: Frame;
}

/** The frames of two_stream.npz, each as `seen` makes it. */
export function texturePair(
  { frame }: GoldenFile,
  seen: (frame: Frame) => Frame = (frame) => frame,
  layers?: Readonly<Record<string, number>>,
) {
  const target = { previous: seen(frame("target_prev")), current: seen(frame("target_cur")) };
  return {
    targets: { spatial_texture: { ...target, ...(layers && { layers }) }, temporal_texture: target },
    before: seen(frame("gen_prev")),
    frame: seen(frame("gen_cur")),
  };
}

/** Asserts that an engine's are the authors' code's, as two_stream.npz has them, within the limits of docs/engines.md. */
export async function assertGoldenTotal(row: string, engine: Engine): Promise<void> {
  await using processor = await openEngine({ exact: true });
  const golden = await openGolden("two_stream.npz");
  const right = {
    spatial_texture: golden.number("loss_ss"),
    temporal_texture: golden.number("loss_ts"),
    total_variation: golden.number("loss_tv"),
  };
  const { losses, gradient } = await balancedTotal(engine, processor, texturePair(golden), {
    spatial_texture: 1e4 / right.spatial_texture,
    temporal_texture: 1e4 / right.temporal_texture,
    total_variation: 1e3 / right.total_variation,
  });
  const errorOf = (term: keyof typeof right) => Math.abs((losses[term] ?? NaN) / right[term] - 1);
  await assertAsStated(row, {
    [texture.spatial_texture]: errorOf("spatial_texture"),
    [texture.temporal_texture]: errorOf("temporal_texture"),
    [texture.total_variation]: errorOf("total_variation"),
    "gradient of the balanced total": relativeError(gradient, golden.frame("grad_equalized_total")),
  });
}

/** @param processor computes what the targets come to: it is the objective on the other engine that is to be seen */
export async function balancedTotal(
  engine: Engine,
  processor: Engine,
  { targets, before, frame }: ReturnType<typeof texturePair>,
  coefficients: TermValues,
): Promise<BalancedTotal> {
  await using known = await programsFor(targets, processor);
  const { inputs } = await evaluateTargets(known, targetFrames(targets));
  await using programs = await programsFor(targets, engine);
  const bound = { ...inputs.spatial_texture, ...inputs.temporal_texture };
  const objective = await programs.objective(
    frame,
    ["spatial_texture", "temporal_texture"],
    [before],
    bound,
  );
  const { losses, gradient } = await objective.evaluate(frame, coefficients);
  return { losses, gradient: { ...frame, data: gradient } };
}

async function programsFor(targets: TermTargets, engine: Engine): Promise<SynthesisPrograms> {
  const models = createModelLibrary({ weightsFolder: weights ?? "", offline: true });
  return new SynthesisPrograms(engine, await recipeOf(targets, {}, "reference", models));
}
