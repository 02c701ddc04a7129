/**
 * One way to use an operation, as tests of gradients and of engines try it.
 * @module
 */
import { elementCount } from "../../lib/graph/broadcasting.ts";
import { gradient } from "../../lib/graph/gradient.ts";
import type { Graph, GraphBuilder, Shape, Tensor } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { constant, input, multiply, sumOfAll } from "../../lib/graph/operations.ts";
import { distinctValues } from "./sample_values.ts";

/** Adds an input to the graph; `positive` draws its values from [.5, 2.5] instead of [-1, 1]. */
export type Draw = (shape: Shape, range?: "positive") => Tensor;

export interface OpCase {
  readonly title: string;
  /** Builds what is to be tried out of inputs that it draws. */
  readonly build: (draw: Draw) => Tensor;
  /** Inputs, in the order drawn, for which the operation says that it has no gradient. */
  readonly notDifferentiable?: readonly number[];
}

/** A case as a graph under construction, with the values of its inputs. */
export interface BuiltCase {
  readonly builder: GraphBuilder;
  readonly inputs: readonly Tensor[];
  readonly result: Tensor;
  readonly values: Readonly<Record<string, Float64Array>>;
}

/** Builds a case. All its inputs together hold different values. */
export function buildCase(opCase: OpCase): BuiltCase {
  const builder = createGraphBuilder();
  const drawn: { readonly tensor: Tensor; readonly shift: number }[] = [];
  const result = opCase.build((shape, range) => {
    const tensor = input(builder, `input${drawn.length}`, shape);
    drawn.push({ tensor, shift: range === "positive" ? 1.5 : 0 });
    return tensor;
  });
  const counts = drawn.map(({ tensor }) => elementCount(tensor.shape));
  const all = distinctValues(counts.reduce((total, count) => total + count, 0), 7);
  let start = 0;
  const values = drawn.map(({ shift }, position): [string, Float64Array] => {
    const part = all.subarray(start, start += counts[position] ?? 0);
    return [`input${position}`, part.map((value) => Math.fround(value + shift))];
  });
  return { builder, inputs: drawn.map(({ tensor }) => tensor), result, values: Object.fromEntries(values) };
}

/** Positions of the inputs that have a gradient. */
export function differentiable({ inputs }: BuiltCase, { notDifferentiable = [] }: OpCase): readonly number[] {
  return [...inputs.keys()].filter((position) => !notDifferentiable.includes(position));
}

/** A loss that weighs every element of the result differently, and its gradient by the inputs at these positions. */
export function lossAndGradients(
  { builder, inputs, result }: BuiltCase,
  positions: readonly number[],
): Graph {
  const weights = constant(builder, distinctValues(elementCount(result.shape), 11), result.shape);
  const loss = sumOfAll(multiply(result, weights));
  const wanted = inputs.filter((_, position) => positions.includes(position));
  const gradients = gradient(loss, wanted).map((
    tensor,
    i,
  ): [string, Tensor] => [`gradient${positions[i]}`, tensor]);
  return builder.finish({ loss, ...Object.fromEntries(gradients) });
}
