/**
 * Arithmetic of shapes, done while a model is read: what exporters write to keep lengths open is known here.
 * @module
 */
import { DataType } from "../../formats/onnx/model.ts";
import { broadcastShapes, elementCount, shapeText } from "../../graph/broadcasting.ts";
import { axisOf, type ImportedNode } from "./imported_node.ts";
import { isKnown, knownList, type KnownValue } from "./value.ts";

/** A result of known inputs; undefined where that is left to the graph: weights in other layouts. */
type Fold = (node: ImportedNode) => KnownValue | undefined;

const foldsByOperator: Readonly<Record<string, Fold>> = {
  Add: ofPairs((a, b) => a + b),
  Sub: ofPairs((a, b) => a - b),
  Mul: ofPairs((a, b) => a * b),
  Div: (node) => {
    const [a, b] = [node.known(0), node.known(1)];
    return a.whole && b.whole
      ? elementwise(a, b, (x, y) => Math.trunc(x / y))
      : elementwise(a, b, (x, y) => x / y);
  },
  Pow: ofPairs((a, b) => a ** b),
  Max: ofPairs(Math.max),
  Min: ofPairs(Math.min),
  Equal: ofPairs((a, b) => Number(a === b)),
  Greater: ofPairs((a, b) => Number(a > b)),
  Less: ofPairs((a, b) => Number(a < b)),
  Neg: ofEach((x) => -x),
  Abs: ofEach(Math.abs),
  Floor: ofEach(Math.floor),
  Ceil: ofEach(Math.ceil),
  Sqrt: ofEach(Math.sqrt),
  Not: ofEach((x) => Number(x === 0)),
  Cast: cast,
  ConstantOfShape: constantOfShape,
  Range: range,
  Where: (node) => {
    const [condition, a, b] = [node.known(0), node.known(1), node.known(2)];
    const shape = broadcastShapes(condition.shape, a.shape, b.shape);
    const values = [condition, a, b].map((value) => shape && spread(value, shape));
    const [flags, chosen, others] = values;
    if (shape === undefined || !flags || !chosen || !others) return undefined;
    const data = Float64Array.from(flags, (flag, i) => (flag === 0 ? others[i] : chosen[i]) ?? NaN);
    return { shape, data, whole: a.whole && b.whole };
  },
  ReduceProd: (node) => {
    const { data, whole } = node.known(0);
    const product = [...data].reduce((product, x) => product * x, 1);
    return { shape: node.int("keepdims") === 0 ? [] : [1], data: Float64Array.of(product), whole };
  },
  Gather: (node) => {
    const [{ shape, data, whole }, indices] = [node.known(0), node.known(1)];
    if (shape.length !== 1) return undefined;
    const found = Float64Array.from(indices.data, (index) => data[axisOf(index, data.length)] ?? NaN);
    return { shape: indices.shape, data: found, whole };
  },
  Concat: (node) => {
    const parts = node.inputs.map((_, position) => node.known(position));
    if (parts.some(({ shape }) => shape.length !== 1)) return undefined;
    const data = Float64Array.from(parts.flatMap(({ data }) => [...data]));
    return { shape: [data.length], data, whole: parts.every(({ whole }) => whole) };
  },
  Slice: (node) => {
    const { shape, data, whole } = node.known(0);
    const [start = 0] = node.list(1) ?? node.ints("starts") ?? [];
    const [end = data.length] = node.list(2) ?? node.ints("ends") ?? [];
    const [step = 1] = node.list(4) ?? [];
    if (shape.length !== 1 || step !== 1) return undefined;
    const part = data.slice(start, Math.min(end, data.length));
    return { shape: [part.length], data: part, whole };
  },
};

/** The result of a node all of whose inputs are known; undefined where there is none, or the graph is to compute it. */
export function foldKnown(node: ImportedNode): KnownValue | undefined {
  const fold = foldsByOperator[node.op];
  const given = node.inputs.filter((value) => value !== undefined);
  return fold !== undefined && given.length > 0 && given.every(isKnown) ? fold(node) : undefined;
}

/** Operators that are folded, whether or not the graph has them. */
export const foldedOperators: ReadonlySet<string> = new Set(Object.keys(foldsByOperator));

function ofPairs(compute: (a: number, b: number) => number): Fold {
  return (node) => {
    const [first, ...others] = node.inputs.map((_, position) => node.known(position));
    return others.reduce<KnownValue | undefined>(
      (made, other) => made && elementwise(made, other, compute),
      first,
    );
  };
}

function ofEach(compute: (x: number) => number): Fold {
  return (node) => {
    const { shape, data, whole } = node.known(0);
    return { shape, data: data.map(compute), whole };
  };
}

function elementwise(
  a: KnownValue,
  b: KnownValue,
  compute: (a: number, b: number) => number,
): KnownValue | undefined {
  const shape = broadcastShapes(a.shape, b.shape);
  if (shape === undefined) throw new Error(`${shapeText(a.shape)} and ${shapeText(b.shape)} do not fit`);
  const [first, second] = [spread(a, shape), spread(b, shape)];
  if (first === undefined || second === undefined) return undefined;
  const data = Float64Array.from(first, (x, i) => compute(x, second[i] ?? NaN));
  const whole = a.whole && b.whole;
  return { shape, data: whole ? data : Float32Array.from(data), whole };
}

/** The elements of a value that is one number, or has this shape already; undefined for others. */
function spread({ data }: KnownValue, shape: readonly number[]): KnownValue["data"] | undefined {
  const count = elementCount(shape);
  if (data.length === count) return data;
  return data.length === 1 ? new Float64Array(count).fill(data[0] ?? NaN) : undefined;
}

/** To the type that `to` names; whole numbers lose what stands behind the point. */
function cast(node: ImportedNode): KnownValue {
  const { shape, data } = node.known(0);
  switch (node.int("to")) {
    case DataType.FLOAT:
    case DataType.FLOAT16:
    case DataType.BFLOAT16:
      return { shape, data: Float32Array.from(data), whole: false };
    case DataType.DOUBLE:
      return { shape, data: Float64Array.from(data), whole: false };
    case DataType.BOOL:
      return { shape, data: Float64Array.from(data, (x) => Number(x !== 0)), whole: true };
    default:
      return { shape, data: Float64Array.from(data, Math.trunc), whole: true };
  }
}

function constantOfShape(node: ImportedNode): KnownValue {
  const shape = [...node.known(0).data];
  const value = node.value("value");
  const data = new Float64Array(elementCount(shape)).fill(value?.data[0] ?? 0);
  return { shape, data, whole: value?.whole ?? false };
}

function range(node: ImportedNode): KnownValue {
  const [start = 0, limit = 0, step = 1] = [0, 1, 2].map((position) => node.known(position).data[0]);
  const count = Math.max(0, Math.ceil((limit - start) / step));
  return knownList(Array.from({ length: count }, (_, i) => start + i * step));
}
