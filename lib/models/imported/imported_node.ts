/**
 * A node of an ONNX graph with its attributes and the values that it takes.
 * @module
 */
import type { NodeProto } from "../../formats/onnx/model.ts";
import type { GraphBuilder, Shape, Tensor } from "../../graph/graph.ts";
import { knownValueOf } from "./tensor_data.ts";
import { type ImportedValue, isKnown, type KnownValue, shapeOfValue, tensorOfValue } from "./value.ts";

/** What an operator of ONNX reads of its node. All `throw` an Error that says what is missing. */
export interface ImportedNode {
  readonly op: string;
  readonly graph: GraphBuilder;
  /** Version of the operators that the model was written for. */
  readonly opset: number;
  readonly inputs: readonly (ImportedValue | undefined)[];
  /** How many results have a name. */
  readonly outputs: number;
  input(position: number): ImportedValue;
  tensor(position: number): Tensor;
  shape(position: number): Shape;
  /** Numbers that must not depend on the frames. */
  known(position: number): KnownValue;
  /** The same as whole numbers; undefined where the input is left out. */
  list(position: number): readonly number[] | undefined;
  int(name: string): number | undefined;
  ints(name: string): readonly number[] | undefined;
  float(name: string): number | undefined;
  string(name: string): string | undefined;
  /** An attribute that is a tensor. */
  value(name: string): KnownValue | undefined;
  has(name: string): boolean;
}

/** How an operator becomes operations of our graph: a value for each of its results. */
export type ImportOperator = (node: ImportedNode) => readonly ImportedValue[];

/** A node whose inputs were imported before it. */
export function importedNode(
  { opType, attribute, output }: NodeProto,
  inputs: readonly (ImportedValue | undefined)[],
  { graph, opset }: Pick<ImportedNode, "graph" | "opset">,
): ImportedNode {
  const attributes = new Map(attribute.map((found) => [found.name, found]));
  const input = (position: number): ImportedValue => {
    const value = inputs[position];
    if (value === undefined) throw new Error(`${opType} lacks its input ${position}`);
    return value;
  };
  const known = (position: number): KnownValue => {
    const value = input(position);
    if (isKnown(value)) return value;
    throw new Error(`${opType} whose input ${position} depends on the frames is not supported`);
  };
  return {
    op: opType,
    graph,
    opset,
    inputs,
    outputs: output.filter((name) => name !== "").length,
    input,
    tensor: (position) => tensorOfValue(graph, input(position)),
    shape: (position) => shapeOfValue(input(position)),
    known,
    list: (position) => inputs[position] === undefined ? undefined : [...known(position).data],
    int: (name) => {
      const found = attributes.get(name);
      return found && Number(found.i);
    },
    ints: (name) => attributes.get(name)?.ints.map(Number),
    float: (name) => attributes.get(name)?.f,
    string: (name) => {
      const found = attributes.get(name);
      return found && new TextDecoder().decode(found.s);
    },
    value: (name) => {
      const tensor = attributes.get(name)?.t;
      return tensor && knownValueOf(tensor, opType, noExternalData);
    },
    has: (name) => attributes.has(name),
  };
}

function noExternalData(): never {
  throw new Error("an attribute whose numbers are in another file");
}

/** An axis, counted from the end where it is negative. */
export function axisOf(axis: number, rank: number): number {
  const found = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(found) && found >= 0 && found < rank) return found;
  throw new Error(`axis ${axis} of a tensor with ${rank} axes`);
}
