import assert from "node:assert/strict";
import fc from "fast-check";
import { isHashedBy, keyOf } from "../../lib/plan/key.ts";
import { keyed, keyedLast, synthesisOf } from "./workflows.ts";

const plain = "seed: 1";

Deno.test("keyOf() is the kind and the sha256 of the canonical JSON", () => {
  const { key, hashed } = keyOf({
    v: 1,
    kind: "x",
    format: 2,
    settings: { b: 1.0, a: "ü" },
    inputs: {},
    models: {},
  });
  assert.equal(hashed, '{"format":2,"inputs":{},"kind":"x","models":{},"settings":{"a":"ü","b":1},"v":1}');
  // printf '%s' '{"format":...}' | sha256sum
  assert.equal(key, "x-52f6f46454b4dcb2");
});

Deno.test("keys don't depend on the order of keys", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    const record = (settings: { readonly [key: string]: unknown }) => (
      {
        v: 1,
        kind: "x",
        format: 1,
        settings: JSON.parse(JSON.stringify(settings)),
        inputs: {},
        models: {},
      } as const
    );
    assert.deepEqual(keyOf(record({ a, b })), keyOf(record({ b, a })));
  }));
});

Deno.test("a key does not hold names, titles, comments, folders or the order in which things stand", async () => {
  const { key } = await keyedLast(synthesisOf(plain));
  const others = [
    synthesisOf(plain, { name: "renamed" }),
    synthesisOf(plain, { clip: "elsewhere/street_64x96_12.mp4, license: CC0, source: here, group: town" }),
    `title: Another title\n# A comment\nrun: { threads: 7 }\n${synthesisOf(plain)}`,
    synthesisOf("frames: 4, seed: 1"),
    synthesisOf(
      "seed: 1, octaves: paper, padding: { order: mirrored, frames: 5 }, blend: { 0: 0.95, 5: 0.95 }",
    ),
    synthesisOf(plain).replaceAll("clip", "natural"),
    synthesisOf(plain).replace("spatial_texture: clip", "spatial_texture: [{ video: clip, share: 9 }]"),
    synthesisOf(plain).replace(
      "spatial_texture: clip",
      "spatial_texture: { video: clip, layers: [conv5_1, conv4_1, conv3_1, conv2_1, conv1_1] }",
    ),
  ];
  for (const text of others) assert.equal((await keyedLast(text)).key, key, text);
});

Deno.test("10 frames today become 120 tomorrow: the number of frames is in no key, neither of a synthesis nor of its videos", async () => {
  const few = await keyed(synthesisOf(plain), { frames: 6 });
  const many = await keyed(synthesisOf(plain), { frames: 12 });
  assert.deepEqual(few.map(({ key }) => key), many.map(({ key }) => key));
  const fewer = await keyed(synthesisOf(plain, { clip: "street_64x96_12.mp4, frames: 8" }));
  assert.deepEqual(fewer.map(({ key }) => key), many.map(({ key }) => key));
});

Deno.test("a target that repeats itself is in the key with its number of frames", async () => {
  const loop = (frames: number) =>
    synthesisOf("seed: 1, color_transfer: none").replace(
      "temporal_texture: other",
      "temporal_texture: { video: other, length: loop }",
    )
      .replace("other_64x96_30.mp4", `other_64x96_30.mp4, frames: ${frames}`);
  assert.notEqual((await keyedLast(loop(8))).key, (await keyedLast(loop(9))).key);
});

