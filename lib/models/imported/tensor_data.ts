/**
 * The numbers of an ONNX file's tensors.
 * @module
 */
import { join } from "node:path";
import { RunError } from "../../errors.ts";
import { DataType, type TensorProto } from "../../formats/onnx/model.ts";
import { isExternal } from "../../formats/onnx/read_model.ts";
import type { KnownValue } from "./value.ts";

/** Reads the bytes of a tensor that lie in another file. */
export type ReadExternal = (tensor: TensorProto) => Uint8Array;

/** Types whose numbers are whole. */
const wholeTypes: ReadonlySet<number> = new Set([
  DataType.INT64,
  DataType.INT32,
  DataType.INT16,
  DataType.INT8,
  DataType.UINT8,
  DataType.UINT16,
  DataType.UINT32,
  DataType.BOOL,
]);

/**
 * A tensor's numbers; float32 stays so, everything else becomes float64 or, of other real types, float32.
 * @param where the file's name, for error messages
 * Throws a RunError for types that hold no numbers, and when external data is cut short.
 */
export function knownValueOf(tensor: TensorProto, where: string, external: ReadExternal): KnownValue {
  const shape = tensor.dims.map(Number);
  const whole = wholeTypes.has(tensor.dataType);
  const bytes = isExternal(tensor) ? external(tensor) : tensor.rawData;
  const listed = [tensor.floatData, tensor.int32Data, tensor.int64Data, tensor.doubleData, tensor.uint64Data]
    .find(({ length }) => length > 0);
  const data = bytes.length > 0 || listed === undefined
    ? numbersOf(bytes, tensor.dataType)
    : listedNumbers(listed, tensor.dataType);
  if (data === undefined) {
    throw new RunError(
      `${where}: ${tensor.name} has numbers of a type that is not supported (${tensor.dataType})`,
    );
  }
  const elements = shape.reduce((product, length) => product * length, 1);
  if (data.length !== elements) {
    throw new RunError(`${where}: ${tensor.name} should have ${elements} numbers and has ${data.length}`);
  }
  return { shape, data, whole };
}

function numbersOf(bytes: Uint8Array, type: number): KnownValue["data"] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const each = (size: number, read: (at: number) => number) =>
    Float64Array.from({ length: bytes.length / size }, (_, i) => read(i * size));
  switch (type) {
    case DataType.FLOAT: {
      // Copied where the file has put it beside a boundary of four bytes.
      const { buffer, byteOffset, byteLength } = byteOffset4(bytes);
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    }
    case DataType.DOUBLE:
      return each(8, (at) => view.getFloat64(at, true));
    case DataType.FLOAT16:
      return Float32Array.from(each(2, (at) => halfFloat(view.getUint16(at, true))));
    case DataType.BFLOAT16:
      return Float32Array.from(each(2, (at) => fromBits(view.getUint16(at, true) << 16)));
    case DataType.INT64:
      return each(8, (at) => Number(view.getBigInt64(at, true)));
    case DataType.INT32:
      return each(4, (at) => view.getInt32(at, true));
    case DataType.UINT32:
      return each(4, (at) => view.getUint32(at, true));
    case DataType.INT16:
      return each(2, (at) => view.getInt16(at, true));
    case DataType.UINT16:
      return each(2, (at) => view.getUint16(at, true));
    case DataType.INT8:
      return each(1, (at) => view.getInt8(at));
    case DataType.UINT8:
    case DataType.BOOL:
      return each(1, (at) => view.getUint8(at));
    default:
      return undefined;
  }
}

/** Numbers that stand in lists: halves as their bits. */
function listedNumbers(listed: readonly (number | bigint)[], type: number): KnownValue["data"] {
  const numbers = listed.map(Number);
  if (type === DataType.FLOAT) return Float32Array.from(numbers);
  if (type === DataType.FLOAT16) return Float32Array.from(numbers, halfFloat);
  if (type === DataType.BFLOAT16) return Float32Array.from(numbers, (bits) => fromBits(bits << 16));
  return Float64Array.from(numbers);
}

function byteOffset4(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function fromBits(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setInt32(0, bits);
  return view.getFloat32(0);
}

/** Reads external data out of files in the model's folder, each of them once. */
export async function readExternalFiles(
  tensors: readonly TensorProto[],
  folder: string,
): Promise<ReadExternal> {
  const files = new Map<string, Uint8Array>();
  for (const tensor of tensors.filter(isExternal)) {
    const { location } = externalPlace(tensor);
    if (!files.has(location)) files.set(location, await Deno.readFile(join(folder, location)));
  }
  return (tensor) => {
    const { location, offset, length } = externalPlace(tensor);
    const bytes = files.get(location);
    const end = length === undefined ? bytes?.length ?? 0 : offset + length;
    if (bytes === undefined || end > bytes.length) {
      throw new RunError(`${location} is cut short: ${tensor.name} ends at byte ${end}`);
    }
    return bytes.subarray(offset, end);
  };
}

function externalPlace({ externalData }: TensorProto) {
  const about = new Map(externalData.map(({ key, value }) => [key, value]));
  const length = about.get("length");
  return {
    location: about.get("location") ?? "",
    offset: Number(about.get("offset") ?? 0),
    ...(length !== undefined && { length: Number(length) }),
  };
}
