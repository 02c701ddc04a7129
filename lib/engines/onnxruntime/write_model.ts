/**
 * Writes a graph as an ONNX model.
 * @module
 */
import { encodeModel, floatValue, node } from "../../formats/onnx/model.ts";
import type { Graph, GraphNode, Operation, Shape } from "../../graph/graph.ts";
import type { Op } from "../../graph/ops.ts";
import { type TensorValue, UnsupportedOpsError } from "../engine.ts";
import { inputShapes } from "../program_inputs.ts";
import type { Dialect } from "./lowering/dialect.ts";
import { finishedConvolutions } from "./lowering/finished_convolutions.ts";
import {
  asRowMajor,
  channelAxis,
  channelsLastShape,
  rowMajor,
  type Value,
} from "./lowering/layout_of_values.ts";
import type { Lowered, Step } from "./lowering/lowering.ts";
import { type ComputedOp, lowerings } from "./lowering/lowerings.ts";
import { createOnnxWriter, type OnnxWriter } from "./onnx_writer.ts";

/** What the model calls the graph's input of this name. */
export function inputName(name: string): string {
  return `input/${name}`;
}

/** What the model calls the graph's output of this name. */
export function outputName(name: string): string {
  return `output/${name}`;
}

/** A graph as ONNX Runtime reads it. */
export interface WrittenGraph {
  /** The bytes of an ONNX model. */
  readonly model: Uint8Array;
  /** Further inputs of the model: constants that several models share. */
  readonly shared: Readonly<Record<string, TensorValue>>;
  /** Inputs of the graph, by name, that the model takes with their channels last. */
  readonly channelsLastInputs: readonly string[];
}

/**
 * The ONNX model that computes the graph.
 * @throws {UnsupportedOpsError} that names all operations which have no lowering
 */
export function writeModel(graph: Graph, dialect: Dialect): WrittenGraph {
  const unknown = new Set(graph.nodes.map((node): string => node.op).filter((op) => !isKnown(op)));
  if (unknown.size > 0) throw new UnsupportedOpsError("onnxruntime", [...unknown].sort());

  const writer = createOnnxWriter();
  const values = lowerNodes(graph, writer, dialect);
  // An output may be an input, a constant or another output too: each gets a value of its own.
  const outputs = Object.entries(graph.outputs).map(([name, id]) => {
    const value = valueAt(values, id);
    return { name: outputName(name), from: rowMajor(writer, value), shape: value.shape };
  });
  const { nodes, initializers, shared } = writer.written(outputs.map(({ from }) => from));
  const channelsLastInputs = graph.nodes.flatMap((node, id) =>
    node.op === "input" && values[id]?.layout === "channels_last" ? [node.attributes.name] : []
  );
  const storedShape = (name: string, shape: Shape) =>
    channelsLastInputs.includes(name) ? channelsLastShape(shape) : shape;
  const inputs = [
    ...[...inputShapes(graph)].map(([name, shape]) => [inputName(name), storedShape(name, shape)] as const),
    ...Object.entries(shared).map(([name, { shape }]) => [name, shape] as const),
  ];
  const model = encodeModel({
    name: "metamer",
    inputs: inputs.map(([name, shape]) => floatValue(name, shape)),
    outputs: outputs.map(({ name, shape }) => floatValue(name, shape)),
    initializers,
    nodes: [...nodes, ...outputs.map(({ name, from }) => node("Identity", [from], [name]))],
  });
  return { model, shared, channelsLastInputs };
}

/** A value for each node of the graph, except those that are written together with a later one. */
function lowerNodes(graph: Graph, writer: OnnxWriter, dialect: Dialect): readonly Value[] {
  const wanted = dialect.wantedChannelsLast(graph);
  const { finished, absorbed } = finishedConvolutions(graph);
  const values: Value[] = [];
  for (const [id, node] of graph.nodes.entries()) {
    if (absorbed.has(id)) continue;
    const { shape } = node;
    const wantedChannelsLast = wanted.has(id);
    const together = finished.get(id);
    const whole = together?.convolution ?? node;
    const inputs = whole.inputs.map((input) => valueAt(values, input));
    const finish = together && { bias: valueAt(values, together.bias), relu: together.relu };
    const step = { inputs, shape, wantedChannelsLast, ...(finish && { finish }) };
    values[id] = { ...lower(writer, dialect, whole, step), shape, ...constantOf(node) };
  }
  return values;
}

function lower(
  writer: OnnxWriter,
  dialect: Dialect,
  node: GraphNode,
  step: Omit<Step<Op>, "attributes">,
): Lowered {
  if (node.op === "input") {
    const suits = step.wantedChannelsLast && channelAxis(node.shape) !== undefined;
    return { name: inputName(node.attributes.name), layout: suits ? "channels_last" : "row_major" };
  }
  return lowerComputed(writer, dialect, node, { attributes: node.attributes, ...step });
}

function lowerComputed<K extends ComputedOp>(
  writer: OnnxWriter,
  { channelsLast, lowerings }: Dialect,
  { op }: Operation<K>,
  step: Step<K>,
): Lowered {
  const lowered = channelsLast[op]?.(writer, step);
  if (lowered) return lowered;
  const inputs = step.inputs.map((value) => asRowMajor(writer, value));
  return { name: lowerings[op](writer, { ...step, inputs }), layout: "row_major" };
}

function constantOf(node: GraphNode): Pick<Value, "constant"> {
  return node.op === "constant" ? { constant: node.attributes.data } : {};
}

function isKnown(op: string): boolean {
  return op === "input" || Object.hasOwn(lowerings, op);
}

function valueAt(values: readonly Value[], id: number): Value {
  const value = values[id];
  if (!value) throw new Error(`writeModel: expected node ${id} before the node that needs it`);
  return value;
}
