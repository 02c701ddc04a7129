/**
 * How much a synthesis has to compute.
 * @module
 */
import type { Facts, Work } from "../../plan/stage_kind.ts";
import { octaveSize, wholeIterations } from "../../synthesis/octaves.ts";
import { firstOptimizedTime, firstTime } from "../../synthesis/padding.ts";
import { layerWeights } from "../../synthesis/recipe.ts";
import { type OctaveSettings, type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { modelFacts, stageFrames, stageSize } from "./extent.ts";
import { type StreamName, usedStreams } from "./roles.ts";

/** Measuring an octave's start and its end evaluates the whole objective. */
const ends = 2;

/** Of a target only the statistics are computed, without a gradient. */
const statistics = 0.35;

/** The iterations of each octave over all frames, padding included; then what is done once for a frame, and once at all. */
export function synthesisWork(settings: SynthesisSettings, facts: Facts): Work[] {
  const size = stageSize(settings, facts);
  const frames = stageFrames(settings, facts) ?? 0;
  const { padding, octaves } = settings;
  const streams = usedStreams(settings);
  const firstStored = firstTime(padding);
  const first = firstOptimizedTime(padding);
  // Without padding nothing comes before frame 0, and it is made by the spatial terms alone.
  const isAlone = padding.frames === 0 && streams.includes("temporal");
  const aloneUntil = isAlone ? Math.min(1, frames) : first;
  const spans = [
    { from: first, to: aloneUntil, streams: streams.filter((stream) => stream === "spatial") },
    { from: aloneUntil, to: frames, streams },
  ].filter(({ from, to }) => to > from);

  const batches = octaves.flatMap((step) =>
    spans.map(({ from, to, streams }): Work => {
      const iterations = iterationsBetween(step, from, to);
      return {
        ...octaveSize(size, step),
        iterations: iterations.reduce((sum, count) => sum + count, 0),
        parts: [...streams.map((stream) => deepestPart(settings, facts, stream)), ...updateParts(settings)],
        frames: {
          first: from,
          iterations,
          octave: step.octave,
          ...(settings.stop !== undefined && { mayEndEarly: true as const }),
          beside: ends + statistics * targetCount(settings) / Math.max(1, streams.length),
        },
      };
    })
  );
  return [...batches, perFrame(settings, size, firstStored, frames), ...once(settings, size)];
}

function iterationsBetween({ iterations }: OctaveSettings, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => wholeIterations(iterations, from + index));
}

/** L-BFGS goes through all the steps that it remembers. */
function updateParts({ optimizer }: SynthesisSettings): readonly string[] {
  return optimizer.name === "lbfgs" ? ["update", "lbfgs"] : ["update"];
}

/** A model costs as much as its deepest layer that some term compares; imported ones have rough rates of their own. */
function deepestPart(settings: SynthesisSettings, facts: Facts, stream: StreamName): string {
  const model = modelFacts(facts, stream);
  const used = targetTerms.filter((term) => terms[term].stream === stream).flatMap((term) => {
    const target = settings.targets[term];
    return target === undefined ? [] : Object.keys(layerWeights(term, target.layers, model));
  });
  const part = `${model.name}/${model.layers.findLast((layer) => used.includes(layer))}`;
  return model.size === undefined ? part : `imported/${part}`;
}

function targetCount({ targets }: SynthesisSettings): number {
  return targetTerms.reduce((sum, term) => sum + (targets[term]?.targets.length ?? 0), 0);
}

function perFrame(
  { color_transfer }: SynthesisSettings,
  size: { readonly height: number; readonly width: number },
  first: number,
  frames: number,
): Work {
  const count = Math.max(0, frames - first);
  return {
    ...size,
    iterations: count,
    parts: [...(color_transfer === "none" ? [] : [color_transfer.variant]), "write"],
    frames: { first, iterations: Array<number>(count).fill(1) },
  };
}

function once(
  settings: SynthesisSettings,
  size: { readonly height: number; readonly width: number },
): Work[] {
  const models = usedStreams(settings).map((stream) => settings.streams[stream]);
  const compiled = models.map((model) => `compile/${model}`);
  return [
    { ...size, iterations: 1, parts: ["start", ...models.map((model) => `open/${model}`)] },
    ...settings.octaves.map((step) => ({ ...octaveSize(size, step), iterations: 1, parts: compiled })),
  ];
}
