/**
 * How the losses of a synthesized video fell, octave by octave, from what its log tells of the iterations.
 * @module
 */
import type { RunEvent } from "../../store/events.ts";

/** A loss at an iteration: of frame 0, or of all later frames together. */
export interface LossPoint {
  /** "octave -1, 85 x 128 pixels"; with ", visit 2" where the schedule comes to it several times. */
  readonly octave: string;
  readonly term: string;
  readonly frames: "frame 0" | "later frames";
  readonly iteration: number;
  /** Of the later frames the median, and the least and the largest. */
  readonly loss: number;
  readonly least: number;
  readonly largest: number;
}

/** A loss of one frame. */
interface ToldLoss {
  readonly octave: number;
  readonly visit: number;
  readonly term: string;
  readonly frame: number;
  readonly iteration: number;
  readonly loss: number;
}

/** What is told of iterations; padding frames left out. Empty for what is not made in octaves. */
export function lossPoints(events: readonly RunEvent[]): readonly LossPoint[] {
  const sizes = new Map<number, string>();
  const told = new Map<string, ToldLoss>();
  for (const event of events) {
    if (event.type === "octave.started") sizes.set(event.octave, `${event.height} x ${event.width} pixels`);
    if (event.type !== "iteration" || event.frame < 0) continue;
    const { frame, octave, visit = 1, iteration, losses } = event;
    for (const [term, loss] of Object.entries(losses)) {
      // A frame that was made again is told again: the last time counts.
      told.set(`${frame} ${octave} ${visit} ${iteration} ${term}`, {
        octave,
        visit,
        term,
        frame,
        iteration,
        loss,
      });
    }
  }
  // The axis is logarithmic.
  const points = [...told.values()].filter(({ loss }) => Number.isFinite(loss) && loss > 0);
  const visitedAgain = new Set(points.flatMap(({ octave, visit }) => visit > 1 ? [octave] : []));
  const together = Map.groupBy(
    points,
    ({ octave, visit, term, frame, iteration }) =>
      JSON.stringify([octave, visit, term, frame === 0, iteration]),
  );
  return Array.from(together.values(), (same): LossPoint => {
    const [{ octave = 0, visit = 1, term = "", frame = 0, iteration = 0 } = {}] = same;
    const losses = same.map(({ loss }) => loss).toSorted((a, b) => a - b);
    const size = sizes.get(octave);
    return {
      octave: `octave ${octave}${size === undefined ? "" : `, ${size}`}${
        visitedAgain.has(octave) ? `, visit ${visit}` : ""
      }`,
      term: term.replaceAll("_", " "),
      frames: frame === 0 ? "frame 0" : "later frames",
      iteration,
      loss: median(losses),
      least: losses[0] ?? 0,
      largest: losses.at(-1) ?? 0,
    };
  });
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
