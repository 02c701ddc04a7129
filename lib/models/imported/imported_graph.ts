/**
 * An ONNX model that was read, ready to be added to a graph of ours as far as some of its tensors need it.
 * @module
 */
import { RunError } from "../../errors.ts";
import type { NodeProto } from "../../formats/onnx/model.ts";
import type { ReadModel } from "../../formats/onnx/read_model.ts";
import type { GraphBuilder } from "../../graph/graph.ts";
import { importedNode } from "./imported_node.ts";
import { foldKnown } from "./known_arithmetic.ts";
import { isSupported, operators } from "./operators/table.ts";
import { knownValueOf, type ReadExternal } from "./tensor_data.ts";
import type { ImportedValue, KnownValue } from "./value.ts";

/** Versions of ONNX's operators that are understood. */
export const opsets = { first: 9, last: 23 } as const;

/** A model whose nodes can be looked up by what they make. */
export interface ImportedGraph {
  /** The file, for messages. */
  readonly where: string;
  readonly opset: number;
  /** In the order of computation. */
  readonly nodes: readonly NodeProto[];
  readonly makers: ReadonlyMap<string, NodeProto>;
  readonly weights: ReadonlyMap<string, KnownValue>;
}

/**
 * Reads the numbers of a model.
 * Throws a RunError when it is of an unknown version, or its weights cannot be read.
 */
export function importGraph(
  { model, graph }: ReadModel,
  where: string,
  external: ReadExternal,
): ImportedGraph {
  const opset = Number(model.opsetImport.find(({ domain }) => isOwnDomain(domain))?.version ?? 0);
  if (opset < opsets.first || opset > opsets.last) {
    throw new RunError(
      `${where} is written for version ${opset} of ONNX's operators; ${opsets.first} to ${opsets.last} can be read`,
    );
  }
  return {
    where,
    opset,
    nodes: graph.node,
    makers: new Map(
      graph.node.flatMap((node) => node.output.filter((name) => name !== "").map((name) => [name, node])),
    ),
    weights: new Map(graph.initializer.map((tensor) => [tensor.name, knownValueOf(tensor, where, external)])),
  };
}

/** Where the operators that ONNX itself defines are. */
function isOwnDomain(domain: string): boolean {
  return domain === "" || domain === "ai.onnx";
}

/** The operators of these nodes that are not supported, and how many nodes have each. */
export function unsupportedOperators(nodes: readonly NodeProto[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    if (isSupportedNode(node)) continue;
    const name = isOwnDomain(node.domain) ? node.opType : `${node.domain}.${node.opType}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** True for a node whose operator can be imported. */
export function isSupportedNode({ domain, opType }: NodeProto): boolean {
  return isOwnDomain(domain) && isSupported(opType);
}

/** `NonMaxSuppression (2 nodes), TopK (1 node)`. */
export function operatorsText(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([op, count]) => `${op} (${count} ${count === 1 ? "node" : "nodes"})`).join(", ");
}

/** The nodes that tensors need, in the order of computation. */
export function nodesFor({ nodes, makers }: ImportedGraph, tensors: readonly string[]): readonly NodeProto[] {
  const needed = new Set(tensors.flatMap((name) => makers.get(name) ?? []));
  for (const node of needed) {
    for (const name of node.input) {
      const maker = makers.get(name);
      if (maker !== undefined) needed.add(maker);
    }
  }
  return nodes.filter((node) => needed.has(node));
}

/**
 * Adds what these tensors need to the graph and returns their values.
 * @param inputs the model's inputs by name
 * Throws a RunError that names all unsupported operators, or the node at which shapes do not fit.
 */
export function addToGraph(
  imported: ImportedGraph,
  graph: GraphBuilder,
  inputs: ReadonlyMap<string, ImportedValue>,
  tensors: readonly string[],
): ReadonlyMap<string, ImportedValue> {
  const nodes = nodesFor(imported, tensors);
  const unsupported = unsupportedOperators(nodes);
  if (unsupported.size > 0) {
    throw new RunError(`${imported.where}: unsupported ops: ${operatorsText(unsupported)}`);
  }
  const values = new Map<string, ImportedValue>(inputs);
  for (const node of nodes) addNode(imported, graph, node, values);
  return values;
}

/** Adds one node, whose inputs were added before. Throws a RunError where they do not fit. */
export function addNode(
  { where, opset, weights }: ImportedGraph,
  graph: GraphBuilder,
  node: NodeProto,
  values: Map<string, ImportedValue>,
): void {
  const taken = node.input.map((name) => name === "" ? undefined : values.get(name) ?? weights.get(name));
  try {
    const missing = node.input.find((name, position) => name !== "" && taken[position] === undefined);
    if (missing !== undefined) throw new Error(`${missing} is made by no node before it`);
    const whole = importedNode(node, taken, { graph, opset });
    const known = foldKnown(whole);
    const made = known === undefined ? operators[node.opType]?.(whole) : [known];
    if (made === undefined) throw new Error(`${node.opType} of what depends on the frames is not supported`);
    node.output.forEach((name, position) => {
      const value = made[position];
      if (value !== undefined) values.set(name, value);
    });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    throw new RunError(`${where}: node ${node.name || node.output[0]} (${node.opType}): ${error.message}`, {
      cause: error,
    });
  }
}
