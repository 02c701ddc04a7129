import assert from "node:assert/strict";
import { formatProblem } from "../../lib/workflow/collector.ts";
import { load, loadGood } from "./language.ts";

const clips =
  "name,file,start,frames,group,license\nstreet,street_64x96_12.mp4,0,12,town,CC0\nwater,water_64x96_12.mp4,3,9,nature,\n";

const sweep = {
  "main.yaml": `
extends: base/main.yaml
videos:
  natural: null
  clips: { from: clips/clips.csv, height: 64 }
stages:
  metamer:
    matrix: { clip: clips, seed: [1, 2], depth: { shallow: [conv1_1], full: all } }
    targets: { spatial_texture: { video: $clip, layers: $depth }, temporal_texture: $clip }
    color_transfer: $clip
    seed: $seed
  again:
    kind: synthesis
    matrix: { clip: clips, depth: { full: all }, seed: [2] }
    targets: { spatial_texture: metamer, spatial_content: $clip }
`,
  "base/main.yaml": `
metamer: 1
title: Base
videos:
  natural: { file: ../../clips/natural_64x96_12.mp4 }
  other: { file: other_64x96_12.mp4 }
stages:
  metamer: { kind: synthesis, targets: { spatial_texture: natural }, octaves: fast }
  plain: { kind: synthesis, targets: { spatial_texture: other } }
`,
  "clips/clips.csv": clips,
};

Deno.test("a matrix makes an instance of each combination, the last variable changing fastest", async () => {
  const { workflow } = await loadGood(sweep);
  const names = workflow.instances.filter(({ stage }) => stage === "metamer").map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), [
    "metamer[clip=street,seed=1,depth=shallow]",
    "metamer[clip=street,seed=1,depth=full]",
    "metamer[clip=street,seed=2,depth=shallow]",
  ]);
  assert.equal(names.length, 8);
});

Deno.test("$x stands for a whole value: a word, a number, a list", async () => {
  const { workflow } = await loadGood(sweep);
  const written = (name: string) =>
    workflow.instances.find((instance) => instance.name === name)?.read.written;
  assert.partialDeepStrictEqual(written("metamer[clip=water,seed=2,depth=shallow]"), {
    seed: 2,
    targets: { spatial_texture: { video: "water", layers: { conv1_1: 1 } } },
  });
  assert.partialDeepStrictEqual(written("metamer[clip=water,seed=2,depth=full]"), {
    targets: { spatial_texture: { layers: { conv4_2: 1, conv5_2: 1 } } },
  });
});

Deno.test("a stage with a matrix means those of its instances whose common variables agree", async () => {
  const { workflow } = await loadGood(sweep);
  const again = workflow.instances.find(({ name }) => name === "again[clip=water,depth=full,seed=2]");
  assert.ok(again?.needs.includes("metamer[clip=water,seed=2,depth=full]"));
});

Deno.test("instances stand after those that they need", async () => {
  const { workflow } = await loadGood(sweep);
  const names = workflow.instances.map(({ name }) => name);
  for (const { name, needs } of workflow.instances) {
    for (const needed of needs) {
      assert.ok(names.indexOf(needed) < names.indexOf(name), `${needed} before ${name}`);
    }
  }
});

Deno.test("each row of a clip table is a video with what the entry says of all of them", async () => {
  const { workflow } = await loadGood(sweep);
  const water = workflow.instances.find(({ name }) => name === "water");
  assert.partialDeepStrictEqual(water?.read.written, {
    file: "clips/water_64x96_12.mp4",
    height: 64,
    start: 3,
    frames: 9,
    group: "nature",
  });
  assert.equal(Object.hasOwn(water?.read.written ?? {}, "license"), false);
});

Deno.test("paths are relative to the file that they stand in, whichever file extends it", async () => {
  const { workflow } = await loadGood({ ...sweep, "main.yaml": "extends: base/main.yaml\n" });
  const files = workflow.instances.filter(({ kind }) => kind.name === "video").map(({ read }) =>
    read.written
  );
  assert.partialDeepStrictEqual(files, [{ file: "../clips/natural_64x96_12.mp4" }, {
    file: "base/other_64x96_12.mp4",
  }]);
  assert.equal(workflow.title, "Base");
});

Deno.test("a workflow that is extended may be named by an absolute path", async () => {
  const { workflow } = await loadGood({
    "main.yaml": "extends: /lab/base/main.yaml\n",
    "/lab/base/main.yaml": sweep["base/main.yaml"],
  });
  assert.equal(workflow.title, "Base");
});

Deno.test("the folder of the results is relative to the file that it stands in, too", async () => {
  const base = `${sweep["base/main.yaml"]}run: { out: ../results }\n`;
  const { workflow } = await loadGood({ "main.yaml": "extends: base/main.yaml\n", "base/main.yaml": base });
  assert.deepEqual(workflow.run, { out: "results" });
});

Deno.test("checkpoints are so many seconds apart, or off", async () => {
  for (const every of [30, 0.5, 0, "off"]) {
    const { workflow } = await loadGood(sweep, { set: [`run.checkpoint_every=${every}`] });
    assert.equal(workflow.run.checkpoint_every, every);
  }
  const { problems } = await load(sweep, { set: ["run.checkpoint_every=often"] });
  assert.deepEqual(problems.map((problem) => formatProblem(problem)), [
    '--set run.checkpoint_every=often: error: run.checkpoint_every must be a number of seconds, or off, got "often"',
  ]);
});

