import assert from "node:assert/strict";
import type { Facts } from "../../../lib/plan/stage_kind.ts";
import { synthesisKind } from "../../../lib/stages/synthesis/kind.ts";
import { synthesisSchema } from "../../../lib/stages/synthesis/schema.ts";

const clip = { height: 360, width: 640, frames: 12, fps: "25/1" };
const model = {
  layers: ["a", "b"],
  defaultTextureLayers: ["a"],
  defaultContentLayers: ["b"],
  smallestSide: 16,
};
const facts: Facts = {
  videos: {
    "targets.spatial_texture.mixture.0.video": clip,
    "targets.temporal_texture.mixture.0.video": { ...clip, height: 100, width: 100, frames: 30 },
    "color_transfer.video": clip,
  },
  models: {
    "streams.spatial": { ...model, name: "vgg19", stream: "spatial" },
    "streams.temporal": { ...model, name: "msoe", stream: "temporal" },
  },
};

const read = (value: object) =>
  synthesisSchema.parse({ targets: { spatial_texture: "clip", temporal_texture: "clip" }, ...value });

Deno.test("references are named by where they stand", () => {
  const roles = synthesisKind.references(read({ start_from: "other" })).map((
    { path, name, wants },
  ) => [path.join("."), name, wants]);
  assert.deepEqual(roles, [
    ["streams.spatial", "vgg19", "model"],
    ["streams.temporal", "msoe", "model"],
    ["targets.spatial_texture.mixture.0.video", "clip", "video"],
    ["targets.temporal_texture.mixture.0.video", "clip", "video"],
    ["start_from", "other", "video"],
    ["color_transfer.video", "clip", "video"],
  ]);
});

Deno.test("the frames have the size of the first target, or a set one that keeps its shape", () => {
  const made = (value: object) => synthesisKind.makes(read(value), facts);
  assert.deepEqual(made({}), { made: "video", video: clip });
  assert.deepEqual(made({ height: 90 }), { made: "video", video: { ...clip, height: 90, width: 160 } });
  assert.deepEqual(made({ width: 320 }), { made: "video", video: { ...clip, height: 180, width: 320 } });
  assert.deepEqual(made({ height: 90, width: 90, frames: 5 }), {
    made: "video",
    video: { ...clip, height: 90, width: 90, frames: 5 },
  });
});

Deno.test("a clip of two frames is too short for five frames of padding, and long enough for none or one", () => {
  const two = { ...clip, frames: 2 };
  const short: Facts = {
    ...facts,
    videos: Object.fromEntries(Object.keys(facts.videos).map((role) => [role, two])),
  };
  const problems = (padding: unknown) => {
    const found: string[] = [];
    synthesisKind.check(
      read({ padding, color_transfer: "clip" }),
      short,
      (path, { code }) => found.push(`${path.join(".")}: ${code}`),
    );
    return found;
  };
  assert.deepEqual(problems(5), [
    "targets.spatial_texture.mixture.0.video: too_few_frames",
    "targets.temporal_texture.mixture.0.video: too_few_frames",
  ]);
  for (const padding of [0, 1, { frames: 1, order: "forward" }]) assert.deepEqual(problems(padding), []);
});

Deno.test("deviations state every choice in which paper and authors' code differ", () => {
  const defaults = synthesisKind.deviations(read({}), facts);
  assert.deepEqual(defaults, [
    "losses balanced to 1e4 at each octave's start (in the authors' code, not in the paper)",
    "losses normalized as in the authors' code (the paper's equations have other constants)",
    "targets of each octave resized from full size, as in the paper's formula (the authors' code resizes those of the octave before)",
    "padding runs backwards into frame 0 (the authors' code pads forward)",
    "gradient divided by its standard deviation without the 1e-8 that the authors' code adds",
  ]);
});

Deno.test("each setting that departs from the paper is stated", () => {
  const defaults = synthesisKind.deviations(read({}), facts);
  const departing = [
    { balance: "none" },
    { normalization: "paper" },
    { resample: "cascade" },
    { padding: 4 },
    { padding: 0 },
    { optimizer: "adam" },
    { optimizer: "lbfgs" },
    { optimizer: { descent: { normalize_gradient: false } } },
    { octaves: "fast" },
    { blend: 1 },
    { start_from: "gray" },
    { color_transfer: "none" },
    { color_transfer: { video: "clip", variant: "pdf" } },
    { streams: { spatial: "steerable" } },
    { targets: { spatial_texture: { video: "clip", layers: "all" }, temporal_texture: "clip" } },
    { targets: { spatial_texture: "clip" } },
    { targets: { temporal_texture: "clip" } },
  ];
  for (const value of departing) {
    const stated = synthesisKind.deviations(read(value), facts).filter((sentence) =>
      !defaults.includes(sentence)
    );
    assert.notDeepEqual(stated, [], JSON.stringify(value));
  }
});

