/**
 * Operators that treat each element alone.
 * @module
 */
import { DataType } from "../../../formats/onnx/model.ts";
import { broadcastShapes } from "../../../graph/broadcasting.ts";
import type { Tensor } from "../../../graph/graph.ts";
import {
  absolute,
  add,
  divide,
  erf,
  exp,
  maximum,
  minimum,
  multiply,
  negate,
  relu,
  scalar,
  sigmoid,
  sign,
  square,
  squareRoot,
  subtract,
  tanh,
} from "../../../graph/operations.ts";
import type { ImportedNode, ImportOperator } from "../imported_node.ts";
import { type ImportedValue, isKnown } from "../value.ts";

/** Operators by ONNX's name. */
export const elementwiseOperators: Readonly<Record<string, ImportOperator>> = {
  Relu: ofOne(relu),
  Sigmoid: ofOne(sigmoid),
  Tanh: ofOne(tanh),
  Erf: ofOne(erf),
  Exp: ofOne(exp),
  Sqrt: ofOne(squareRoot),
  Neg: ofOne(negate),
  Abs: ofOne(absolute),
  Sign: ofOne(sign),
  Reciprocal: ofOne((x) => divide(scalar(x.graph, 1), x)),
  Identity: ofOne((x) => x),
  Dropout: ofOne((x) => x),
  Cast: cast,
  Add: ofTwo(add),
  Sub: ofTwo(subtract),
  Mul: ofTwo((a, b) => a.id === b.id ? square(a) : multiply(a, b)),
  Div: ofTwo(divide),
  Max: ofTwo(maximum),
  Min: ofTwo(minimum),
  Pow: power,
  Clip: clip,
  // The derivative at 0 is the slope of what lies below, as in PyTorch.
  LeakyRelu: ofOne((x, node) => leaky(x, node.float("alpha") ?? 0.01)),
  PRelu: (node) => made(node, leaky(node.tensor(0), node.tensor(1))),
  Elu: ofOne((x, node) => add(relu(x), multiply(subtract(exp(minimum(x, 0)), 1), node.float("alpha") ?? 1))),
  HardSigmoid: ofOne((x, node) => hardSigmoid(x, node.float("alpha") ?? 0.2, node.float("beta") ?? 0.5)),
  HardSwish: ofOne((x) => multiply(x, hardSigmoid(x, 1 / 6, 0.5))),
  Gelu: ofOne((x, node) => node.string("approximate") === "tanh" ? geluByTanh(x) : gelu(x)),
};

/** A result whose channels are where those of the inputs are. */
function made(node: ImportedNode, tensor: Tensor): readonly ImportedValue[] {
  const computed = node.inputs.flatMap((value) => value === undefined || isKnown(value) ? [] : [value]);
  const like = computed.find((value) => value.tensor.shape.length === tensor.shape.length);
  return [{ tensor, ...(like?.channels !== undefined && { channels: like.channels }) }];
}

function ofOne(build: (x: Tensor, node: ImportedNode) => Tensor): ImportOperator {
  return (node) => made(node, build(node.tensor(0), node));
}

function ofTwo(build: (a: Tensor, b: Tensor) => Tensor): ImportOperator {
  return (node) => {
    const [first, ...others] = node.inputs.map((_, position) => node.tensor(position));
    if (first === undefined) throw new Error(`${node.op} lacks its inputs`);
    return made(node, others.reduce(build, first));
  };
}

const realTypes: ReadonlySet<number | undefined> = new Set([
  DataType.FLOAT,
  DataType.DOUBLE,
  DataType.FLOAT16,
  DataType.BFLOAT16,
]);

/** "Cast to int64", where what depends on the frames cannot be cast so; undefined where it can. */
export function unsupportedCast(to: number | undefined): string | undefined {
  if (realTypes.has(to)) return undefined;
  return `Cast to ${DataType[to ?? DataType.UNDEFINED]?.toLowerCase() ?? `type ${to}`}`;
}

/** Numbers stay float32, whichever real type they are cast to; whole numbers and truth values have no gradient. */
function cast(node: ImportedNode): readonly ImportedValue[] {
  const unsupported = unsupportedCast(node.int("to"));
  if (unsupported !== undefined) {
    throw new Error(`${unsupported} of what depends on the frames is not supported`);
  }
  return made(node, node.tensor(0));
}

/** The powers that have operations here: 2, 3, 0.5, 1, -1 and -0.5. */
function power(node: ImportedNode): readonly ImportedValue[] {
  const x = node.tensor(0);
  const [exponent, ...more] = node.known(1).data;
  const inverse = (y: Tensor) => divide(scalar(x.graph, 1), y);
  const powers = new Map([
    [2, () => square(x)],
    [3, () => multiply(square(x), x)],
    [0.5, () => squareRoot(x)],
    [1, () => x],
    [-1, () => inverse(x)],
    [-0.5, () => inverse(squareRoot(x))],
  ]);
  const build = powers.get(exponent ?? NaN);
  if (build === undefined || more.length > 0) {
    throw new Error(`Pow with the exponent ${[exponent, ...more].join(", ")} is not supported`);
  }
  return made(node, build());
}

function clip(node: ImportedNode): readonly ImportedValue[] {
  const limit = (position: number, name: string) => node.list(position)?.[0] ?? node.float(name);
  const [lowest, highest] = [limit(1, "min"), limit(2, "max")];
  const x = node.tensor(0);
  const raised = lowest === undefined ? x : lowest === 0 ? relu(x) : maximum(x, lowest);
  return made(node, highest === undefined ? raised : minimum(raised, highest));
}

function leaky(x: Tensor, slope: number | Tensor): Tensor {
  const below = minimum(x, 0);
  if (typeof slope !== "number" && broadcastShapes(x.shape, slope.shape) === undefined) {
    throw new Error("PRelu with slopes that do not fit is not supported");
  }
  return add(relu(x), multiply(below, slope));
}

function hardSigmoid(x: Tensor, alpha: number, beta: number): Tensor {
  return minimum(relu(add(multiply(x, alpha), beta)), 1);
}

/** x times the share of a normal distribution below x. */
export function gelu(x: Tensor): Tensor {
  return multiply(multiply(x, add(erf(multiply(x, Math.SQRT1_2)), 1)), 0.5);
}

function geluByTanh(x: Tensor): Tensor {
  const inner = multiply(add(x, multiply(multiply(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return multiply(multiply(x, add(tanh(inner), 1)), 0.5);
}
