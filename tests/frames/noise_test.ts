import assert from "node:assert/strict";
import fc from "fast-check";
import { philox4x32 } from "../../lib/frames/philox.ts";
import { noisePurposes, uniformNoise, uniformValues } from "../../lib/frames/noise.ts";

function philox(counter: [number, number, number, number], key: [number, number]): string {
  const out = new Uint32Array(4);
  philox4x32(out, ...key, ...counter);
  return [...out].map((word) => word.toString(16).padStart(8, "0")).join(" ");
}

Deno.test("philox4x32() gives the published known answers of Random123", () => {
  assert.equal(philox([0, 0, 0, 0], [0, 0]), "6627e8d5 e169c58d bc57ac4c 9b00dbd8");
  const ones = 0xffffffff;
  assert.equal(philox([ones, ones, ones, ones], [ones, ones]), "408f276d 41c83b0e a20bc7c6 6d5451fd");
  assert.equal(
    philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  );
});

Deno.test("uniformValues() are the words of Philox, their upper 24 bits as fractions", () => {
  const values = uniformValues({ seed: 0, frame: 0, purpose: "firstFrame" }, 3);
  assert.deepEqual([...values], [0x6627e8 / 2 ** 24, 0xe169c5 / 2 ** 24, 0xbc57ac / 2 ** 24]);
});

Deno.test("a negative frame stands for its two's complement", () => {
  const words = new Uint32Array(4);
  philox4x32(words, 7, 0, 0, 0xfffffffb, noisePurposes.blend, 0);
  const [first] = uniformValues({ seed: 7, frame: -5, purpose: "blend" }, 1);
  assert.equal(first, (words[0]! >>> 8) / 2 ** 24);
});

Deno.test("seed, frame, purpose and position each decide the noise; its size does not", () => {
  const key = { seed: 3, frame: 2, purpose: "firstStart" } as const;
  const noise = uniformNoise(key, 4, 5);
  assert.deepEqual(uniformNoise(key, 2, 5).data, noise.data.subarray(0, 30));
  for (const other of [{ ...key, seed: 4 }, { ...key, seed: 3 + 2 ** 32 }, { ...key, frame: 3 }]) {
    assert.notDeepEqual(uniformNoise(other, 4, 5).data, noise.data);
  }
  assert.notDeepEqual(uniformNoise({ ...key, purpose: "blend" }, 4, 5).data, noise.data);
  assert.equal(new Set(noise.data).size, noise.data.length);
});

Deno.test("uniform noise has the moments of U(0, 1)", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: -20, max: 1000 }), (seed, frame) => {
      const { data } = uniformNoise({ seed, frame, purpose: "blend" }, 60, 60);
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
      assert.ok(data.every((value) => value >= 0 && value < 1));
      assert.ok(Math.abs(mean - 0.5) < 0.02, `mean ${mean}`);
      assert.ok(Math.abs(variance - 1 / 12) < 0.006, `variance ${variance}`);
    }),
    { numRuns: 20 },
  );
});
