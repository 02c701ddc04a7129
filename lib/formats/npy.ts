/**
 * NumPy's .npy files: one array of numbers with its shape, little endian, in C order.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @module
 */
import { RunError } from "../errors.ts";

/** The typed arrays that an .npy file is read into. */
export type NpyData = Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array;

/** An array of any number of axes, row-major. `shape` [] is a single number. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: NpyData;
}

/** What a file's `descr` says about its elements. */
interface ElementType {
  readonly bytes: number;
  readonly read: (buffer: ArrayBuffer) => NpyData;
}

const elementTypes: Readonly<Record<string, ElementType>> = {
  "<f4": { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  "<f8": { bytes: 8, read: (buffer) => new Float64Array(buffer) },
  "|u1": { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
  "<i4": { bytes: 4, read: (buffer) => new Int32Array(buffer) },
  "<i8": { bytes: 8, read: (buffer) => new BigInt64Array(buffer) },
};

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

function descrOf(data: NpyData): string {
  if (data instanceof Float32Array) return "<f4";
  if (data instanceof Float64Array) return "<f8";
  if (data instanceof Uint8Array) return "|u1";
  if (data instanceof Int32Array) return "<i4";
  return "<i8";
}

/** Number of elements of an array of this shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Reads an .npy file of format version 1, 2 or 3.
 * @param where the file's name, for error messages
 * Throws a RunError when the bytes are not such a file, are cut short, or hold another type or order of elements.
 */
export function decodeNpy(bytes: Uint8Array, where = "array"): NpyArray {
  const { header, dataStart } = readHeader(bytes, where);
  const descr = headerField(header, /'descr'\s*:\s*('[^']*'|\[.*\])\s*[,}]/, "descr", where).replaceAll(
    "'",
    "",
  );
  const order = headerField(header, /'fortran_order'\s*:\s*(True|False)\s*[,}]/, "fortran_order", where);
  const shapeText = headerField(header, /'shape'\s*:\s*\(([^()]*)\)\s*[,}]/, "shape", where);

  const type = elementTypes[descr];
  if (type === undefined) {
    throw new RunError(
      `${where}: elements are of type ${descr}; read are ${Object.keys(elementTypes).join(", ")}`,
    );
  }
  if (order === "True") throw new RunError(`${where}: the array is in Fortran order; C order is read`);

  const shape = parseShape(shapeText, where);
  const expected = elementCount(shape) * type.bytes;
  const found = bytes.length - dataStart;
  if (found !== expected) {
    throw new RunError(
      `${where}: an array of shape [${
        shape.join(", ")
      }] and type ${descr} has ${expected} bytes, found ${found}`,
    );
  }
  const aligned = new Uint8Array(expected);
  aligned.set(bytes.subarray(dataStart));
  return { shape, data: type.read(aligned.buffer) };
}

/** Writes an .npy file of format version 1 (of version 2 when the header is longer than 65,535 bytes). */
export function encodeNpy(array: NpyArray): Uint8Array<ArrayBuffer> {
  if (elementCount(array.shape) !== array.data.length) {
    throw new Error(`shape [${array.shape.join(", ")}] does not fit ${array.data.length} elements`);
  }
  const header = npyHeader(array.shape, array.data);
  const bytes = new Uint8Array(header.length + array.data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength), header.length);
  return bytes;
}

/** What stands before the elements of an array of this shape, whose elements are of the kind of `data`. */
export function npyHeader(shape: readonly number[], data: NpyData): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${descrOf(data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const short = dictionary.length + 64 < 0xffff;
  const lengthBytes = short ? 2 : 4;
  const prefix = magic.length + 2 + lengthBytes;
  const dataStart = Math.ceil((prefix + dictionary.length + 1) / 64) * 64;
  const header = dictionary.padEnd(dataStart - prefix - 1) + "\n";

  const bytes = new Uint8Array(dataStart);
  bytes.set(magic);
  bytes[6] = short ? 1 : 2;
  const view = new DataView(bytes.buffer);
  if (short) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), prefix);
  return bytes;
}

function readHeader(bytes: Uint8Array, where: string): { header: string; dataStart: number } {
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new RunError(`${where}: not an .npy file`);
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw new RunError(`${where}: .npy format version ${version} is not known; versions 1 to 3 are read`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerStart = version === 1 ? 10 : 12;
  const dataStart = headerStart + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataStart > bytes.length) {
    throw new RunError(
      `${where}: cut short: the header should end at byte ${dataStart}, the file has ${bytes.length}`,
    );
  }
  // Versions 1 and 2 are Latin-1; the names that could tell it from UTF-8 occur only in structured types, which are refused.
  return { header: new TextDecoder().decode(bytes.subarray(headerStart, dataStart)), dataStart };
}

function headerField(header: string, pattern: RegExp, name: string, where: string): string {
  const found = header.match(pattern)?.[1];
  if (found === undefined) {
    throw new RunError(`${where}: the .npy header has no readable '${name}': ${header.trim()}`);
  }
  return found;
}

function parseShape(text: string, where: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  const shape = parts.map((part) => /^\d+L?$/.test(part) ? parseInt(part, 10) : NaN);
  if (!Number.isSafeInteger(elementCount(shape) * 8)) {
    throw new RunError(`${where}: the .npy header's shape (${text}) is not readable`);
  }
  return shape;
}
