/**
 * Measuring the frames of each comparison, one after the other.
 * @module
 */
import { loadFourier } from "../../frames/fourier.ts";
import type { ModelSource } from "../../models/stream_model.ts";
import type { Facts, StageContext } from "../../plan/stage_kind.ts";
import { SynthesisPrograms } from "../../synthesis/programs.ts";
import type { TermRecipe } from "../../synthesis/recipe.ts";
import { openStream } from "../../synthesis/requests.ts";
import { comparedStatistics } from "../../synthesis/targets.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { measureFrames, type OpenPart } from "../measure_frames.ts";
import { delivered, readerOf, remembering } from "../read_frames.ts";
import { type Comparison, comparisonsOf, nameAt, nullClipsOf, targetNames } from "./comparisons.ts";
import { judgedClip, type LuminousClip, measureLuminance } from "./measure_luminance.ts";
import { type MeasuredTerm, measureTerm, type Measuring } from "./measure_terms.ts";
import { type Row, rowSchema, tableText } from "./rows.ts";
import type { MatchSettings } from "./schema.ts";
import { createScramblers } from "./scramblers.ts";
import { summaryOf } from "./summary.ts";
import { type TargetReader, targetReader } from "./target_frames.ts";

/**
 * Writes the table and its summary. Returns early when a stop is requested, and then leaves what was measured.
 * Throws a RunError when a statistic is not a finite number.
 */
export async function runMatch(settings: MatchSettings, context: StageContext): Promise<void> {
  const { facts, store } = context;
  const parts = comparisonsOf(settings, facts).map((comparison) => ({
    frames: comparison.count,
    open: () => openComparison(settings, comparison, context),
  }));
  const rows = await measureFrames(parts, rowSchema, context);
  if (rows === undefined) return;
  await store.writeTable("table.csv", tableText(rows));
  await store.writeTable(
    "summary.json",
    `${JSON.stringify(summaryOf(rows, settings, facts), undefined, 2)}\n`,
  );
}

/** Opens models and inputs; the graphs are compiled at the first frame and kept until disposed. */
async function openComparison(
  { shifted, scrambled, seed }: MatchSettings,
  { name, frames: role, count, goal }: Comparison,
  { facts, inputs, models, engine }: StageContext,
): Promise<OpenPart<Row>> {
  const recipes = await Promise.all(goal.terms.map((term) => recipeOf(term, facts, models)));
  const programs = new SynthesisPrograms(await engine(), {
    terms: recipes,
    normalization: goal.normalization,
  });
  const transfer = facts.videos[role]?.transfer ?? "srgb";
  const frames = delivered(readerOf(inputs, role), transfer);
  const targets = targetReader(inputs);
  const clips = nullClipsOf(facts).map(({ role, name, video }) => (
    { name, count: video.frames, read: delivered(readerOf(inputs, role), video.transfer ?? "srgb") }
  ));
  const measured = goal.terms.map((term, index): MeasuredTerm => {
    const recipe = recipes[index];
    if (recipe === undefined) throw new Error(`no recipe of ${term.term}`);
    const own = targetNames(facts, term);
    return {
      goal: term,
      recipe,
      wanted: remembering(async (time) =>
        await comparedStatistics(
          programs,
          recipe,
          await targets.framesAt(term, recipe.model.declaration, time),
        )
      ),
      nulls: clips.filter(({ name }) => !own.includes(name)),
    };
  });
  const scramblers = scrambled === 0 ? [] : createScramblers(await loadFourier(), scrambled, seed, transfer);
  const measuring: Measuring = { name, count, programs, frames, targets, scramblers, shifted };
  const luminous = [judgedClip(frames), ...targetClips(goal, facts, targets)];
  return {
    async rowsAt(time) {
      const rows: Row[] = [];
      for (const term of measured) rows.push(...await measureTerm(measuring, term, time));
      rows.push(...await measureLuminance(name, luminous, time, count));
      return rows;
    },
    [Symbol.asyncDispose]: () => programs[Symbol.asyncDispose](),
  };
}

/** A term as models compute it. */
async function recipeOf(
  { term, model: role, layers, targets }: Comparison["goal"]["terms"][number],
  facts: Facts,
  models: ModelSource,
): Promise<TermRecipe> {
  const name = facts.models[role]?.name;
  if (name === undefined) throw new Error(`nothing is known of the model at ${role}`);
  return { term, model: await openStream(models, terms[term].stream, name), layers, targets: targets.length };
}

/** Each video that some term matches. */
function targetClips(goal: Comparison["goal"], facts: Facts, targets: TargetReader): readonly LuminousClip[] {
  const clips = new Map<string, LuminousClip>();
  for (const target of goal.terms.flatMap(({ targets }) => targets)) {
    const of = nameAt(facts, target.role);
    if (!clips.has(of)) clips.set(of, { of, read: (time) => targets.frameAt(target, time) });
  }
  return [...clips.values()];
}
