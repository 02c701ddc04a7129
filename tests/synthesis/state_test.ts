import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeZip, encodeZip } from "../../lib/formats/zip.ts";
import { decodeState, encodeState, type TransitionState } from "../../lib/synthesis/state.ts";
import { noiseFrame } from "./tiny_models.ts";

const state: TransitionState = {
  frame: -3,
  octaveIndex: 1,
  iteration: 2,
  moving: noiseFrame(1, 4, 6),
  multipliers: { spatial_texture: 1.25e-4, temporal_texture: 0, total_variation: 2e4 },
  startLosses: { spatial_texture: 8e7, total_variation: 0.5 },
  optimizer: {
    name: "adam",
    state: { adam_m: Float64Array.of(1e-300, -2, 0.1), adam_v: Float64Array.of(0, 1, 1 / 3) },
  },
  earlier: [{ octave: -2, iterations: 40, of: 100, ended: "plateau" }],
  history: [
    { losses: { spatial_texture: 8e7, total_variation: 0.5 }, gradientStd: 4e-11, clippedShare: 0.25 },
    { losses: { spatial_texture: 7e7, total_variation: 0.4 }, gradientStd: 3e-11, clippedShare: 0 },
  ],
};
const basis = {
  previous: "sha256 of the frame before",
  sizes: [{ height: 2, width: 3 }, { height: 4, width: 6 }],
};
const origin = {
  engine: "onnxruntime 1.30.0 cpu",
  threads: 2,
  convolution: "winograd",
  arithmetic: 2,
} as const;

Deno.test("a state is read back as it was written", () => {
  assert.deepEqual(decodeState(encodeState(state, basis, origin)), { state, basis, origin });
});

Deno.test("a state without any iteration is read back as it was written", () => {
  const fresh = { ...state, iteration: 0, history: [], optimizer: { name: "descent", state: {} } };
  assert.deepEqual(decodeState(encodeState(fresh, basis, origin))?.state, fresh);
});

Deno.test("a state of a first frame names no frame before", () => {
  const { sizes } = basis;
  assert.deepEqual(decodeState(encodeState(state, { sizes }, origin))?.basis, { sizes });
});

Deno.test("a state in which any byte was changed is not read, or reads the same", () => {
  const bytes = encodeState(state, basis, origin);
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] ?? 0) ^ by;
    const found = decodeState(damaged);
    // Dates and attributes in the archive's directory say nothing about the state.
    if (found !== undefined) assert.deepEqual(found, { state, basis, origin });
  }));
});

Deno.test("a state of before there was Winograd's algorithm was computed with direct convolutions, by the first arithmetic", () => {
  const entries = decodeZip(encodeState(state, basis, origin), "state");
  const { convolution: _, arithmetic: __, ...older } = JSON.parse(
    new TextDecoder().decode(entries["state.json"]),
  );
  const bytes = encodeZip(
    { ...entries, "state.json": new TextEncoder().encode(JSON.stringify(older)) },
    { compress: false },
  );
  assert.deepEqual(decodeState(bytes), {
    state,
    basis,
    origin: { ...origin, convolution: "direct", arithmetic: 1 },
  });
});

Deno.test("a state that was cut short is not read", () => {
  const bytes = encodeState(state, basis, origin);
  assert.equal(decodeState(bytes.subarray(0, bytes.length / 2)), undefined);
  assert.equal(decodeState(new Uint8Array()), undefined);
});

Deno.test("a state of another version is not read", () => {
  const entries = decodeZip(encodeState(state, basis, origin));
  const text = new TextDecoder().decode(entries["state.json"]);
  const changed = new TextEncoder().encode(text.replace('"v":1', '"v":2'));
  assert.notEqual(new TextDecoder().decode(changed), text);
  assert.equal(decodeState(encodeZip({ ...entries, "state.json": changed }, { compress: false })), undefined);
});
