/**
 * Every operation, and the graph of its gradient.
 * @module
 */
import { buildCase, type BuiltCase, differentiable, lossAndGradients } from "../graph/op_case.ts";
import { opCases } from "../graph/op_cases.ts";
import type { TensorValues } from "../../lib/engines/engine.ts";
import { assertAgrees, type ConformanceCase, value } from "./conformance_case.ts";

/** Two conformance cases for each case of an operation: its result, and its gradient where it has one. */
export function operationCases(): readonly ConformanceCase[] {
  return Object.entries(opCases).flatMap(([op, cases]) =>
    cases.flatMap((opCase) => {
      const name = `${op} ${opCase.title}`;
      const forward: ConformanceCase = {
        name,
        run: (engine) => {
          const built = buildCase(opCase);
          return assertAgrees(engine, built.builder.finish({ result: built.result }), inputsOf(built));
        },
      };
      const gradient: ConformanceCase = {
        name: `the gradient of ${name}`,
        run: (engine) => {
          const built = buildCase(opCase);
          const graph = lossAndGradients(built, differentiable(built, opCase));
          // The loss is left out: its terms nearly cancel, and what is left is rounding.
          const { loss: _, ...outputs } = graph.outputs;
          return assertAgrees(engine, { ...graph, outputs }, inputsOf(built));
        },
      };
      return opCase.notDifferentiable?.length === buildCase(opCase).inputs.length
        ? [forward]
        : [forward, gradient];
    })
  );
}

function inputsOf({ inputs, values }: BuiltCase): TensorValues {
  const entries = inputs.map((tensor, position) => {
    const name = `input${position}`;
    return [name, value(tensor.shape, values[name] ?? [])];
  });
  return Object.fromEntries(entries);
}
