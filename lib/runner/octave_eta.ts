/**
 * When an instance will be finished whose frames go through octaves: each octave has a cost of its own for an iteration and for
 * beginning it, and each frame one for its end. What was seen in this session is measured; what was not follows from the
 * plan's estimate and from how wrong that was. Octaves that rules end early count with the share of their iterations that
 * earlier frames took.
 * @module
 */
import type { Measurement } from "../plan/estimate.ts";
import type { Work, WorkedFrames } from "../plan/stage_kind.ts";
import type { EventBody } from "../store/events.ts";
import type { Eta } from "./eta.ts";
import { type Known, secondsLike } from "./extrapolation.ts";
import { createPace, type Pace } from "./pace.ts";

/** So few iterations say little about a machine. */
const fewest = 20;

interface Octave {
  readonly work: Work;
  readonly frames: WorkedFrames;
  /** Iterations of all frames from the nth on. */
  readonly sums: readonly number[];
  /** How many of the frames from the nth on have iterations: the others pass it over. */
  readonly visits: readonly number[];
  /** Seconds for an iteration, by the plan. */
  readonly planned: number;
  readonly iteration: Pace;
  /** From the last event before it to its start. */
  readonly beginning: Pace;
  /** Iterations done for one of the schedule. */
  readonly share: Pace;
}

/** Where the work is: in an octave of a frame, after some iterations. */
interface Place {
  readonly time: number;
  readonly octave: Octave;
  readonly iteration: number;
}

/**
 * @param planned seconds for one evaluation of a batch
 * @param clock in seconds; only differences count
 */
