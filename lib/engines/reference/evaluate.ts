/**
 * Computes a graph in float64 throughout.
 * @module
 */
import { elementCount } from "../../graph/broadcasting.ts";
import type { Graph, Operation, Shape } from "../../graph/graph.ts";
import type { ComputedOp } from "./kernel.ts";
import { kernels } from "./kernels.ts";
import type { Value } from "./value.ts";

/** Elements by the names of a graph's inputs or outputs, row-major. */
export type Elements = Readonly<Record<string, Float64Array>>;

/**
 * The outputs of a graph for these inputs; constants are float32 as in the graph, everything else is float64.
 * @throws {Error} when an input is missing or has another number of elements
 */
export function evaluate(graph: Graph, inputs: Elements): Elements {
  const values: Value[] = [];
  for (const { inputs: positions, shape, ...operation } of graph.nodes) {
    const data = operation.op === "input"
      ? given(inputs, operation.attributes.name, shape)
      : compute(operation, positions.map((position) => valueAt(values, position)), shape);
    values.push({ shape, data });
  }
  const outputs = Object.entries(graph.outputs);
  return Object.fromEntries(
    outputs.map(([name, position]) => [name, valueAt(values, position).data.slice()]),
  );
}

function compute<K extends ComputedOp>(
  operation: Operation<K>,
  inputs: readonly Value[],
  shape: Shape,
): Float64Array {
  return kernels[operation.op](operation.attributes, inputs, shape);
}

function given(inputs: Elements, name: string, shape: Shape): Float64Array {
  const data = inputs[name];
  if (data?.length === elementCount(shape)) return data;
  const got = data ? `${data.length} elements` : "none";
  throw new Error(`evaluate: expected ${elementCount(shape)} elements for input "${name}", got ${got}`);
}

function valueAt(values: readonly Value[], position: number): Value {
  const value = values[position];
  if (!value) throw new Error(`evaluate: expected a node before ${values.length}, got ${position}`);
  return value;
}
