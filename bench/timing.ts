/**
 * Times programs side by side.
 * @module
 */
import type { Program, TensorValues } from "../lib/engines/engine.ts";
import { inputShapes } from "../lib/engines/program_inputs.ts";
import { uniformValues } from "../lib/frames/noise.ts";
import { elementCount } from "../lib/graph/broadcasting.ts";
import type { Graph } from "../lib/graph/graph.ts";

/**
 * Median seconds of each program over `runs` rounds, after one round that is not counted. Programs take turns within a
 * round, so that a spell of a busy machine falls on all of them.
 */
export async function medianSeconds(programs: readonly Program[], runs: number): Promise<readonly number[]> {
  const seconds = programs.map((): number[] => []);
  for (let round = -1; round < runs; round++) {
    for (const [index, program] of programs.entries()) {
      const start = performance.now();
      await program.run({});
      if (round >= 0) seconds[index]?.push((performance.now() - start) / 1000);
    }
  }
  return seconds.map(median);
}

/** Seeded values from [0, 1) for all inputs of a graph. */
export function randomInputs(graph: Graph): TensorValues {
  const entries = [...inputShapes(graph)].map(([name, shape], frame) => {
    const data = uniformValues({ seed: 1, frame, purpose: "generated" }, elementCount(shape));
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(entries);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
