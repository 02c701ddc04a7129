import assert from "node:assert/strict";
import fc from "fast-check";
import { keyOf } from "../../lib/plan/key.ts";
import { describeReason, explainChange, type Reason } from "../../lib/plan/reason.ts";

function hashed(settings: unknown, { inputs = {}, models = {}, format = 1, kind = "x" } = {}): string {
  return keyOf({ v: 1, kind, format, settings: JSON.parse(JSON.stringify(settings)), inputs, models }).hashed;
}

Deno.test("explainChange() names each changed setting by its path", () => {
  const before = hashed({ seed: 1, octaves: [{ iterations: 10 }, { iterations: 20 }], blend: 1 });
  const now = hashed({ seed: 2, octaves: [{ iterations: 10 }, { iterations: 30 }], padding: 5 });
  assert.deepEqual(explainChange(before, now), [
    { reason: "setting", path: "blend", from: 1 },
    { reason: "setting", path: "octaves.1.iterations", from: 20, to: 30 },
    { reason: "setting", path: "seed", from: 1, to: 2 },
    { reason: "setting", path: "padding", to: 5 },
  ]);
});

Deno.test("explainChange() names inputs and models by the names that they have now", () => {
  const before = hashed({}, { inputs: { "targets.a": "k1" }, models: { "streams.spatial": "s1" } });
  const now = hashed({}, { inputs: { "targets.a": "k2" }, models: { "streams.spatial": "s2" }, format: 2 });
  const names = { "targets.a": "street", "streams.spatial": "vgg19" };
  assert.deepEqual(explainChange(before, now, names), [
    { reason: "format", from: 1, to: 2 },
    { reason: "input", role: "targets.a", name: "street" },
    { reason: "model", role: "streams.spatial", name: "vgg19" },
  ]);
});

Deno.test("there is a reason exactly when the keys differ", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    const [before, now] = [hashed({ a }), hashed({ a: b })];
    assert.equal(explainChange(before, now).length === 0, before === now);
    assert.deepEqual(explainChange(now, now), []);
  }));
});

Deno.test("every reason has a sentence", () => {
  const reasons: readonly Reason[] = [
    { reason: "new" },
    { reason: "setting", path: "seed", from: 1, to: 2 },
    { reason: "setting", path: "blend", to: { 0: 1 } },
    { reason: "input", role: "targets.a", name: "street" },
    { reason: "model", role: "streams.spatial" },
    { reason: "format", from: 1, to: 2 },
    { reason: "kind", from: "x", to: "y" },
    { reason: "frames", finished: 6, wanted: 12 },
    { reason: "damaged", file: "frames/000003.npy" },
    { reason: "setting", path: "files.file", from: "0123456789abcdef", to: "fedcba9876543210" },
    { reason: "forced" },
  ];
  assert.deepEqual(reasons.map(describeReason), [
    "not made yet",
    "seed changed from 1 to 2",
    'blend changed from nothing to {"0":1}',
    "the video at targets.a (street) changed",
    "the weights of the model at streams.spatial changed",
    "this version computes it differently (format 1 became 2)",
    "its kind changed from x to y",
    "6 of 12 frames are finished",
    "frames/000003.npy is damaged",
    "the content of its file changed (sha256 01234567... to fedcba98...)",
    "made again by --force",
  ]);
});
