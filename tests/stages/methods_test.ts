import assert from "node:assert/strict";
import type { Facts, Json, Methods, VideoFacts } from "../../lib/plan/stage_kind.ts";
import { kindNamed, stageKinds } from "../../lib/stages/table.ts";

const clip: VideoFacts = { height: 36, width: 64, frames: 12, fps: "25/1" };

/** What is known of videos, by role and name. */
function facts(names: Readonly<Record<string, string>>, details?: Json): Facts {
  const inspected = details === undefined ? {} : { inspected: { digests: {}, details } };
  const videos = Object.fromEntries(Object.keys(names).map((role) => [role, clip]));
  return { videos, models: {}, names, ...inspected };
}

/** How a stage of these settings is made, as its manifest says it. */
function told(name: string, settings: Readonly<Record<string, unknown>>, facts: Facts): Methods {
  const configured = kindNamed(name).configure(settings);
  if (!("stage" in configured)) throw new Error(JSON.stringify(configured.issues));
  const methods = configured.stage.methods(facts);
  if (methods === undefined) throw new Error(`${name} says nothing`);
  return methods;
}

const ofOne = facts({ video: "natural", "color_transfer.video": "street" });
const inList = { "videos.0": "natural", "videos.1": "metamer" };
const ofSet = facts({ video: "natural", ...inList });
const labeled = { "videos.0.natural.0": "natural", "videos.1.seeds.0": "metamer[seed=1]" };
const cited = {
  id: "writer2020",
  type: "article",
  authors: ["Writer, A."],
  title: "A net",
  in: "Journal of nets",
  year: 2020,
} as const;
const network = networkOf("Writer, A net, 2020.");
const publishedNetwork = networkOf(cited);

