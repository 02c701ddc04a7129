/**
 * A compiled graph: its plan, with the inputs that stay on the device.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import type { Program, TensorValue, TensorValues } from "../engine.ts";
import { inputShapes, requireAll, requireFitting } from "../program_inputs.ts";
import type { DeviceTensor, TensorFlow } from "./library.ts";
import { computeStep, planGraph } from "./plan.ts";

type DeviceTensors = ReadonlyMap<string, DeviceTensor>;

/**
 * The program of a graph.
 * @param activate makes the engine's backend the one that computes
 * @throws {UnsupportedOpsError} that names all operations which are unknown
 */
export function createProgram(
  tf: TensorFlow,
  graph: Graph,
  activate: () => Promise<void>,
  onDispose: () => void,
): Program {
  const plan = planGraph(tf, graph);
  const shapes = inputShapes(graph);
  const bound = new Map<string, DeviceTensor>();
  let disposed = false;

  const requireOpen = (): void => {
    if (disposed) throw new Error("program: it was disposed");
  };

  return {
    async bind(inputs) {
      requireOpen();
      requireFitting(shapes, inputs);
      await activate();
      // Copied: some backends take an array itself, and only when it is first used.
      for (const [name, tensor] of uploaded(tf, inputs, (data) => data.slice())) {
        bound.get(name)?.dispose();
        bound.set(name, tensor);
      }
    },
    async run(inputs) {
      requireOpen();
      requireFitting(shapes, inputs);
      requireAll(shapes, (name) => bound.has(name) || Object.hasOwn(inputs, name));
      await activate();
      const made = tf.tidy(() =>
        evaluate(tf, graph, plan, new Map([...bound, ...uploaded(tf, inputs, (data) => data)]))
      );
      try {
        return await read(graph, made);
      } finally {
        for (const tensor of made) tensor.dispose();
      }
    },
    [Symbol.asyncDispose]() {
      if (!disposed) {
        disposed = true;
        for (const tensor of bound.values()) tensor.dispose();
        plan[Symbol.dispose]();
        onDispose();
      }
      return Promise.resolve();
    },
  };
}

/** The outputs in the order of the graph's, each a tensor of its own. To be called inside `tidy`, which disposes the rest. */
function evaluate(
  tf: TensorFlow,
  graph: Graph,
  { steps, constantAt }: ReturnType<typeof planGraph>,
  inputs: DeviceTensors,
): DeviceTensor[] {
  const made = new Map<number, DeviceTensor>();
  const valueAt = (position: number): DeviceTensor => {
    const node = graph.nodes[position];
    const value = node?.op === "input"
      ? inputs.get(node.attributes.name)
      : made.get(position) ?? constantAt(position);
    if (!value) throw new Error(`evaluate: expected a value of node ${position}, got none`);
    return value;
  };
  for (const step of steps) {
    made.set(step.position, computeStep(tf, step, (input) => valueAt(step.inputs[input] ?? -1)));
    for (const position of step.last) {
      made.get(position)?.dispose();
      made.delete(position);
    }
  }
  return Object.values(graph.outputs).map((position) => tf.clone(valueAt(position)));
}

function uploaded(
  tf: TensorFlow,
  values: TensorValues,
  prepare: (data: Float32Array) => Float32Array,
): DeviceTensors {
  return new Map(
    Object.entries(values).map((
      [name, { shape, data }],
    ) => [name, tf.tensor(prepare(data), shape, "float32")]),
  );
}

async function read({ nodes, outputs }: Graph, made: readonly DeviceTensor[]): Promise<TensorValues> {
  const values = await Promise.all(
    Object.entries(outputs).map(async ([name, position], i): Promise<[string, TensorValue]> => {
      const data = await made[i]?.data();
      if (!data) throw new Error(`run: the backend made no output ${name}`);
      // Copied: some backends hand out the memory that they compute in, and truth values as bytes.
      return [name, { shape: nodes[position]?.shape ?? [], data: Float32Array.from(data) }];
    }),
  );
  return Object.fromEntries(values);
}
