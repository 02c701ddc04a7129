/**
 * A render that costs what real ones cost, on a clock of its own: for tests of predictions.
 */
import { synthesisKind } from "../../lib/stages/synthesis/kind.ts";
import { synthesisSchema } from "../../lib/stages/synthesis/schema.ts";
import type { Facts, Work } from "../../lib/plan/stage_kind.ts";
import { rateOf } from "../../lib/plan/rates.ts";
import type { EventBody } from "../../lib/store/events.ts";
import { catalog } from "../../lib/models/catalog.ts";

/** How a machine differs from the one whose rates the program knows. */
export interface SimulatedMachine {
  /** Factor of what depends on pixels. */
  readonly perPixel: number;
  /** Factor of what does not. */
  readonly fixed: number;
  /** Seconds that the first iteration at each size takes longer. */
  readonly hiccup: number;
  /** Relative standard deviation of a report's time. */
  readonly noise: number;
  readonly seed: number;
}

/** After how many iterations a rule ends an octave of a frame. */
export type EarlyEnd = (time: number, octave: number) => number;

/** An event and when it came, in seconds from the start. */
export interface Timed {
  readonly event: EventBody;
  readonly at: number;
}

const losses = { spatial_texture: 1 };

/** The work of a synthesis of a clip of this size, with these settings. */
export function workOf(
  settings: object,
  size: { readonly height: number; readonly width: number },
): readonly Work[] {
  const targets = { spatial_texture: "clip", temporal_texture: "clip" };
  const parsed = synthesisSchema.parse({ targets, ...settings });
  const video = { ...size, frames: parsed.frames ?? 12, fps: "25/1" };
  const facts: Facts = {
    videos: Object.fromEntries(
      synthesisKind.references(parsed).filter(({ wants }) => wants === "video")
        .map(({ path }) => [path.join("."), video]),
    ),
    models: Object.fromEntries(
      synthesisKind.references(parsed).filter(({ wants }) => wants === "model").flatMap(({ path, name }) => {
        const declaration = catalog.get(name)?.declaration;
        return declaration === undefined ? [] : [[path.join("."), declaration]];
      }),
    ),
  };
  return synthesisKind.work(parsed, facts);
}

/** Where an earlier session was stopped. */
export interface Stop {
  readonly time: number;
  readonly octave: number;
  readonly iteration: number;
}

/** The events of the instance, from its start or from a stop on. */
export function simulateRender(
  work: readonly Work[],
  machine: SimulatedMachine,
  from?: Stop,
  endOf: EarlyEnd = () => Infinity,
): readonly Timed[] {
  const random = uniform(machine.seed);
  const octaves = work.flatMap((batch) =>
    batch.frames?.octave === undefined ? [] : [{ batch, frames: batch.frames }]
  );
  const end = work.find(({ frames }) => frames !== undefined && frames.octave === undefined);
  const events: Timed[] = [];
  const ready = new Set<Work>();
  let at = 1 + 2 * random();

  const cost = ({ parts, height, width }: Work) =>
    parts.map((part) => rateOf(part, {})).reduce(
      (sum, { fixed, perMegapixel }) =>
        sum + machine.fixed * fixed + machine.perPixel * perMegapixel * height * width / 1e6,
      0,
    );
  const noisy = (seconds: number) =>
    seconds * Math.max(0.2, 1 + machine.noise * (random() + random() + random() - 1.5) * 2);
  const emit = (event: EventBody) => events.push({ event, at });

  const first = Math.min(...octaves.map(({ frames }) => frames.first));
  const last = Math.max(...octaves.map(({ frames }) => frames.first + frames.iterations.length)) - 1;
  let isResumed = from === undefined;
  for (let time = from?.time ?? first; time <= last; time++) {
    for (const { batch, frames } of octaves) {
      const { octave = 0 } = frames;
      const iterations = frames.iterations[time - frames.first];
      if (iterations === undefined) continue;
      if (!isResumed && from !== undefined && time === from.time && octave < from.octave) continue;
      const each = cost(batch);
      const begin = !isResumed && octave === from?.octave ? from.iteration : 0;
      isResumed = true;
      at += noisy((frames.beside ?? 0) * each) + (ready.has(batch) ? 0 : 0.5);
      if (begin === 0) {
        const { height, width } = batch;
        emit({
          type: "octave.started",
          frame: time,
          octave,
          height,
          width,
          start_losses: losses,
          multipliers: losses,
        });
      }
      const done = Math.min(iterations, endOf(time, octave));
      for (let iteration = begin + 1; iteration <= done; iteration++) {
        at += noisy(each) + (ready.has(batch) ? 0 : machine.hiccup);
        ready.add(batch);
        if (iteration % 10 !== 0 && iteration !== iterations) continue;
        emit({ type: "iteration", frame: time, octave, iteration, iterations, losses, seconds: each });
      }
      // The frame that an octave ends with is evaluated, too: `beside` has that at its beginning.
      const ended = done < iterations ? "plateau" : "iterations";
      emit({ type: "octave.finished", frame: time, octave, iterations: done, of: iterations, ended });
    }
    if (end !== undefined) at += noisy(cost(end));
    emit({ type: "frame.finished", frame: time, of: last + 1, seconds: 1 });
  }
  return events;
}

/** A small generator (mulberry32): tests must give the same numbers everywhere. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
