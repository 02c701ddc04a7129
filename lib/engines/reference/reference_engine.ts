/**
 * The engine that says what every operation means: plain TypeScript in float64, for tests and never for real renders.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import { arithmetic } from "../arithmetic.ts";
import {
  type Engine,
  type EngineOptions,
  type Program,
  type TensorValue,
  type TensorValues,
  UnsupportedOpsError,
} from "../engine.ts";
import { inputShapes, requireAll, requireFitting } from "../program_inputs.ts";
import { type Elements, evaluate } from "./evaluate.ts";
import { kernels } from "./kernels.ts";

/** Raised when a result of this engine changes. */
const VERSION = "1";

/** Opens the reference engine. It runs in one thread, and exactly, whatever the options say. */
export function openReferenceEngine(_options: EngineOptions = {}): Promise<Engine> {
  return Promise.resolve({
    identity: {
      name: "reference",
      version: VERSION,
      provider: "typescript",
      device: "cpu",
      precision: "float64",
      threads: 1,
      convolution: "direct",
      arithmetic,
    },
    compile: (graph) => Promise.try(() => compile(graph)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

function compile(graph: Graph): Program {
  const unknown = new Set(graph.nodes.map((node): string => node.op).filter((op) => !isKnown(op)));
  if (unknown.size > 0) throw new UnsupportedOpsError("reference", [...unknown].sort());
  const shapes = inputShapes(graph);
  let bound: Elements = {};
  return {
    bind(inputs) {
      return Promise.try(() => {
        requireFitting(shapes, inputs);
        bound = { ...bound, ...widened(inputs) };
      });
    },
    run(inputs) {
      return Promise.try(() => {
        requireFitting(shapes, inputs);
        const all = { ...bound, ...widened(inputs) };
        requireAll(shapes, (name) => Object.hasOwn(all, name));
        return narrowed(graph, evaluate(graph, all));
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function isKnown(op: string): boolean {
  return op === "input" || Object.hasOwn(kernels, op);
}

function widened(values: TensorValues): Elements {
  return Object.fromEntries(
    Object.entries(values).map(([name, { data }]) => [name, Float64Array.from(data)]),
  );
}

function narrowed(graph: Graph, outputs: Elements): TensorValues {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, data]): [string, TensorValue] => {
      const shape = graph.nodes[graph.outputs[name] ?? -1]?.shape ?? [];
      return [name, { shape, data: Float32Array.from(data) }];
    }),
  );
}
