/**
 * Writes a graph as an ONNX model.
 * @module
 */
import { encodeModel, floatValue, node } from "../../formats/onnx/model.ts";
import type { Graph, GraphNode, Operation } from "../../graph/graph.ts";
import { UnsupportedOpsError } from "../engine.ts";
import { inputShapes } from "../program_inputs.ts";
import type { Step, Value } from "./lowering/lowering.ts";
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

/**
 * The bytes of an ONNX model that computes the graph.
 * @throws {UnsupportedOpsError} that names all operations which have no lowering
 */
export function writeModel(graph: Graph): Uint8Array {
  const unknown = new Set(graph.nodes.map((node): string => node.op).filter((op) => !isKnown(op)));
  if (unknown.size > 0) throw new UnsupportedOpsError("onnxruntime", [...unknown].sort());

  const writer = createOnnxWriter();
  const values: Value[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => valueAt(values, id));
    values.push({ name: lower(writer, node, inputs), shape: node.shape });
  }
  // An output may be an input, a constant or another output too: each gets a value of its own.
  const outputs = Object.entries(graph.outputs).map(([name, id]) => ({
    name: outputName(name),
    value: valueAt(values, id),
  }));
  return encodeModel({
    name: "metamer",
    inputs: [...inputShapes(graph)].map(([name, shape]) => floatValue(inputName(name), shape)),
    outputs: outputs.map(({ name, value }) => floatValue(name, value.shape)),
    initializers: writer.initializers,
    nodes: [...writer.nodes, ...outputs.map(({ name, value }) => node("Identity", [value.name], [name]))],
  });
}

function lower(writer: OnnxWriter, node: GraphNode, inputs: readonly Value[]): string {
  if (node.op === "input") return inputName(node.attributes.name);
  return lowerComputed(writer, node, { attributes: node.attributes, inputs, shape: node.shape });
}

function lowerComputed<K extends ComputedOp>(
  writer: OnnxWriter,
  { op }: Operation<K>,
  step: Step<K>,
): string {
  return lowerings[op](writer, step);
}

function isKnown(op: string): boolean {
  return op === "input" || Object.hasOwn(lowerings, op);
}

function valueAt(values: readonly Value[], id: number): Value {
  const value = values[id];
  if (!value) throw new Error(`writeModel: expected node ${id} before the node that needs it`);
  return value;
}
