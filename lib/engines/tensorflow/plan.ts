/**
 * A graph made ready for TensorFlow.js: what each step computes, and after which step a value is needed no more.
 * @module
 */
import type { Graph, GraphNode, Operation, Shape } from "../../graph/graph.ts";
import { UnsupportedOpsError } from "../engine.ts";
import type { DeviceTensor, TensorFlow } from "./library.ts";
import type { Compute, ComputedOp, Inputs, Step } from "./rule.ts";
import { rules } from "./rules.ts";

/** A step of a plan. */
export interface PlannedStep {
  /** Of the node that it computes, in the graph's list. */
  readonly position: number;
  readonly inputs: readonly number[];
  readonly compute: Compute;
  /** Values that no later step needs and that are no output. */
  readonly last: readonly number[];
}

/** What is computed at each run, and what stays on the device between runs. */
export interface Plan extends Disposable {
  readonly steps: readonly PlannedStep[];
  /** The constant of the graph at a position; undefined for any other node. */
  constantAt(position: number): DeviceTensor | undefined;
}

/**
 * Makes all operations of a graph ready. Constants come to the device when something asks for them, and stay until the plan
 * is disposed.
 * @throws {UnsupportedOpsError} that names all operations without a rule
 */
export function planGraph(tf: TensorFlow, graph: Graph): Plan {
  const unknown = new Set(graph.nodes.map(({ op }): string => op).filter((op) => !isKnown(op)));
  if (unknown.size > 0) throw new UnsupportedOpsError("tensorflow", [...unknown].sort());
  const kept: DeviceTensor[] = [];
  const keep = (values: Float32Array | Int32Array, shape: Shape): DeviceTensor => {
    const type = values instanceof Float32Array ? "float32" : "int32";
    return saved(tf.tensor(values, shape, type));
  };
  const saved = (x: DeviceTensor): DeviceTensor => {
    kept.push(tf.keep(x));
    return x;
  };
  const constants = new Map<number, DeviceTensor>();
  const constantAt = (position: number): DeviceTensor | undefined => {
    const node = graph.nodes[position];
    if (node?.op !== "constant") return undefined;
    const known = constants.get(position) ?? keep(node.attributes.data, node.shape);
    constants.set(position, known);
    return known;
  };
  const prepare = (node: GraphNode): Step<ComputedOp>["prepared"] => (position, make) => {
    const source = graph.nodes[node.inputs[position] ?? -1];
    if (source?.op !== "constant") return (inputs) => make(inputs(position));
    const { attributes: { data }, shape } = source;
    const made = saved(tf.tidy(() => make(tf.tensor(data, shape, "float32"))));
    return () => made;
  };

  const lastUses = lastStepByValue(graph);
  const steps = graph.nodes.flatMap((node, position): PlannedStep[] => {
    if (!isComputed(node)) return [];
    const inputs = node.inputs.map((input) => graph.nodes[input]?.shape ?? []);
    const compute = ready(tf, node, { inputs, shape: node.shape, keep, prepared: prepare(node) });
    return [{ position, inputs: node.inputs, compute, last: lastUses.get(position) ?? [] }];
  });
  return {
    steps,
    constantAt,
    [Symbol.dispose]() {
      for (const tensor of kept) tensor.dispose();
    },
  };
}

/** Computes one step. The result belongs to the caller; what else was made is gone. */
export function computeStep(tf: TensorFlow, { compute }: PlannedStep, inputs: Inputs): DeviceTensor {
  return tf.tidy(() => compute(inputs));
}

function ready<K extends ComputedOp>(
  tf: TensorFlow,
  { op, attributes }: Operation<K>,
  rest: Omit<Step<K>, "attributes">,
): Compute {
  return rules[op](tf, { attributes, ...rest });
}

/** For each step the computed values that it is the last to use. */
function lastStepByValue({ nodes, outputs }: Graph): ReadonlyMap<number, readonly number[]> {
  const lastUse = new Map<number, number>();
  nodes.forEach(({ inputs }, position) => {
    for (const input of inputs) lastUse.set(input, position);
  });
  const wanted = new Set(Object.values(outputs));
  const freed = [...lastUse].filter(([value]) => {
    const node = nodes[value];
    return node !== undefined && isComputed(node) && !wanted.has(value);
  });
  const byStep = Map.groupBy(freed, ([, step]) => step);
  return new Map([...byStep].map(([step, uses]) => [step, uses.map(([value]) => value)]));
}

function isComputed(node: GraphNode): node is GraphNode<ComputedOp> {
  return node.op !== "input" && node.op !== "constant";
}

function isKnown(op: string): boolean {
  return op === "input" || op === "constant" || Object.hasOwn(rules, op);
}
