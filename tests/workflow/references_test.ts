/**
 * What names stand for when a stage takes many videos, or other stages.
 */
import assert from "node:assert/strict";
import { describeProblem } from "../../lib/workflow/problems.ts";
import { resolvedYaml } from "../../lib/workflow/resolved.ts";
import { compareKind, load, loadGood } from "./language.ts";

const clips = "name,file\nstreet,street_64x96_12.mp4\nwater,water_64x96_12.mp4\n";

const workflow = (stages: string) => ({
  "main.yaml": `
metamer: 1
videos:
  clips: { from: clips.csv }
  natural: { file: natural_64x96_12.mp4 }
stages:
  metamer: { kind: synthesis, matrix: { clip: clips, seed: [1, 2] }, seed: $seed, targets: { spatial_texture: $clip } }
  plain: { kind: synthesis, targets: { spatial_texture: natural } }
${stages}`,
  "clips.csv": clips,
});

async function inputsOf(instance: string, stages: string): Promise<readonly string[]> {
  const { workflow: read } = await loadGood(workflow(stages), { kinds: [compareKind] });
  const inputs = read.instances.find(({ name }) => name === instance)?.inputs ?? [];
  return inputs.map(({ role, instance }) => `${role} ${instance}`);
}

async function problemsOf(stages: string): Promise<readonly string[]> {
  return (await load(workflow(stages), { kinds: [compareKind] })).problems.map(({ fact, subject }) =>
    describeProblem(fact, subject)
  );
}

Deno.test("where videos are wanted, a stage means all of its instances", async () => {
  assert.deepEqual(await inputsOf("all", "  all: { kind: compare, videos: [natural, metamer] }\n"), [
    "videos.0 natural",
    "videos.1 metamer[clip=street,seed=1]",
    "videos.2 metamer[clip=street,seed=2]",
    "videos.3 metamer[clip=water,seed=1]",
    "videos.4 metamer[clip=water,seed=2]",
  ]);
});

Deno.test("with a variable in common, a stage means the instances that agree", async () => {
  const stages = "  each: { kind: compare, matrix: { clip: clips }, videos: [$clip, metamer, plain] }\n";
  assert.deepEqual(await inputsOf("each[clip=water]", stages), [
    "videos.0 water",
    "videos.1 metamer[clip=water,seed=1]",
    "videos.2 metamer[clip=water,seed=2]",
    "videos.3 plain",
  ]);
});

Deno.test("where videos are wanted, a clip table means all of its videos", async () => {
  assert.deepEqual(await inputsOf("all", "  all: { kind: compare, videos: [clips] }\n"), [
    "videos.0 street",
    "videos.1 water",
  ]);
});

Deno.test("where a stage is wanted, any kind of stage will do, and a video will not", async () => {
  const stages =
    "  one: { kind: compare, videos: [natural] }\n  two: { kind: compare, videos: [], stage: one }\n";
  assert.deepEqual(await inputsOf("two", stages), ["stage.0 one"]);
  assert.deepEqual(await problemsOf("  two: { kind: compare, videos: [], stage: natural }\n"), [
    '"natural" is a video; a stage is needed here',
  ]);
});

Deno.test("a stage that makes a table is no video, and a clip table is not one video", async () => {
  const table =
    "  one: { kind: compare, videos: [natural] }\n  two: { kind: synthesis, targets: { spatial_texture: one } }\n";
  assert.deepEqual(await problemsOf(table), ['"one" is a stage that makes no video; a video is needed here']);
  assert.deepEqual(await problemsOf("  two: { kind: synthesis, targets: { spatial_texture: clips } }\n"), [
    '"clips" is a clip table; a video is needed here',
  ]);
});

Deno.test("in the resolved workflow a list names every instance that it stood for", async () => {
  const kinds = [compareKind];
  const files = workflow("  all: { kind: compare, videos: [natural, metamer, clips] }\n");
  const { workflow: read } = await loadGood(files, { kinds });
  const { workflow: again } = await loadGood({ "main.yaml": resolvedYaml(read) }, { kinds });
  const all = again.instances.find(({ name }) => name === "all");
  assert.deepEqual(all?.read.written, {
    videos: [
      "natural",
      "metamer-street-1",
      "metamer-street-2",
      "metamer-water-1",
      "metamer-water-2",
      "street",
      "water",
    ],
  });
});