export function createOctaveEta(
  work: readonly Work[],
  planned: (batch: Work) => number,
  clock: () => number,
): Eta {
  const octaves = work.flatMap((batch) => octaveOf(batch, planned));
  const ends = work.filter(({ frames }) => frames !== undefined && frames.octave === undefined);
  const plannedEnd = ends.reduce((sum, batch) => sum + planned(batch), 0);
  const ending = createPace();
  const lastTime = Math.max(...octaves.map(({ frames }) => endOf(frames))) - 1;
  let place: Place | undefined;
  let before: number | undefined;

  return { after, measured };

  function after(event: EventBody): number | undefined {
    switch (event.type) {
      case "octave.started":
        place = startOf(event.frame, event.octave);
        note((seconds) => place?.octave.beginning.add(seconds));
        return undefined;
      case "iteration": {
        const found = placeOf(event.frame, event.octave, event.iteration, event.iterations);
        // An octave whose beginning was not told goes on from an earlier session: its iterations were not made now.
        const goesOn = found?.octave === place?.octave && found?.time === place?.time;
        const count = goesOn ? event.iteration - (place?.iteration ?? 0) : 0;
        note((seconds) => {
          // The first run of a program makes it ready: then the iteration that was timed alone says more.
          const isFirst = found?.octave.iteration.each() === undefined;
          const usual = isFirst ? Math.min(seconds, event.seconds * count) : seconds;
          found?.octave.iteration.add(usual, count);
        });
        place = found;
        return place && octaves.some(({ iteration }) => iteration.each() !== undefined)
          ? leftWithin(place) + leftAfter(place.time)
          : undefined;
      }
      case "octave.finished": {
        const found = placeOf(event.frame, event.octave, event.iterations, event.of);
        if (found !== undefined) noteEnd(found, event.of);
        return undefined;
      }
      case "frame.finished":
        note((seconds) => place && ending.add(seconds));
        place = undefined;
        return leftAfter(event.frame);
      default:
        return undefined;
    }
  }

  /** An octave that ended early has made iterations that nothing told of yet, and one more evaluation. */
  function noteEnd(end: Place, iterations: number): void {
    const { octave, time, iteration } = end;
    octave.share.add(iteration, iterations);
    const untold = octave === place?.octave && time === place.time ? iteration - place.iteration : 0;
    if (untold <= 0) return;
    note((seconds) => octave.iteration.add(seconds * untold / (untold + 1), untold));
    place = end;
  }

  /** Hands over the time since the event before this one. */
  function note(take: (seconds: number) => void): void {
    const at = clock();
    if (before !== undefined) take(at - before);
    before = at;
  }

  /** Where an octave begins. A schedule may visit one several times in a row: then this is the visit after the last one. */
  function startOf(time: number, number: number): Place | undefined {
    const visits = visitsOf(time, number);
    const before = place?.time === time ? visits.indexOf(place.octave) : -1;
    const octave = visits[before + 1] ?? visits[0];
    return octave && { time, octave, iteration: 0 };
  }

  /** The visit of an octave that is under way, by its number of iterations; an earlier session may have begun it. */
  function placeOf(time: number, number: number, iteration: number, of: number): Place | undefined {
    const visits = visitsOf(time, number);
    const current = place?.time === time ? visits.find((visit) => visit === place?.octave) : undefined;
    const octave = current ?? visits.find((visit) => iterationsAt(visit, time) === of) ?? visits[0];
    return octave && { time, octave, iteration };
  }

  function visitsOf(time: number, number: number): readonly Octave[] {
    return octaves.filter((octave) => octave.frames.octave === number && has(octave.frames, time));
  }

  function leftWithin({ time, octave, iteration }: Place): number {
    const later = octaves.slice(octaves.indexOf(octave) + 1).filter((next) => iterationsAt(next, time) > 0);
    const expected = (one: Octave) => iterationsAt(one, time) * shareOf(one);
    return Math.max(0, expected(octave) - iteration) * iterationSeconds(octave) + endSeconds() +
      later.reduce(
        (sum, next) => sum + beginningSeconds(next) + expected(next) * iterationSeconds(next),
        0,
      );
  }

  function leftAfter(time: number): number {
    const octavesLeft = octaves.reduce((sum, octave) => {
      const index = Math.max(0, time + 1 - octave.frames.first);
      const iterations = (octave.sums[index] ?? 0) * shareOf(octave);
      return sum + iterations * iterationSeconds(octave) +
        (octave.visits[index] ?? 0) * beginningSeconds(octave);
    }, 0);
    return octavesLeft + Math.max(0, lastTime - time) * endSeconds();
  }

  function iterationSeconds(octave: Octave): number {
    return octave.iteration.each() ?? secondsLike(octave, known());
  }

  function known(): readonly Known[] {
    return octaves.flatMap(({ work, planned, iteration }) => {
      const seconds = iteration.each();
      return seconds === undefined ? [] : [{ work, planned, seconds }];
    });
  }

  /** The first beginning of an octave compiles its graph. */
  function beginningSeconds(octave: Octave): number {
    const measured = octave.beginning.count() > 0 ? octave.beginning.each() : undefined;
    return measured ?? (octave.frames.beside ?? 0) * iterationSeconds(octave);
  }

  function endSeconds(): number {
    const [one] = known();
    return ending.each() ?? plannedEnd * (one === undefined ? 1 : one.seconds / one.planned);
  }

  function measured(): readonly Measurement[] {
    const iterations = octaves.flatMap(({ work: { parts, height, width }, iteration }) => {
      const seconds = iteration.each();
      return seconds === undefined || iteration.count() < fewest ? [] : [{ parts, height, width, seconds }];
    });
    return [...iterations, ...measuredEnd()];
  }

  /** The end of a frame begins with measuring the last octave's. */
  function measuredEnd(): readonly Measurement[] {
    const [end, ...others] = ends;
    const last = octaves.at(-1)?.iteration.each();
    const seconds = (ending.each() ?? 0) - (last ?? 0);
    if (end === undefined || others.length > 0 || last === undefined || seconds <= 0) return [];
    return [{ parts: end.parts, height: end.height, width: end.width, seconds }];
  }
}

function octaveOf(work: Work, planned: (batch: Work) => number): Octave[] {
  const { frames } = work;
  if (frames?.octave === undefined) return [];
  return [{
    work,
    frames,
    sums: sumsFromEach(frames.iterations),
    visits: sumsFromEach(frames.iterations.map((count) => count > 0 ? 1 : 0)),
    planned: planned(work),
    iteration: createPace(),
    beginning: createPace(),
    share: createPace(),
  }];
}

/** The sum of the values from the nth on, for each n. */
function sumsFromEach(values: readonly number[]): number[] {
  let sum = 0;
  return [0, ...values.toReversed().map((value) => sum += value)].toReversed();
}

/** Until a frame has gone through the octave, all of its iterations count. */
function shareOf({ share }: Octave): number {
  return share.each() ?? 1;
}

function iterationsAt({ frames }: Octave, time: number): number {
  return frames.iterations[time - frames.first] ?? 0;
}

function has(frames: WorkedFrames, time: number): boolean {
  return time >= frames.first && time < endOf(frames);
}

function endOf({ first, iterations }: WorkedFrames): number {
  return first + iterations.length;
}
