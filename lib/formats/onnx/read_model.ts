/**
 * ONNX files of somebody else: read with all that can be known to be wrong with them before an engine opens them.
 * @module
 */
import { fromBinary } from "@bufbuild/protobuf";
import { RunError } from "../../errors.ts";
import { DataType, type ModelProto, type TensorProto } from "./model.ts";
import { ModelProtoSchema, TensorProto_DataLocation as DataLocation } from "./onnx_pb.ts";

/** The graph of a model that was read. */
export type ModelGraph = NonNullable<ModelProto["graph"]>;

/** A model that was read. */
export interface ReadModel {
  readonly model: ModelProto;
  readonly graph: ModelGraph;
}

/** Bits of an element, of the types whose numbers stand one after the other. */
const bitsOf: Readonly<Record<number, number>> = {
  [DataType.FLOAT]: 32,
  [DataType.UINT8]: 8,
  [DataType.INT8]: 8,
  [DataType.UINT16]: 16,
  [DataType.INT16]: 16,
  [DataType.INT32]: 32,
  [DataType.INT64]: 64,
  [DataType.BOOL]: 8,
  [DataType.FLOAT16]: 16,
  [DataType.DOUBLE]: 64,
  [DataType.UINT32]: 32,
  [DataType.UINT64]: 64,
  [DataType.BFLOAT16]: 16,
};

/**
 * Reads a model. The tensors' bytes are those of the file, not copies.
 * @param where the file's name, for error messages
 * Throws a RunError when the bytes are no model, are cut short, or when a tensor has other bytes than its shape says.
 */
export function readModel(bytes: Uint8Array, where: string): ReadModel {
  const model = parse(bytes, where);
  const { graph } = model;
  if (graph === undefined || graph.node.length === 0) {
    throw new RunError(`${where} is not an ONNX model: it has no graph`);
  }
  for (const tensor of graph.initializer) requireWhole(tensor, where);
  return { model, graph };
}

function parse(bytes: Uint8Array, where: string): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    const reason = cause instanceof RangeError ? ", or cut short" : "";
    throw new RunError(`${where} is not an ONNX model${reason}`, { cause });
  }
}

/** True when a tensor's numbers are in another file. */
export function isExternal({ dataLocation }: TensorProto): boolean {
  return dataLocation === DataLocation.EXTERNAL;
}

/** A shape that promises more than there is would have an engine reserve that much. */
function requireWhole(tensor: TensorProto, where: string): void {
  const { name, dims, dataType, rawData } = tensor;
  const bits = bitsOf[dataType];
  if (isExternal(tensor) || bits === undefined) return;
  const elements = dims.reduce((product, length) => product * length, 1n);
  if (elements < 0n || dims.some((length) => length < 0n)) {
    throw new RunError(`${where}: ${name} has the shape [${dims.join(", ")}]: the file is damaged`);
  }
  if (rawData.length > 0) {
    const expected = elements * BigInt(bits) / 8n;
    if (expected === BigInt(rawData.length)) return;
    throw new RunError(
      `${where}: ${name} should have ${expected} bytes and has ${rawData.length}: the file is damaged`,
    );
  }
  const { floatData, int32Data, int64Data, doubleData, uint64Data } = tensor;
  const found = [floatData, int32Data, int64Data, doubleData, uint64Data].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  if (elements === BigInt(found)) return;
  throw new RunError(
    `${where}: ${name} should have ${elements} numbers and has ${found}: the file is damaged`,
  );
}
