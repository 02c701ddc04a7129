import assert from "node:assert/strict";
import fc from "fast-check";
import { synthesisKind } from "../../../lib/stages/synthesis/kind.ts";
import { synthesisSchema } from "../../../lib/stages/synthesis/schema.ts";
import { octaveSteps } from "../../../lib/synthesis/octaves.ts";

const read = (value: object) => synthesisSchema.parse({ targets: { spatial_texture: "clip" }, ...value });

Deno.test("every key left out has the paper's value", () => {
  assert.deepEqual(read({}), {
    streams: { spatial: "vgg19", temporal: "msoe" },
    targets: {
      spatial_texture: {
        weight: 1,
        layers: "default",
        targets: [{ video: "clip", share: 1, length: "strict" }],
      },
    },
    octaves: [
      { octave: -2, scale: 1.5, iterations: 250, learning_rate: 0.001, total_variation: 0.05 },
      { octave: -1, scale: 1.5, iterations: 750, learning_rate: 0.003, total_variation: 0.1 },
      { octave: 0, scale: 1.5, iterations: 1000, learning_rate: 0.005, total_variation: 0.5 },
    ],
    blend: 0.95,
    padding: { frames: 5, order: "mirrored" },
    start_from: "noise",
    color_transfer: { video: "clip", variant: "pdf_regrain" },
    balance: "initial",
    normalization: "reference",
    resample: "original",
    optimizer: { name: "descent", normalize_gradient: true },
    seed: 1,
  });
});

Deno.test("a preset may stand for the octaves", () => {
  const rows = (octaves: string) =>
    read({ octaves }).octaves.map((
      step,
    ) => [step.octave, step.scale, step.iterations, step.learning_rate, step.total_variation]);
  assert.deepEqual(read({ octaves: "paper" }), read({}));
  assert.deepEqual(rows("authors_script"), [
    [-2, 1.5, 2000, 0.001, 0.1],
    [-1, 1.5, 1000, 0.002, 0.1],
    [0, 1.5, 500, 0.005, 0.1],
  ]);
  const iterations = (octaves: string) =>
    read({ octaves }).octaves.reduce((sum, step) => sum + Number(step.iterations), 0);
  assert.deepEqual(["paper", "preview"].map(iterations), [2000, 200]);
  assert.ok(read({ octaves: "preview" }).octaves.every(({ octave }) => octave < -1));
});

Deno.test("fast takes the first frame through the octaves and all others twice through full size, by Adam", () => {
  for (const padding of [0, 1, 5]) {
    const { octaves, optimizer } = read({ octaves: "fast", padding });
    const first = padding === 0 ? 0 : 1 - padding;
    const visited = (frame: number) => octaveSteps(octaves, frame).map(({ octave }) => octave);
    assert.deepEqual(visited(first), [-2, -1, 0]);
    for (const later of [first + 1, first + 2, 100]) assert.deepEqual(visited(later), [0, 0]);
    assert.equal(optimizer.name, "adam");
  }
});

Deno.test("an optimizer that is named counts, whatever the octaves", () => {
  for (const octaves of ["paper", "fast", "preview"]) {
    assert.equal(read({ octaves, optimizer: "lbfgs" }).optimizer.name, "lbfgs");
    assert.equal(read({ octaves, optimizer: "descent" }).optimizer.name, "descent");
  }
  for (const octaves of ["paper", "preview", "authors_script", { steps: [{ octave: 0 }] }]) {
    assert.equal(read({ octaves }).optimizer.name, "descent");
  }
});

Deno.test("an octave of the paper has the paper's values where it leaves them out", () => {
  assert.deepEqual(
    read({ octaves: { scale: 2, steps: [{ octave: -1, iterations: 5 }, { octave: 0, scale: 3 }] } }).octaves,
    [
      { octave: -1, scale: 2, iterations: 5, learning_rate: 0.003, total_variation: 0.1 },
      { octave: 0, scale: 3, iterations: 1000, learning_rate: 0.005, total_variation: 0.5 },
    ],
  );
});

