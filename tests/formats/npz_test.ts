import assert from "node:assert/strict";
import fc from "fast-check";
import { RunError } from "../../lib/errors.ts";
import { decodeNpz, encodeNpz, npzArray } from "../../lib/formats/npz.ts";
import { decodeZip, encodeZip } from "../../lib/formats/zip.ts";
import { sharedPath } from "../shared_data.ts";

const example = {
  frame: { shape: [3, 50], data: Float32Array.from({ length: 150 }, (_, i) => i % 7) },
  count: { shape: [], data: BigInt64Array.of(12n) },
};

Deno.test("decodeNpz() gives back what encodeNpz() was given", () => {
  fc.assert(fc.property(
    fc.dictionary(fc.stringMatching(/^[\w.]{1,12}$/), fc.float32Array({ maxLength: 50 })),
    fc.boolean(),
    (values, compress) => {
      const arrays = Object.fromEntries(
        Object.entries(values).map(([name, data]) => [name, { shape: [data.length], data }]),
      );
      const decoded = decodeNpz(encodeNpz(arrays, { compress }));
      assert.deepEqual({ ...decoded }, arrays);
    },
  ));
});

Deno.test("encodeNpz() writes the same bytes for the same arrays, and fewer when it compresses", () => {
  const bytes = encodeNpz(example, { compress: true });
  assert.deepEqual(encodeNpz(example, { compress: true }), bytes);
  assert.ok(bytes.length < encodeNpz(example, { compress: false }).length);
});

Deno.test("decodeNpz() throws a RunError for an archive cut short anywhere", () => {
  for (const compress of [true, false]) {
    const bytes = encodeNpz(example, { compress });
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => decodeNpz(bytes.subarray(0, length), "state.npz"), RunError);
    }
  }
});

Deno.test("decodeZip() never gives other data than were written, whatever bit of them is flipped", () => {
  const data = Uint8Array.from({ length: 40 }, (_, i) => i);
  for (const compress of [true, false]) {
    const whole = encodeZip({ data }, { compress });
    let noticed = 0;
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      try {
        const found = decodeZip(damaged, "state.npz").data;
        if (found !== undefined) assert.deepEqual(found, data, `byte ${at}`);
      } catch (error) {
        assert.ok(error instanceof RunError, String(error));
        noticed++;
      }
    }
    assert.ok(noticed > data.length);
  }
});

Deno.test("decodeZip() never fails otherwise than with a RunError, whatever byte is changed", () => {
  const whole = encodeNpz(example, { compress: true });
  fc.assert(fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
    const damaged = whole.slice();
    damaged[at] = (damaged[at] ?? 0) ^ difference;
    try {
      decodeZip(damaged);
    } catch (error) {
      assert.ok(error instanceof RunError, String(error));
    }
  }));
});

Deno.test("npzArray() lists the names there are when one is missing", () => {
  assert.equal(npzArray(example, "count", "state.npz"), example.count);
  assert.throws(
    () => npzArray(example, "frames", "state.npz"),
    /state\.npz: no array 'frames'; there are frame, count/,
  );
});

const golden = sharedPath("golden/paper_norm.npz");
Deno.test({
  name: "decodeNpz() reads what NumPy wrote, with its 0-dimensional arrays",
  ignore: golden === undefined,
  fn: () => {
    const arrays = decodeNpz(Deno.readFileSync(golden ?? ""), "paper_norm.npz");
    assert.deepEqual(npzArray(arrays, "loss_sc", "paper_norm.npz").shape, []);
    assert.deepEqual(npzArray(arrays, "ss_layers", "paper_norm.npz").shape, [5]);
  },
});
