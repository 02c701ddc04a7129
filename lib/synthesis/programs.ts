/**
 * The compiled graphs of a synthesis: one objective per octave size, one for the targets' statistics per size and term.
 * @module
 */
import type { Engine, EngineIdentity, Program, TensorValues } from "../engines/engine.ts";
import type { Frame, Size } from "../frames/frame.ts";
import type { TermValues } from "./balance.ts";
import { KnownStatistics } from "./known_statistics.ts";
import { names, objectiveGraph, objectiveParts, previousNames, statisticsGraph } from "./objective.ts";
import { compileSplit } from "./prepared_program.ts";
import { framesBefore, type ObjectiveRecipe, type TermRecipe } from "./recipe.ts";
import { ResizedFrames } from "./resized_frames.ts";
import type { TargetTerm, TermName } from "./settings.ts";

/** The objective at one frame. */
export interface Evaluation {
  /** Raw loss of each term. */
  readonly losses: TermValues;
  /** Raw distance of each layer to the targets, by term. */
  readonly layers: Readonly<Partial<Record<TargetTerm, Readonly<Record<string, number>>>>>;
  /** Of the sum of coefficient x loss, with respect to the frame: height x width x 3. */
  readonly gradient: Float32Array;
}

/** An octave's objective with its previous frame and targets in place. */
export interface Objective {
  /** @param coefficients weight x multiplier; a term without one counts 0 */
  evaluate(frame: Frame, coefficients: TermValues): Promise<Evaluation>;
}

/**
 * Compiles each graph when it is first needed and keeps it for the frames that follow; a second call for the same graph binds
 * the same program anew, so only one objective of a size is in use at a time.
 */
export class SynthesisPrograms implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #programs = new Map<string, Program>();
  /** Keys of programs that were asked for since the last frame was finished. */
  readonly #used = new Set<string>();
  readonly #known = new KnownStatistics();
  /** Targets at the octaves' sizes: of a target that stays the same frames, whose statistics are known. */
  readonly resized: ResizedFrames = new ResizedFrames();

  constructor(engine: Engine, readonly recipe: ObjectiveRecipe) {
    this.#engine = engine;
  }

  /** What computes. */
  get engine(): EngineIdentity {
    return this.#engine.identity;
  }

  /**
   * The objective of some of the recipe's terms and total variation.
   * @param before the frames before the moving one, oldest first
   * Throws an Error when there are fewer than the models see.
   */
  async objective(
    size: Size,
    wanted: readonly TargetTerm[],
    before: readonly Frame[],
    targets: TensorValues,
  ): Promise<Objective> {
    const recipe = { ...this.recipe, terms: this.recipe.terms.filter(({ term }) => wanted.includes(term)) };
    const program = await this.#compiled(
      `objective ${recipe.terms.map(({ term }) => term)} ${sizeText(size)}`,
      () => this.#compileObjective(recipe, size),
    );
    await program.bind({ ...seenBefore(recipe.terms, before), ...targets });
    return {
      async evaluate(frame, coefficients) {
        const terms: TermName[] = [...recipe.terms.map(({ term }) => term), "total_variation"];
        const scalars = terms.map((term) => [
          names.coefficient(term),
          { shape: [], data: Float32Array.of(coefficients[term] ?? 0) },
        ]);
        const outputs = await program.run({ [names.frame]: tensorOf(frame), ...Object.fromEntries(scalars) });
        return {
          losses: Object.fromEntries(terms.map((term) => [term, numberOf(outputs, names.loss(term))])),
          layers: Object.fromEntries(recipe.terms.map(({ term, layers }) => [
            term,
            Object.fromEntries(
              Object.keys(layers).map((layer) => [layer, numberOf(outputs, names.layer(term, layer))]),
            ),
          ])),
          gradient: output(outputs, names.gradient).data,
        };
      },
    };
  }

  /** What a term compares, of a target: one statistic per layer. The same frames are evaluated once. */
  async statistics(term: TermRecipe, current: Frame, before: readonly Frame[] = []): Promise<TensorValues> {
    const seen = seenBefore([term], before);
    const previous = framesBefore([term]) === 0 ? [] : before;
    const key = `statistics ${term.term} ${sizeText(current)}`;
    // Also where they are known: the next frame's may not be.
    this.#used.add(key);
    const found = this.#known.get(term.term, current, previous);
    if (found !== undefined) return found;
    const program = await this.#compiled(
      key,
      () => this.#engine.compile(statisticsGraph(term, current, this.recipe.normalization)),
    );
    const statistics = await program.run({ [names.frame]: tensorOf(current), ...seen });
    this.#known.set(term.term, current, previous, statistics);
    return statistics;
  }

  /**
   * Lets go of the programs that were not needed since the last call, to be called after each frame: where only the first
   * frames of a clip have small octaves, theirs would stay in memory to its end.
   */
  async disposeUnused(): Promise<void> {
    const unused = [...this.#programs].filter(([key]) => !this.#used.has(key));
    this.#used.clear();
    for (const [key, program] of unused) {
      this.#programs.delete(key);
      await program[Symbol.asyncDispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const program of programs) await program[Symbol.asyncDispose]();
  }

  /** What the previous frame alone decides is computed when it is bound, unless it would have to be sent with each run. */
  #compileObjective(recipe: ObjectiveRecipe, size: Size): Promise<Program> {
    if (this.#engine.sendsBoundInputs === true) return this.#engine.compile(objectiveGraph(recipe, size));
    const { prepared, remaining } = objectiveParts(recipe, size);
    return prepared === undefined
      ? this.#engine.compile(remaining)
      : compileSplit(this.#engine, { prepared, remaining });
  }

  async #compiled(key: string, compile: () => Promise<Program>): Promise<Program> {
    this.#used.add(key);
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    const program = await compile();
    this.#programs.set(key, program);
    return program;
  }
}

/** The frames that the models see before the moving one, as inputs of a graph. */
function seenBefore(terms: readonly TermRecipe[], before: readonly Frame[]): TensorValues {
  const count = framesBefore(terms);
  return Object.fromEntries(
    previousNames(count).map((name, index) => {
      const frame = before[before.length - count + index];
      if (frame === undefined) throw new Error("a temporal term without the frames before");
      return [name, tensorOf(frame)];
    }),
  );
}

function tensorOf({ height, width, data }: Frame): TensorValues[string] {
  return { shape: [height, width, 3], data };
}

function output(outputs: TensorValues, name: string): TensorValues[string] {
  const value = outputs[name];
  if (value === undefined) throw new Error(`no output "${name}" among ${Object.keys(outputs).join(", ")}`);
  return value;
}

function numberOf(outputs: TensorValues, name: string): number {
  return output(outputs, name).data[0] ?? NaN;
}

function sizeText({ height, width }: Size): string {
  return `${height} x ${width}`;
}