Deno.test("iterations that change over the clip are stated with their frames", () => {
  const stated = synthesisKind.deviations(read({ octaves: "fast" }), facts);
  const octaves = stated.find((sentence) => sentence.startsWith("octaves and iterations"));
  assert.match(
    octaves ?? "",
    /-2: 100 at frame -4 to 0 at frame -3 to 0 at frame -2, .* 0: 300 at frame -4 to 170 at frame -3 to 140 at frame -2, 0: 0 at /,
  );
  assert.ok(stated.includes(
    "weights of the temporal terms differ between octaves (0: times 1 at frame -4 to 1.6 at frame -3 to 2 at frame -2, 0: times 1 at frame -4 to 2.2 at frame -3 to 3 at frame -2; the paper's do not)",
  ));
});

Deno.test("a stream without a term is a deviation, whatever its model, and is not written", () => {
  const settings = read({ targets: { spatial_texture: "clip" }, streams: { temporal: "steerable" } });
  const stated = synthesisKind.deviations(settings, facts).filter((sentence) =>
    /temporal|steerable/.test(sentence)
  );
  assert.deepEqual(stated, ["no temporal term (the paper has spatial and temporal ones)"]);
  assert.partialDeepStrictEqual(synthesisKind.write(settings), { streams: { spatial: "vgg19" } });
  assert.doesNotMatch(JSON.stringify(synthesisKind.write(settings)), /steerable/);
});

Deno.test("layers that are the same because frames are small are stated, at the sizes of the octaves", () => {
  const small = { ...model, layers: ["a", "b", "c", "d"], repeatsBelow: { c: 200, d: 400 } };
  const octaves = {
    scale: 2,
    steps: [-1, 0].map((octave) => (
      { octave, iterations: 1, learning_rate: 1, total_variation: 0 }
    )),
  };
  const of = (layers: unknown) => {
    const settings = read({ octaves, targets: { spatial_texture: { video: "clip", layers } } });
    const models = {
      ...facts.models,
      "streams.spatial": { ...small, name: "small", stream: "spatial" } as const,
    };
    return synthesisKind.deviations(settings, { ...facts, models }).filter((text) => text.startsWith("at "));
  };
  assert.deepEqual(of("all"), [
    "at 180 x 320 small's c and d are its b",
    "at 360 x 640 small's d is its c",
  ]);
  assert.deepEqual(of(["a", "b", "c"]), ["at 180 x 320 small's c is its b"]);
});

Deno.test("the model's own layers are written out, and are no deviation when they are read again", () => {
  const settings = read({});
  const written = synthesisKind.write(settings, facts);
  assert.partialDeepStrictEqual(written, {
    targets: { spatial_texture: { layers: { a: 1 } }, temporal_texture: { layers: { a: 1 } } },
  });
  const again = synthesisSchema.parse(written);
  assert.deepEqual(synthesisKind.deviations(again, facts), synthesisKind.deviations(settings, facts));
  assert.deepEqual(synthesisKind.keyed(again, facts), synthesisKind.keyed(settings, facts));
});

Deno.test("stop rules are in the key, the deviations and the written settings where there are some, and else in none", () => {
  const without = read({});
  assert.ok(!("stop" in without));
  assert.doesNotMatch(JSON.stringify(synthesisKind.keyed(without, facts)), /stop/);
  assert.doesNotMatch(JSON.stringify(synthesisKind.write(without)), /stop/);
  const stop = { residual: 0.02, plateau: { iterations: 1, improvement: 0.01 } };
  const ruled = read({ stop });
  const { stop: keyed, ...others } = Object(synthesisKind.keyed(ruled, facts));
  assert.deepEqual(keyed, { ...stop, minimum: 0 });
  assert.deepEqual(others, synthesisKind.keyed(without, facts));
  assert.deepEqual(synthesisSchema.parse(synthesisKind.write(ruled)), ruled);
  const stated = (value: object) =>
    synthesisKind.deviations(read({ stop: value }), facts).filter((text) => text.includes("stop early"));
  assert.deepEqual(stated(stop), [
    "octaves may stop early: once the mean residual of each term's layers is at most 0.02, or once the lowest weighted " +
    "loss has fallen by at most 1 % in 1 iteration (the paper does all iterations)",
  ]);
  assert.deepEqual(stated({ residual: 0.5, minimum: 30 }), [
    "octaves may stop early: once the mean residual of each term's layers is at most 0.5, but not before 30 " +
    "iterations (the paper does all iterations)",
  ]);
});