Deno.test("what the video of colors does after its last frame is in the key, and with it its number of frames", async () => {
  // Colors do as the target of the same name does; `same` is the clip under another name.
  const text = (colors: string, length: string, frames = 8) => `
metamer: 1
videos:
  clip: { file: clip_64x96_30.mp4, frames: ${frames} }
  same: { file: clip_64x96_30.mp4, frames: ${frames} }
stages:
  out:
    kind: synthesis
    frames: 6
    targets: { spatial_texture: { video: clip, length: ${length} } }
    color_transfer: ${colors}
`;
  const keyed = async (...choice: Parameters<typeof text>) => await keyedLast(text(...choice));
  for (const length of ["loop", "pingpong", "hold"]) {
    assert.notEqual((await keyed("clip", length)).key, (await keyed("same", length)).key, length);
  }
  assert.equal((await keyed("clip", "strict")).key, (await keyed("same", "strict")).key);

  const colorsOf = async (frames: number) =>
    JSON.parse((await keyed("clip", "loop", frames)).hashed).settings.color_transfer;
  assert.deepEqual(await colorsOf(8), { variant: "pdf_regrain", length: { loop: 8 } });
  assert.deepEqual(await colorsOf(9), { variant: "pdf_regrain", length: { loop: 9 } });
});

/** Every setting of a synthesis that decides bytes, with a value that is not the default. */
const deciding: readonly string[] = [
  "seed: 2",
  "height: 60",
  "width: 120",
  "octaves: fast",
  "octaves: authors_script",
  "octaves: { scale: 1.4, steps: [{ octave: -2 }, { octave: -1 }, { octave: 0 }] }",
  "octaves: { steps: [{ octave: -2 }, { octave: -1 }, { octave: 0, scale: 1.4 }] }",
  "octaves: { steps: [{ octave: -2, iterations: 251 }, { octave: -1 }, { octave: 0 }] }",
  "octaves: { steps: [{ octave: -2 }, { octave: -1, learning_rate: 0.004 }, { octave: 0 }] }",
  "octaves: { steps: [{ octave: -2 }, { octave: -1 }, { octave: 0, total_variation: 0 }] }",
  "octaves: { steps: [{ octave: -2 }, { octave: -1 }, { octave: 0, temporal: 0.5 }] }",
  "octaves: { steps: [{ octave: -2 }, { octave: -1 }] }",
  "octaves: { steps: [{ octave: -2, iterations: { 0: 250, 5: 300 } }, { octave: -1 }, { octave: 0 }] }",
  "blend: 0.9",
  "blend: { 0: 0.95, 5: 0.9 }",
  "padding: 4",
  "padding: 0",
  "padding: { order: forward }",
  "start_from: gray",
  "start_from: target",
  "start_from: clip",
  "start_from: other",
  "color_transfer: none",
  "color_transfer: other",
  "color_transfer: { video: clip, variant: pdf }",
  "color_transfer: { video: clip, variant: mean_std_lab }",
  "balance: target",
  "balance: none",
  "normalization: paper",
  "resample: cascade",
  "precision: float16",
  "optimizer: adam",
  "optimizer: { adam: { beta1: 0.8 } }",
  "optimizer: { adam: { beta2: 0.9 } }",
  "optimizer: { adam: { epsilon: 1e-6 } }",
  "optimizer: { descent: { normalize_gradient: false } }",
  "optimizer: { descent: { normalize_gradient: per_channel } }",
  ...[
    "spatial_texture: clip",
    "temporal_texture: clip",
    "spatial_content: clip",
    "temporal_content: clip",
    "spatial_texture: clip, temporal_texture: clip",
    "spatial_texture: other, temporal_texture: clip",
    "spatial_texture: { video: clip, weight: 2 }, temporal_texture: other",
    "spatial_texture: { video: clip, weight: { 0: 1, 5: 2 } }, temporal_texture: other",
    "spatial_texture: { video: clip, layers: all }, temporal_texture: other",
    "spatial_texture: { video: clip, layers: [conv1_1] }, temporal_texture: other",
    "spatial_texture: { video: clip, layers: { conv1_1: 2 } }, temporal_texture: other",
    "spatial_texture: [clip, other], temporal_texture: other",
    "spatial_texture: [other, clip], temporal_texture: other",
    "spatial_texture: [clip, { video: other, share: 2 }], temporal_texture: other",
    "spatial_texture: clip, temporal_texture: { video: other, length: hold }",
    "spatial_texture: clip, temporal_texture: { video: other, length: pingpong }",
  ].map((targets) => `color_transfer: clip, targets: { ${targets} }`),
];

