/**
 * What an ONNX model is without its numbers: inputs, outputs, the names of all that it computes, and the files beside it.
 * @module
 */
import { DataType, type ValueInfoProto } from "./model.ts";
import { isExternal, type ModelGraph } from "./read_model.ts";

/** A length along an axis; null where the model takes any. */
export type AxisLength = number | null;

/** A value that goes into a model or comes out of it. */
export interface ModelValue {
  readonly name: string;
  /** "float32", "int64" ...: as NumPy calls them, and `type 17` for others. */
  readonly type: string;
  /** Undefined where the model does not say it. */
  readonly shape: readonly AxisLength[] | undefined;
}

/** A model without its numbers. */
export interface ModelOutline {
  /** What has to be given; weights are not among it. */
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly string[];
  /** Shapes of what comes out and of what lies between, where the model says them. */
  readonly shapes: Readonly<Record<string, readonly AxisLength[]>>;
  /** The names of all that nodes compute, in the order of computation. */
  readonly tensors: readonly string[];
  /** The kinds of operations, each once, with their domain where it is not ONNX's own. */
  readonly operations: readonly string[];
  /** Files with weights, relative to the model's folder, and how many bytes of each are read. */
  readonly externalFiles: Readonly<Record<string, number>>;
}

const typeNames: Readonly<Record<number, string>> = {
  [DataType.FLOAT]: "float32",
  [DataType.DOUBLE]: "float64",
  [DataType.FLOAT16]: "float16",
  [DataType.BFLOAT16]: "bfloat16",
  [DataType.UINT8]: "uint8",
  [DataType.INT8]: "int8",
  [DataType.INT32]: "int32",
  [DataType.INT64]: "int64",
  [DataType.BOOL]: "bool",
  [DataType.STRING]: "string",
};

/** The outline of a graph that was read. */
export function outlineOf(graph: ModelGraph): ModelOutline {
  const weights = new Set(graph.initializer.map(({ name }) => name));
  return {
    inputs: graph.input.filter(({ name }) => !weights.has(name)).map(describeValue),
    outputs: graph.output.map(({ name }) => name),
    shapes: Object.fromEntries(
      [...graph.valueInfo, ...graph.output].map(describeValue).flatMap(({ name, shape }) =>
        shape === undefined ? [] : [[name, shape]]
      ),
    ),
    tensors: graph.node.flatMap(({ output }) => output.filter((name) => name !== "")),
    operations: [...new Set(graph.node.map(({ opType, domain }) => domain ? `${domain}.${opType}` : opType))],
    externalFiles: externalFilesOf(graph),
  };
}

function describeValue({ name, type }: ValueInfoProto): ModelValue {
  if (type?.value.case !== "tensorType") return { name, type: "no tensor", shape: undefined };
  const { elemType, shape } = type.value.value;
  return {
    name,
    type: typeNames[elemType] ?? `type ${elemType}`,
    shape: shape?.dim.map(({ value }): AxisLength => {
      // Exporters write 0 or -1 for what is open, too.
      return value.case === "dimValue" && value.value > 0n ? Number(value.value) : null;
    }),
  };
}

function externalFilesOf({ initializer }: ModelGraph): Record<string, number> {
  const files: Record<string, number> = {};
  for (const tensor of initializer.filter(isExternal)) {
    const about = Object.fromEntries(tensor.externalData.map(({ key, value }) => [key, value]));
    const { location = "", offset = "0", length = "0" } = about;
    files[location] = Math.max(files[location] ?? 0, Number(offset) + Number(length));
  }
  return files;
}