Deno.test("a term's target is a name, a map, a list, or a map with a mixture", () => {
  const term = (value: unknown) => read({ targets: { temporal_texture: value } }).targets.temporal_texture;
  const one = { weight: 1, layers: "default", targets: [{ video: "a", share: 1, length: "strict" }] };
  const two = [{ video: "a", share: 1, length: "strict" }, { video: "b", share: 0.5, length: "loop" }];
  assert.deepEqual(term("a"), one);
  assert.deepEqual(term({ video: "a" }), one);
  assert.deepEqual(term(["a"]), one);
  assert.deepEqual(term({ mixture: [{ video: "a", share: 0.3 }] }), one);
  assert.deepEqual(term(["a", { video: "b", share: 0.5, length: "loop" }]), { ...one, targets: two });
  assert.deepEqual(
    term({
      mixture: ["a", { video: "b", share: 0.5, length: "loop" }],
      weight: { 0: 1, 9: 0 },
      layers: ["x", "y"],
    }),
    {
      weight: { 0: 1, 9: 0 },
      layers: { x: 1, y: 1 },
      targets: two,
    },
  );
});

Deno.test("padding, optimizer and color transfer have short and long forms", () => {
  assert.deepEqual(read({ padding: 3 }).padding, { frames: 3, order: "mirrored" });
  assert.deepEqual(read({ padding: { order: "forward" } }).padding, { frames: 5, order: "forward" });
  assert.deepEqual(read({ optimizer: "adam" }).optimizer, {
    name: "adam",
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
  });
  assert.deepEqual(read({ optimizer: "lbfgs" }).optimizer, { name: "lbfgs", history: 10 });
  assert.deepEqual(read({ optimizer: { descent: { normalize_gradient: "per_channel" } } }).optimizer, {
    name: "descent",
    normalize_gradient: "per_channel",
  });
  assert.equal(read({ color_transfer: "none" }).color_transfer, "none");
  assert.deepEqual(read({ color_transfer: { video: "b", variant: "pdf" } }).color_transfer, {
    video: "b",
    variant: "pdf",
  });
});

Deno.test("colors come from the spatial texture's target, else the spatial content's, else from none", () => {
  const colors = (targets: object) => read({ targets }).color_transfer;
  assert.deepEqual(colors({ temporal_texture: "a", spatial_content: "b", spatial_texture: ["c", "d"] }), {
    video: "c",
    variant: "pdf_regrain",
  });
  assert.deepEqual(colors({ temporal_texture: "a", spatial_content: "b" }), {
    video: "b",
    variant: "pdf_regrain",
  });
  assert.equal(colors({ temporal_texture: "a" }), "none");
});

const number = fc.double({ min: 0.01, max: 1, noNaN: true });
const keyframes = fc.oneof(
  number,
  fc.dictionary(fc.nat(100).map(String), number, { minKeys: 1, maxKeys: 3 }),
);
const video = fc.constantFrom("a", "b", "c");
const item = fc.oneof(
  video,
  fc.record({ video, share: keyframes, length: fc.constantFrom("strict", "loop") }),
);
const term = fc.oneof(
  video,
  fc.array(item, { minLength: 1, maxLength: 3 }),
  fc.record({ video, weight: keyframes, layers: fc.constantFrom("all", ["x"], { x: 2 }) }, {
    requiredKeys: ["video"],
  }),
  fc.record({ mixture: fc.array(item, { minLength: 1, maxLength: 3 }), weight: keyframes }),
);
const step = fc.record({ octave: fc.integer({ min: -2, max: 0 }), learning_rate: keyframes }, {
  requiredKeys: ["octave"],
});
const settings = fc.record({
  targets: fc.dictionary(fc.constantFrom("spatial_texture", "spatial_content", "temporal_texture"), term, {
    minKeys: 1,
  }),
  octaves: fc.oneof(fc.constantFrom("paper", "fast"), fc.record({ steps: fc.array(step, { minLength: 1 }) })),
  blend: keyframes,
  padding: fc.oneof(fc.nat(9), fc.record({ frames: fc.nat(9) })),
  optimizer: fc.constantFrom(
    "descent",
    "adam",
    "lbfgs",
    { lbfgs: { history: 3 } },
    { adam: { beta1: 0.5 } },
    {
      descent: { normalize_gradient: false },
    },
  ),
  color_transfer: fc.oneof(fc.constant("none"), video),
  stop: fc.constantFrom(
    { residual: 0.1 },
    { plateau: { iterations: 20, improvement: 0.01 }, minimum: 30 },
    { residual: 0.1, plateau: { iterations: 5, improvement: 0 } },
  ),
  frames: fc.integer({ min: 1, max: 50 }),
  seed: fc.nat(),
}, { requiredKeys: ["targets"] });

Deno.test("settings that are written out and read again are the same settings", () => {
  fc.assert(fc.property(settings, (value) => {
    const read = synthesisSchema.parse(value);
    assert.deepEqual(synthesisSchema.parse(synthesisKind.write(read)), read);
  }));
});
