/**
 * When an instance will be finished, from the speed of this session.
 * @module
 */
import type { Work } from "../plan/stage_kind.ts";
import type { EventBody } from "../store/events.ts";

/** What is to be done, and how much of it was done before this session. */
export interface EtaOptions {
  readonly work: readonly Work[];
  readonly frames: number;
  readonly finishedFrames: number;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/** Takes the stage's events as they come; returns the seconds that are left, or undefined while that cannot be said. */
export type Eta = (event: EventBody) => number | undefined;

/**
 * Iterations count by their pixels, so that an octave at a quarter of the size counts a sixteenth; where there are no iterations, frames count.
 */
export function estimateTimeLeft({ work, frames, finishedFrames, now }: EtaOptions): Eta {
  const left = frames === 0 ? 1 : 1 - finishedFrames / frames;
  let pixelIterations = left *
    work.reduce((sum, { height, width, iterations }) => sum + height * width * iterations, 0);
  const started = { at: now(), measured: false };
  let done = 0;
  let pixels = 0;
  let iteration = 0;
  let framesDone = 0;

  return (event) => {
    switch (event.type) {
      case "octave.started":
        if (!started.measured) {
          started.at = now(); // loading weights and compiling are not part of the speed
          started.measured = true;
        }
        pixels = event.height * event.width;
        iteration = 0;
        return undefined;
      case "iteration":
        if (pixels === 0) return goOnWithin(event.octave, event.iteration);
        done += pixels * (event.iteration - iteration);
        iteration = event.iteration;
        return secondsLeft(done, pixelIterations);
      case "frame.finished":
        if (event.frame >= 0) framesDone++;
        return done > 0
          ? secondsLeft(done, pixelIterations)
          : secondsLeft(framesDone, frames - finishedFrames);
      default:
        return undefined;
    }
  };

  /** An octave whose beginning was not told goes on from an earlier session: its iterations are neither made now nor left. */
  function goOnWithin(octave: number, before: number): undefined {
    pixels = Math.max(0, ...work.map(({ height, width }) => height * width)) * 4 ** octave;
    pixelIterations -= pixels * before;
    iteration = before;
    started.at = now();
    started.measured = true;
  }

  function secondsLeft(units: number, total: number): number | undefined {
    if (units === 0) return undefined;
    return (now() - started.at) / 1000 / units * Math.max(0, total - units);
  }
}