Deno.test("a path in an option is relative to the working folder", async () => {
  const { workflow } = await loadGood(sweep, {
    main: "base/main.yaml",
    set: ["videos.natural.file=mine_64x96_12.mp4"],
  });
  assert.partialDeepStrictEqual(workflow.instances[0]?.read.written, { file: "../mine_64x96_12.mp4" });
});

Deno.test("a workflow that is not there is named once", async () => {
  const { workflow, problems } = await load({}, { main: "nowhere.yaml" });
  assert.equal(workflow, undefined);
  assert.deepEqual(problems.map((problem) => formatProblem(problem)), [
    'nowhere.yaml: error: there is no file "nowhere.yaml"',
  ]);
});

Deno.test("an instance that needs one with problems is left out, and the others stay", async () => {
  const { inspected, problems } = await load({
    "main.yaml": `
metamer: 1
videos:
  good: { file: good_64x64_12.mp4 }
  bad: { file: bad.mp4 }
stages:
  one: { kind: synthesis, targets: { spatial_texture: good } }
  two: { kind: synthesis, targets: { spatial_texture: bad } }
  three: { kind: synthesis, targets: { spatial_texture: two } }
`,
  });
  assert.deepEqual(inspected.map(({ instance }) => instance.name), ["good", "one"]);
  assert.deepEqual(problems.map(({ fact }) => fact.code), ["not_a_video"]);
});

Deno.test("all problems of all files are reported at once, in the order of their places", async () => {
  const { problems } = await load({
    "main.yaml": `
extends: base.yaml
stages:
  one: { seed: -1, blend: 3 }
  two: { kind: synthesis, targets: { spatial_texture: nothing } }
`,
    "base.yaml":
      "metamer: 1\nstages:\n  one: { kind: synthesis, octaves: papr, targets: { spatial_texture: one } }\n",
  });
  assert.deepEqual(problems.map(({ fact, subject }) => `${fact.code} ${subject}`), [
    "wrong_type octaves",
    "too_small seed",
    "too_large blend",
    "unknown_reference ",
  ]);
});

Deno.test("a problem that all instances of a stage have is reported once", async () => {
  const { problems } = await load({
    "main.yaml": `
metamer: 1
videos: { clip: { file: clip_64x64_12.mp4 } }
stages:
  one: { kind: synthesis, matrix: { seed: [1, 2, 3] }, seed: $seed, blend: 2, targets: { spatial_texture: clip } }
`,
  });
  assert.equal(problems.length, 1);
});

const long = `
metamer: 1
videos:
  clip: { file: missing.mp4 }
  rows: { from: tables/rows.csv, frames: 20 }
stages:
  out: { kind: synthesis, targets: { spatial_texture: clip, temporal_texture: street } }
`;

async function sentencesOf(files: Readonly<Record<string, string>>, main: string, ...set: string[]) {
  return (await load(files, { main, set })).problems.map((problem) => formatProblem(problem).split("\n")[0]);
}

Deno.test("a file that is not there is named as it was written, and with the path where it was looked for", async () => {
  const files = {
    "flows/main.yaml": long.replace("street", "clip"),
    "flows/tables/rows.csv": "name,file\nstreet,../clips/street_64x64_30.mp4\n",
  };
  assert.deepEqual(await sentencesOf(files, "flows/main.yaml"), [
    'flows/main.yaml:4:17: error: there is no file "missing.mp4" (/missing.mp4)',
  ]);
  assert.deepEqual(await sentencesOf(files, "flows/main.yaml", "videos.clip.file=../clips/missing.mp4"), [
    '--set videos.clip.file=../clips/missing.mp4: error: there is no file "../clips/missing.mp4" (/missing.mp4)',
  ]);
});

Deno.test("what goes beyond a clip's end is told where the workflow itself says it, not in the file that it extends", async () => {
  const base = long.replace("missing.mp4", "clip_64x64_120.mp4, frames: 8").replace(/ {2}rows: .*\n/, "")
    .replace("street", "clip");
  const files = { "base.yaml": base, "main.yaml": "extends: base.yaml\nvideos: { clip: { start: 119 } }\n" };
  assert.deepEqual(await sentencesOf(files, "main.yaml"), [
    'main.yaml:2:26: error: "clip_64x64_120.mp4" has 120 frames; start 119 + 8 frames need 127; write start: 112 or less',
  ]);
  assert.deepEqual(await sentencesOf(files, "main.yaml", "videos.clip.frames=5"), [
    '--set videos.clip.frames=5: error: "clip_64x64_120.mp4" has 120 frames; start 119 + 5 frames need 124; write frames: 1 or less, or add --set videos.clip.frames=1',
  ]);
});

Deno.test("a clip that is too short comes with the number of frames that it has", async () => {
  const files = {
    "main.yaml": long.replace("missing", "clip_64x64_40"),
    "tables/rows.csv": "name,file\nstreet,street_64x64_10.mp4\n",
  };
  assert.deepEqual(
    await sentencesOf(files, "main.yaml", "videos.clip.frames=30", "videos.clip.step=2"),
    [
      'tables/rows.csv:2:8: error: "street_64x64_10.mp4" has 10 frames; start 0 + 20 frames need 20; write frames: 10 or less',
      '--set videos.clip.frames=30: error: "clip_64x64_40.mp4" has 40 frames; start 0 + 30 frames in steps of 2 need 59; write frames: 20 or less, or add --set videos.clip.frames=20',
    ],
  );
});