function networkOf(citation: Json): Facts {
  return facts(inList, {
    kind: "model",
    name: "net.onnx",
    input: {
      name: "x",
      layout: "NCHW",
      frames: 1,
      stride: 1,
      size: [224, 224],
      channels: "rgb",
      range: [0, 1],
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    layers: { early: "maxpool" },
    citation,
    license: "MIT",
  });
}

const video = "natural";
const videos = ["natural", "metamer"];
const model = "net.onnx";

/** Every kind that measures or makes, with settings that reach its sentences. */
const stages: readonly (readonly [string, Readonly<Record<string, unknown>>, Facts])[] = [
  ["phase_scramble", { video }, ofOne],
  ["phase_scramble", { video, steps: "clip", mode: "replace", color_transfer: "none" }, ofOne],
  ["frame_shuffle", { video, seed: 3 }, ofOne],
  ["reverse", { video }, ofOne],
  ["block_scramble", { video, block: 8 }, ofOne],
  ["block_scramble", { video, block: { height: 8, width: 8, frames: 4 }, blocks: "space_time" }, ofOne],
  ["diffeomorphic", { video }, ofOne],
  ["equalize", { video, videos, spectrum: "rotational", mean: 0.5 }, ofSet],
  ["equalize", { video, videos, match: "histogram", channels: "separate" }, ofSet],
  ["features", { videos: ["natural", { seeds: "metamer" }] }, facts(labeled)],
  [
    "features",
    { videos: ["natural", { seeds: "metamer" }] },
    facts({ ...labeled, "videos.1.seeds.0.1": "metamer[seed=2]" }),
  ],
  ["ssim", { videos }, facts(inList)],
  ["similarity", { videos, model, layers: { early: "maxpool" } }, network],
  ["rdm", { videos, model, layers: { early: "maxpool" } }, network],
  ["readout", { videos, model }, network],
  ["activations", { videos, model, layers: { early: "maxpool" } }, network],
  ["similarity", { videos, model, layers: { early: "maxpool" } }, publishedNetwork],
  ["rdm", { videos, model, layers: { early: "maxpool" } }, publishedNetwork],
  ["readout", { videos, model }, publishedNetwork],
  ["activations", { videos, model, layers: { early: "maxpool" } }, publishedNetwork],
  ["prediction", { videos, context: 4 }, facts(inList)],
  ["predicted_frames", { video, context: 4 }, ofOne],
];

for (const [name, settings, known] of stages) {
  Deno.test(`${name} says how it was made, and cites what it names: ${JSON.stringify(settings)}`, () => {
    const { made, details, citations } = told(name, settings, known);
    assert.match(made, /^made (from|by) .*natural/);
    assert.doesNotMatch(made, /[.]$/);
    for (const sentence of details) assert.match(sentence, /^[A-Z].*[^.]\.$/);
    const text = [made, ...details].join(" ");
    assert.doesNotMatch(text, /undefined|\[object|NaN/);
    const named = [...text.matchAll(/@(\w+)/g)].map(([, id]) => id);
    assert.deepEqual([...new Set(named)].sort(), citations.map(({ id }) => id).sort());
  });
}

Deno.test("every kind that makes or measures something says how, but synthesis and match, which have goals to tell of", () => {
  const tested = new Set([...stages.map(([name]) => name), "synthesis", "match", "report"]);
  assert.deepEqual(stageKinds.map(({ name }) => name).filter((name) => !tested.has(name)), []);
});

Deno.test("a phase-scrambled clip reads like the paper's", () => {
  const { made, details } = told("phase_scramble", { video: "natural" }, ofOne);
  assert.equal(made, "made from natural by scrambling its phases and keeping its amplitudes [@greco2025]");
  assert.deepEqual(details, [
    "First random angles were added to the phases of each frame's two-dimensional spectrum, the same for all frames.",
    "Then random angles were added to the phases of the whole clip's three-dimensional spectrum.",
    "Red, green and blue had angles of their own.",
    "Each frame was given the color distribution of street, and then its own gradients back [@pitie2007].",
    "The seed of the angles was 1.",
  ]);
});

Deno.test("a model's publication is cited where its JSON gives it as data, told in words where it is text, and else not", () => {
  const readout = (known: Facts) => told("readout", { videos, model }, known);
  const asked = "made by asking the model net.onnx";
  assert.match(readout(publishedNetwork).made, new RegExp(`^${asked} \\[@writer2020\\] for`));
  assert.deepEqual(readout(publishedNetwork).citations, [cited]);
  assert.match(readout(network).made, new RegExp(`^${asked} for`));
  assert(readout(network).details.includes("It is that of Writer, A net, 2020."));
  assert(!readout(networkOf("")).details.join(" ").includes("It is that of"));
});

Deno.test("bootstrap intervals are told of only where a condition has several videos", () => {
  const ids = (known: Facts) =>
    told("features", { videos: ["natural", { seeds: "metamer" }] }, known).citations.map(({ id }) => id);
  assert(!ids(facts(labeled)).includes("efron1993"));
  assert(ids(facts({ ...labeled, "videos.1.seeds.0.1": "metamer[seed=2]" })).includes("efron1993"));
});

Deno.test("a video of predictions says of which frames its own are predictions", () => {
  const { details } = told("predicted_frames", { video, context: 4 }, ofOne);
  assert.equal(details.at(-1), "Frame t is the prediction of frame t + 4 of natural.");
});

Deno.test("the model's own weights of PredNet have but a name, and kernels of Theano are told of whosever they are", () => {
  for (const own of [{}, { weights: "w.hdf5" }]) {
    const settings = { videos, context: 4, kernels: "theano", ...own };
    const whose = "weights" in own ? "weights of our own" : "weights named prednet_kitti";
    const [sentence = ""] = told("prediction", settings, facts(inList)).details;
    assert.ok(
      sentence.includes(`with ${whose} (kernels of Theano, turned by 180 degrees) predicted`),
      sentence,
    );
    const configured = kindNamed("prediction").configure(settings);
    assert.ok("stage" in configured);
    assert.equal(
      configured.stage.deviations(facts(inList)).at(-1),
      "PredNet's kernels were read as those that Theano learned",
    );
  }
});
