/**
 * Writes a graph as an ONNX model.
 * @module
 */
import { encodeModel, floatValue, node } from "../../formats/onnx/model.ts";
import type { Graph, GraphNode, Operation } from "../../graph/graph.ts";
import type { Op } from "../../graph/ops.ts";
import { type TensorValue, UnsupportedOpsError } from "../engine.ts";
import { inputShapes } from "../program_inputs.ts";
import { finishedConvolutions } from "./lowering/finished_convolutions.ts";
import { rowMajor, type Value } from "./lowering/layout_of_values.ts";
import { wantedChannelsLast } from "./lowering/layout_plan.ts";
import type { Lowered, Step } from "./lowering/lowering.ts";
import {
  channelsLastLowerings,
  type ComputedOp,
  type ConvolutionChoice,
  lowerings,
} from "./lowering/lowerings.ts";
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
}

/**
 * The ONNX model that computes the graph.
 * @throws {UnsupportedOpsError} that names all operations which have no lowering
 */
export function writeModel(graph: Graph, convolution: ConvolutionChoice): WrittenGraph {
  const unknown = new Set(graph.nodes.map((node): string => node.op).filter((op) => !isKnown(op)));
  if (unknown.size > 0) throw new UnsupportedOpsError("onnxruntime", [...unknown].sort());

  const writer = createOnnxWriter();
  const channelsLast = channelsLastLowerings(convolution);
  const wanted = wantedChannelsLast(graph);
  const { finishes, sources } = finishedConvolutions(graph);
  const values: Value[] = [];
  for (const [id, node] of graph.nodes.entries()) {
    const source = sources.get(id);
    if (source !== undefined) {
      values.push(valueAt(values, source));
      continue;
    }
    const inputs = node.inputs.map((id) => valueAt(values, id));
    const rest = { inputs, wantedChannelsLast: wanted.has(id), finish: finishes.get(id) };
    const lowered = lower(writer, channelsLast, node, rest);
    const constant = node.op === "constant" ? { constant: node.attributes.data } : {};
    values.push({ ...lowered, shape: node.shape, ...constant });
  }
  // An output may be an input, a constant or another output too: each gets a value of its own.
  const outputs = Object.entries(graph.outputs).map(([name, id]) => {
    const value = valueAt(values, id);
    return { name: outputName(name), from: rowMajor(writer, value), shape: value.shape };
  });
  const { nodes, initializers, shared } = writer.written(outputs.map(({ from }) => from));
  const inputs = [
    ...[...inputShapes(graph)].map(([name, shape]) => [inputName(name), shape] as const),
    ...Object.entries(shared).map(([name, { shape }]) => [name, shape] as const),
  ];
  const model = encodeModel({
    name: "metamer",
    inputs: inputs.map(([name, shape]) => floatValue(name, shape)),
    outputs: outputs.map(({ name, shape }) => floatValue(name, shape)),
    initializers,
    nodes: [...nodes, ...outputs.map(({ name, from }) => node("Identity", [from], [name]))],
  });
  return { model, shared };
}

type ChannelsLastLowerings = ReturnType<typeof channelsLastLowerings>;

function lower(
  writer: OnnxWriter,
  channelsLast: ChannelsLastLowerings,
  node: GraphNode,
  rest: Pick<Step<Op>, "inputs" | "wantedChannelsLast" | "finish">,
): Lowered {
  if (node.op === "input") return { name: inputName(node.attributes.name), layout: "row_major" };
  const { attributes, shape } = node;
  return lowerComputed(writer, channelsLast, node, { attributes, shape, ...rest });
}

function lowerComputed<K extends ComputedOp>(
  writer: OnnxWriter,
  channelsLast: ChannelsLastLowerings,
  { op }: Operation<K>,
  step: Step<K>,
): Lowered {
  const lowered = channelsLast[op]?.(writer, step);
  if (lowered) return lowered;
  const inputs = step.inputs.map((value): Value => ({
    ...value,
    name: rowMajor(writer, value),
    layout: "row_major",
  }));
  return { name: lowerings[op](writer, { ...step, inputs }), layout: "row_major" };
}

function isKnown(op: string): boolean {
  return op === "input" || Object.hasOwn(lowerings, op);
}

function valueAt(values: readonly Value[], id: number): Value {
  const value = values[id];
  if (!value) throw new Error(`writeModel: expected node ${id} before the node that needs it`);
  return value;
}
