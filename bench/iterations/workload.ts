/**
 * What is timed: an iteration of a synthesis that matches textures in one stream or both, with total variation.
 * @module
 */
import type { Engine } from "../../lib/engines/engine.ts";
import type { Frame, Size } from "../../lib/frames/frame.ts";
import type { Graph } from "../../lib/graph/graph.ts";
import { balanceTerms } from "../../lib/synthesis/balance.ts";
import { iterationGraph } from "../../lib/synthesis/objective.ts";
import { descent } from "../../lib/synthesis/optimizers/descent.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import type { ObjectiveRecipe } from "../../lib/synthesis/recipe.ts";
import { recipeOf, targetFrames, type TermTargets } from "../../lib/synthesis/requests.ts";
import { evaluateTargets } from "../../lib/synthesis/targets.ts";
import { models } from "../models.ts";
import { leaves, noise } from "../textures.ts";

/** Which textures are matched: one stream's, or (`both`) those of a whole iteration, the update included. */
export const streams = ["spatial", "temporal", "both"] as const;

/** One of them. */
export type Stream = (typeof streams)[number];

const optimizer = descent({ name: "descent", normalize_gradient: true });

/** The graph that an iteration runs, for counting and profiling. */
export async function workloadGraph(stream: Stream, size: Size): Promise<Graph> {
  return iterationGraph(await recipe(targetsOf(stream, size)), size);
}

/** An iteration that is ready to run. */
export interface Workload extends AsyncDisposable {
  /** What it took to make the engine ready for the objective. */
  readonly compileSeconds: number;
  run(): Promise<void>;
}

/** Compiles and evaluates once, as an octave does at its start. */
export async function prepareWorkload(engine: Engine, stream: Stream, size: Size): Promise<Workload> {
  const targets = targetsOf(stream, size);
  const found = await recipe(targets);
  const programs = new SynthesisPrograms(engine, found);
  const { inputs } = await evaluateTargets(programs, targetFrames(targets));
  const terms = found.terms.map(({ term }) => term);

  const began = performance.now();
  const values = Object.assign({}, ...Object.values(inputs));
  const objective = await programs.objective(size, terms, [noise(0, size)], values);
  const compileSeconds = (performance.now() - began) / 1000;

  let frame = noise(1, size);
  const { multipliers } = balanceTerms("initial", (await objective.evaluate(frame, {})).losses);
  return {
    compileSeconds,
    async run() {
      const { gradient } = await objective.evaluate(frame, multipliers);
      if (stream === "both") frame = updated(frame, gradient);
    },
    [Symbol.asyncDispose]: () => programs[Symbol.asyncDispose](),
  };
}

function updated(frame: Frame, gradient: Float32Array): Frame {
  return optimizer.update({ frame, gradient, learningRate: 0.003, loss: 0, iteration: 1, state: {} }).frame;
}

function recipe(targets: TermTargets): Promise<ObjectiveRecipe> {
  return recipeOf(targets, {}, "reference", models);
}

function targetsOf(stream: Stream, size: Size): TermTargets {
  const pair = leaves(1, size);
  return {
    ...(stream !== "temporal" && { spatial_texture: pair }),
    ...(stream !== "spatial" && { temporal_texture: pair }),
  };
}
