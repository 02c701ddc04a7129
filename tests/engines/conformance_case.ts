/**
 * What every engine is asked, and how its answer is judged: by the reference evaluator in float64.
 * @module
 */
import assert from "node:assert/strict";
import type { Engine, TensorValue, TensorValues } from "../../lib/engines/engine.ts";
import { evaluate } from "../../lib/engines/reference/evaluate.ts";
import { check } from "../../lib/graph/check.ts";
import type { Graph } from "../../lib/graph/graph.ts";

/** One thing that every engine must do. */
export interface ConformanceCase {
  /** A sentence; exceptions are listed by it. */
  readonly name: string;
  readonly run: (engine: Engine) => Promise<void>;
}

/** Largest difference, by the largest expected magnitude. */
const TOLERANCE = 1e-5;

/** Runs a graph and compares every output with what the reference evaluator makes of the same inputs. */
export async function assertAgrees(
  engine: Engine,
  graph: Graph,
  inputs: TensorValues,
  tolerance?: number,
): Promise<void> {
  check(graph);
  await using program = await engine.compile(graph);
  assertOutputs(graph, await program.run(inputs), inputs, tolerance);
}

/** Compares the outputs of a run with what the reference evaluator makes of the inputs. */
export function assertOutputs(
  graph: Graph,
  outputs: TensorValues,
  inputs: TensorValues,
  tolerance = TOLERANCE,
): void {
  const wide = Object.entries(inputs).map(([name, { data }]) => [name, Float64Array.from(data)]);
  const expected = evaluate(graph, Object.fromEntries(wide));
  assert.deepEqual(Object.keys(outputs).sort(), Object.keys(expected).sort());
  for (const [name, elements] of Object.entries(expected)) {
    const shape = graph.nodes[graph.outputs[name] ?? -1]?.shape;
    assert.deepEqual([...(outputs[name]?.shape ?? [])], [...(shape ?? [])], `shape of ${name}`);
    assertClose(name, outputs[name]?.data ?? new Float32Array(), elements, tolerance);
  }
}

/** A value out of numbers. */
export function value(shape: readonly number[], data: ArrayLike<number>): TensorValue {
  return { shape, data: Float32Array.from(data) };
}

function assertClose(name: string, actual: Float32Array, expected: Float64Array, tolerance: number): void {
  assert.equal(actual.length, expected.length, `elements of ${name}`);
  const largest = expected.reduce((most, element) => Math.max(most, Math.abs(element)), 0);
  for (const [i, element] of expected.entries()) {
    const difference = Math.abs((actual[i] ?? NaN) - element);
    assert.ok(difference <= tolerance * largest, `${name}[${i}]: expected ${element}, got ${actual[i]}`);
  }
}
