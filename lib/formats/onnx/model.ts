/**
 * ONNX models as values, and as the bytes that engines read.
 *
 * `onnx_pb.ts` beside this file is generated and never edited. It comes from `onnx.proto` of the pip package onnx 1.23.2
 * (Apache-2.0) by protoc of grpcio-tools 1.85.1 with the npm package @bufbuild/protoc-gen-es 2.17.0:
 *
 *     pip install onnx==1.23.2 grpcio-tools==1.85.1 && npm install @bufbuild/protoc-gen-es@2.17.0
 *     cp $(python -c "import onnx, os; print(os.path.dirname(onnx.__file__))")/onnx.proto .
 *     python -m grpc_tools.protoc -I. --plugin=protoc-gen-es=node_modules/.bin/protoc-gen-es \
 *       --es_out=lib/formats/onnx --es_opt=target=ts,import_extension=none onnx.proto
 * @module
 */
import { create, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "./onnx_pb.ts";

export { DataType };
export type { ModelProto, NodeProto, TensorProto, ValueInfoProto };

/** The value of a node's attribute. ONNX keeps whole and real numbers apart. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly string: string };

/** Attributes by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** Version 8 of the format and version 18 of the operators: all that we use, and what older readers know too. */
const versions = { format: 8n, operators: 18n };

/** A float32 tensor that is part of a model. The bytes are those of `data`, not a copy. */
export function floatTensor(name: string, shape: readonly number[], data: Float32Array): TensorProto {
  return tensor(name, DataType.FLOAT, shape, data);
}

/** A float16 tensor that is part of a model. The bytes are those of `data`, not a copy. */
export function halfTensor(name: string, shape: readonly number[], data: Float16Array): TensorProto {
  return tensor(name, DataType.FLOAT16, shape, data);
}

/** An int64 tensor that is part of a model: shapes, axes and indices. */
export function integerTensor(
  name: string,
  shape: readonly number[],
  values: readonly number[],
): TensorProto {
  return tensor(name, DataType.INT64, shape, BigInt64Array.from(values, BigInt));
}

/** One operation of a model. An input "" stands for an optional one that is left out. */
export function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes = {},
): NodeProto {
  return create(NodeProtoSchema, {
    opType: type,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  });
}

/** The declaration of a float32 input or output of a model. */
export function floatValue(name: string, shape: readonly number[]): ValueInfoProto {
  const dim = shape.map((length) => ({ value: { case: "dimValue" as const, value: BigInt(length) } }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "tensorType", value: { elemType: DataType.FLOAT, shape: { dim } } } },
  });
}

/** What a model is made of. Nodes stand in an order in which they can be computed. */
export interface ModelParts {
  readonly name: string;
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
  readonly initializers: readonly TensorProto[];
  readonly nodes: readonly NodeProto[];
}

/** The bytes of a model, as an .onnx file holds them. */
export function encodeModel({ name, inputs, outputs, initializers, nodes }: ModelParts): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: versions.format,
    producerName: "metamer",
    opsetImport: [{ domain: "", version: versions.operators }],
    graph: {
      name,
      input: [...inputs],
      output: [...outputs],
      initializer: [...initializers],
      node: [...nodes],
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function tensor(
  name: string,
  dataType: DataType,
  shape: readonly number[],
  { buffer, byteOffset, byteLength }: Float32Array | Float16Array | BigInt64Array,
): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType,
    dims: shape.map(BigInt),
    rawData: new Uint8Array(buffer, byteOffset, byteLength),
  });
}

function attribute(name: string, value: Attribute): AttributeProto {
  if ("int" in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value.int) });
  }
  if ("ints" in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.ints.map(BigInt) });
  }
  if ("float" in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  }
  const s = new TextEncoder().encode(value.string);
  return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s });
}