Deno.test("every setting that decides bytes is in the key", async () => {
  const keys = new Map([[(await keyedLast(synthesisOf(plain))).key, plain]]);
  for (const stage of deciding) {
    const text = stage.includes("targets:")
      ? synthesisOf(stage).replace("targets: { spatial_texture: clip, temporal_texture: other }, ", "")
      : synthesisOf(stage);
    const { key } = await keyedLast(text);
    assert.equal(keys.get(key), undefined, `${stage} has the key of ${keys.get(key)}`);
    keys.set(key, stage);
  }
});

Deno.test("temporal terms that weigh as much as ever leave the key as it is", async () => {
  const octaves =
    "octaves: { steps: [{ octave: -2 }, { octave: -1 }, { octave: 0, temporal: { 0: 1, 9: 1 } }] }";
  assert.equal((await keyedLast(synthesisOf(octaves))).key, (await keyedLast(synthesisOf(plain))).key);
});

Deno.test("a precision that is written out and the usual one leaves the key as it is", async () => {
  const { key } = await keyedLast(synthesisOf(plain));
  assert.equal((await keyedLast(synthesisOf("seed: 1, precision: float32"))).key, key);
});

Deno.test("every setting of the schema was walked", async () => {
  const { hashed } = await keyedLast(synthesisOf(plain));
  const { settings } = JSON.parse(hashed);
  const walked = deciding.join("\n");
  for (const name of Object.keys(settings)) assert.match(walked, new RegExp(`\\b${name}:`));
});

Deno.test("weights and the files that are read are in the key", async () => {
  const { key } = await keyedLast(synthesisOf(plain));
  const weights = new Map(
    ["vgg19", "msoe"].map((name) => [name, { sha256: `other ${name}`, official: false }]),
  );
  assert.notEqual((await keyedLast(synthesisOf(plain), { weights })).key, key);
  assert.notEqual((await keyedLast(synthesisOf(plain, { clip: "water_64x96_12.mp4" }))).key, key);
});

Deno.test("a model that no term uses is neither needed nor in the key", async () => {
  const spatialOnly = (streams: string) =>
    synthesisOf(`streams: { temporal: ${streams} }`).replace(", temporal_texture: other", "");
  const { models, key } = await keyedLast(spatialOnly("msoe"));
  assert.deepEqual(models.map(({ name }) => name), ["vgg19"]);
  assert.equal((await keyedLast(spatialOnly("vgg19"))).key, key);
});

/** What is said of a video that decides its bytes. */
const decoding = [
  "height: 60",
  "width: 120",
  "fit: crop",
  "fit: pad",
  "fps: 30",
  "color: gray",
  "start: 1",
  "step: 2",
];

Deno.test("every setting of decoding that decides bytes is in the video's key", async () => {
  const keyOfClip = async (clip: string) => (await keyed(synthesisOf(plain, { clip })))[0]?.key;
  const keys = new Set([await keyOfClip("street_64x96_12.mp4")]);
  for (const choice of decoding) {
    const key = await keyOfClip(`street_64x96_12.mp4, ${choice}`);
    assert.equal(keys.has(key), false, choice);
    keys.add(key);
  }
});

Deno.test("a key tells the text that it is the hash of from the same text with a damaged byte", async () => {
  const { key, hashed } = await keyedLast(synthesisOf(plain));
  assert.equal(isHashedBy(key, hashed), true);
  assert.equal(isHashedBy(key, hashed.replace("synthesis", "synthesiz")), false);
  assert.equal(isHashedBy(key, hashed.slice(0, -1)), false);
});
