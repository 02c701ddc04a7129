/**
 * The residuals of one frame: its own, those of what is no match, and that of the target's successor.
 * @module
 */
import { relativeResidual } from "../../analysis/relative_residual.ts";
import { RunError } from "../../errors.ts";
import type { Frame } from "../../frames/frame.ts";
import type { Goal } from "../../plan/stage_kind.ts";
import type { SynthesisPrograms } from "../../synthesis/programs.ts";
import type { TermRecipe } from "../../synthesis/recipe.ts";
import { type ComparedStatistics, comparedStatistics, type TargetFrames } from "../../synthesis/targets.ts";
import { timesBefore } from "../../synthesis/window.ts";
import { isTemporal } from "./comparisons.ts";
import type { ReadFrame } from "../read_frames.ts";
import type { TargetReader } from "./target_frames.ts";
import { judged, type Row } from "./rows.ts";
import { shiftedTimes } from "./shifted_times.ts";

/** A term, as the goal states it and as models compute it. */
export interface MeasuredTerm {
  readonly goal: Goal["terms"][number];
  readonly recipe: TermRecipe;
  /** What the frame at a time is compared with. */
  readonly wanted: (time: number) => Promise<readonly ComparedStatistics[]>;
  /** Clips that are no match for this term. */
  readonly nulls: readonly { readonly name: string; readonly count: number; readonly read: ReadFrame }[];
}

/** What all frames of a comparison have in common. */
export interface Measuring {
  readonly name: string;
  readonly count: number;
  readonly programs: SynthesisPrograms;
  readonly frames: ReadFrame;
  readonly targets: TargetReader;
  /** Makes the scrambled versions of a frame. */
  readonly scramblers: readonly ((frame: Frame) => Frame)[];
  readonly shifted: number;
}

type Measure = Pick<Row, "measure" | "of" | "draw">;

/** The rows of a term at a time; a temporal term has none at time 0, before which there is no frame. */
export async function measureTerm(measuring: Measuring, term: MeasuredTerm, time: number): Promise<Row[]> {
  const { name, count, programs, shifted, scramblers } = measuring;
  const { goal, recipe, wanted: wantedAt, nulls } = term;
  const first = isTemporal(goal.term) ? 1 : 0;
  if (time < first) return [];
  const window = recipe.model.declaration;
  const compare = (targets: readonly TargetFrames[]) => comparedStatistics(programs, recipe, targets);
  const wanted = await wantedAt(time);

  const rows: Row[] = [];
  const add = (measure: Measure, found: readonly ComparedStatistics[]) => {
    for (const layer of Object.keys(recipe.layers)) {
      const value = relativeResidual(ofLayer(found, layer), ofLayer(wanted, layer));
      if (!Number.isFinite(value)) {
        throw new RunError(`${name}: frame ${time}: ${goal.term} in ${layer} is not a finite number`);
      }
      rows.push({ instance: name, frame: time, term: goal.term, layer, ...measure, value });
    }
  };
  const addFrames = async (measure: Measure, read: ReadFrame) => {
    const before = await Promise.all(timesBefore(window, time, 0).map(read));
    add(measure, await compare([{ share: 1, current: await read(time), before }]));
  };

  await addFrames({ measure: "residual", of: judged }, measuring.frames);
  if (time + 1 < count) {
    add({ measure: "ceiling", of: "neighbors" }, await wantedAt(time + 1));
  }
  for (const { offset, time: other } of shiftedTimes(time, first, count, shifted)) {
    const found = await compare(await measuring.targets.framesAt(goal, window, other));
    add({ measure: "null", of: "shifted", draw: offset }, found);
  }
  const targets = await measuring.targets.framesAt(goal, window, time);
  for (const [draw, scramble] of scramblers.entries()) {
    const scrambled = targets.map(({ share, current, before }) => ({
      share,
      current: scramble(current),
      before: before?.map(scramble),
    }));
    add({ measure: "null", of: "scrambled", draw }, await compare(scrambled));
  }
  for (const clip of nulls) {
    if (time < clip.count) await addFrames({ measure: "null", of: clip.name }, clip.read);
  }
  return rows;
}

function ofLayer(compared: readonly ComparedStatistics[], layer: string) {
  return compared.map(({ share, statistic: layers }) => {
    const statistic = layers[layer];
    if (statistic === undefined) throw new Error(`no statistic of ${layer}`);
    return { share, statistic };
  });
}
