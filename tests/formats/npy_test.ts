import assert from "node:assert/strict";
import fc from "fast-check";
import { RunError } from "../../lib/errors.ts";
import { decodeNpy, elementCount, encodeNpy, type NpyArray, type NpyData } from "../../lib/formats/npy.ts";

const makers: readonly ((length: number, seed: number) => NpyData)[] = [
  (length, seed) => Float32Array.from({ length }, (_, i) => (i + 1) / seed),
  (length, seed) => Float64Array.from({ length }, (_, i) => -(i + 1) / seed),
  (length, seed) => Uint8Array.from({ length }, (_, i) => i * seed),
  (length, seed) => Int32Array.from({ length }, (_, i) => -i * seed),
  (length, seed) => BigInt64Array.from({ length }, (_, i) => -BigInt(i) * 3n ** BigInt(seed % 20)),
];

const arrays: fc.Arbitrary<NpyArray> = fc.record({
  shape: fc.array(fc.nat(5), { maxLength: 5 }),
  maker: fc.constantFrom(...makers),
  seed: fc.integer({ min: 1, max: 1000 }),
}).map(({ shape, maker, seed }) => ({ shape, data: maker(elementCount(shape), seed) }));

/** A file with this header, padded or not. */
function npyFile(header: string, data: Uint8Array, version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version === 1
    ? [text.length & 255, text.length >> 8]
    : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    version,
    0,
    ...length,
    ...text,
    ...data,
  ]);
}

const floatHeader = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
const twoFloats = new Uint8Array(Float32Array.of(1, -2).buffer);

Deno.test("decodeNpy() gives back what encodeNpy() was given, for all types and shapes", () => {
  fc.assert(fc.property(arrays, (array) => {
    assert.deepEqual(decodeNpy(encodeNpy(array)), array);
  }));
});

Deno.test("encodeNpy() starts the data at a multiple of 64 and ends the header with a line feed", () => {
  fc.assert(fc.property(arrays, (array) => {
    const bytes = encodeNpy(array);
    const dataStart = bytes.length - array.data.byteLength;
    assert.equal(dataStart % 64, 0);
    assert.equal(bytes[dataStart - 1], 10);
  }));
});

Deno.test("encodeNpy() writes NumPy's own bytes", () => {
  const bytes = encodeNpy({ shape: [2, 3], data: new Uint8Array(6) });
  const header = new TextDecoder("latin1").decode(bytes.subarray(10, 128));
  assert.equal(header, "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117) + "\n");
});

Deno.test("encodeNpy() refuses a shape that does not fit", () => {
  assert.throws(() => encodeNpy({ shape: [2], data: new Float32Array(3) }), /\[2\] does not fit 3/);
});

Deno.test("decodeNpy() reads versions 1, 2 and 3, whatever the header's order, padding and Python", () => {
  const headers = [floatHeader, "{'shape':(2L,),'descr':'<f4','fortran_order':False}"];
  for (const version of [1, 2, 3]) {
    for (const header of headers) {
      assert.deepEqual(decodeNpy(npyFile(header, twoFloats, version)).data, Float32Array.of(1, -2));
    }
  }
});

Deno.test("decodeNpy() reads an array that lies at an odd address", () => {
  const bytes = encodeNpy({ shape: [2], data: Float64Array.of(0.5, 7) });
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  assert.deepEqual(decodeNpy(moved.subarray(3)).data, Float64Array.of(0.5, 7));
});

Deno.test("decodeNpy() says what it found when it cannot read an array", () => {
  const cases: readonly [Uint8Array, RegExp][] = [
    [new TextEncoder().encode("not an array at all"), /frame\.npy: not an \.npy file/],
    [npyFile(floatHeader, twoFloats, 9), /version 9/],
    [npyFile(floatHeader.replace("<f4", ">f4"), twoFloats), /of type >f4/],
    [npyFile(floatHeader.replace("'<f4'", "[('a', '<f4')]"), twoFloats), /of type \[\(a, <f4\)\]/],
    [npyFile(floatHeader.replace("False", "True"), twoFloats), /Fortran order/],
    [npyFile(floatHeader.replace("(2,)", "(-2,)"), twoFloats), /shape \(-2,\) is not readable/],
    [npyFile(floatHeader.replace("(2,)", "(99999999, 99999999)"), twoFloats), /not readable/],
    [npyFile(floatHeader.replace("'shape'", "'form'"), twoFloats), /no readable 'shape'/],
    [npyFile(floatHeader, twoFloats.subarray(1)), /has 8 bytes, found 7/],
  ];
  for (const [bytes, message] of cases) {
    assert.throws(() => decodeNpy(bytes, "frame.npy"), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("decodeNpy() throws a RunError for a file cut short anywhere", () => {
  const bytes = encodeNpy({ shape: [2, 2], data: new Float32Array(4) });
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => decodeNpy(bytes.subarray(0, length)), RunError);
  }
});
