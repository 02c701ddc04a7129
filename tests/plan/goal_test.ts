import assert from "node:assert/strict";
import { keyInstances } from "../../lib/plan/keyed_instances.ts";
import { selectInstances } from "../../lib/plan/selection.ts";
import { resolvedYaml } from "../../lib/workflow/resolved.ts";
import { loadGood } from "../workflow/language.ts";

const digests = new Map(
  ["vgg19", "msoe"].map((name) => [name, { sha256: `sha256 of ${name}`, official: true }]),
);

/** A synthesis of two clips, a third clip, and a match; all as flow YAML without braces. */
function workflow(match: string, { synthesis = "", other = "other_64x96_30.mp4" } = {}): string {
  return `
metamer: 1
videos:
  clip: { file: street_64x96_120.mp4 }
  other: { file: ${other} }
  third: { file: third_64x96_30.mp4 }
stages:
  out: { kind: synthesis, targets: { spatial_texture: clip, temporal_texture: [clip, { video: other, share: 2 }] }, frames: 8, ${synthesis} }
  matched: { kind: match, stage: out, ${match} }
`;
}

async function keyed(text: string, frames?: number) {
  const { inspected } = await loadGood({ "main.yaml": text }, frames === undefined ? {} : { frames });
  return keyInstances(selectInstances(inspected, ["matched"]).selected, digests);
}

async function matched(...request: Parameters<typeof keyed>) {
  const found = (await keyed(...request)).find(({ instance }) => instance.name === "matched");
  if (found === undefined) throw new Error("nothing was matched");
  return found;
}

Deno.test("a stage that names another for its targets reads what they are, through the models that see them", async () => {
  const { inputs, models } = await matched(workflow("null: third"));
  assert.deepEqual(inputs.map(({ role, name }) => [role, name]), [
    ["stage.0", "out"],
    ["null.0", "third"],
    ["stage.0.targets.spatial_texture.mixture.0.video", "clip"],
    ["stage.0.targets.temporal_texture.mixture.0.video", "clip"],
    ["stage.0.targets.temporal_texture.mixture.1.video", "other"],
  ]);
  assert.deepEqual(models.map(({ role, name }) => [role, name]), [
    ["stage.0.streams.spatial", "vgg19"],
    ["stage.0.streams.temporal", "msoe"],
  ]);
});

Deno.test("what the named stage reads beside its targets is not read", async () => {
  const { inputs } = await matched(workflow("", { synthesis: "color_transfer: third, start_from: third" }));
  assert(!inputs.some(({ name }) => name === "third"));
});

Deno.test("another video judged by a stage's targets needs the targets and not the stage's frames", async () => {
  const instances = await keyed(workflow("video: clip"));
  assert.deepEqual(instances.map(({ instance }) => instance.name), ["clip", "other", "matched"]);
});

Deno.test("only as many frames of the targets are decoded as are compared", async () => {
  const instances = await keyed(workflow("video: clip, null: third"));
  const frames = instances.flatMap(({ artifact }) =>
    artifact.made === "video" ? [artifact.video.frames] : []
  );
  assert.deepEqual(frames, [8, 8, 8]);
});

const plain = (await matched(workflow("null: third"))).key;

const changes: readonly (readonly [what: string, request: Parameters<typeof keyed>])[] = [
  ["another clip of the null", [workflow("null: other")]],
  ["no clip of the null", [workflow("")]],
  ["another quantile", [workflow("null: third, quantile: 0.1")]],
  ["more shifted times", [workflow("null: third, shifted: 4")]],
  ["more scrambled versions", [workflow("null: third, scrambled: 3")]],
  ["another seed", [workflow("null: third, seed: 2")]],
  ["another video", [workflow("null: third, video: other")]],
  ["another number of frames", [workflow("null: third"), 7]],
  ["another target", [workflow("null: third", { other: "changed_64x96_30.mp4" })]],
  ["another seed of the stage", [workflow("null: third", { synthesis: "seed: 2" })]],
];

for (const [what, request] of changes) {
  Deno.test(`the key of a match changes with ${what}`, async () => {
    assert.notEqual((await matched(...request)).key, plain);
  });
}

Deno.test("weights of layers change nothing when another video is judged; which layers there are does", async () => {
  const judged = async (layers: string) => {
    const text = workflow("video: clip").replace(
      "spatial_texture: clip",
      `spatial_texture: { video: clip, ${layers} }`,
    );
    return (await matched(text)).key;
  };
  assert.equal(
    await judged("layers: { conv1_1: 1, conv2_1: 0.5 }"),
    await judged("layers: [conv1_1, conv2_1]"),
  );
  assert.notEqual(await judged("layers: [conv1_1]"), await judged("layers: [conv1_1, conv2_1]"));
});

Deno.test("the seed counts only where something is scrambled", async () => {
  const key = async (seed: number) =>
    (await matched(workflow(`scrambled: 0, shifted: 3, seed: ${seed}`))).key;
  assert.equal(await key(1), await key(2));
});

Deno.test("a stage with a matrix is matched in all its instances, and resolved as a list of them", async () => {
  const text = workflow("").replace("out: {", "out: { matrix: { seed: [1, 2] }, seed: $seed,");
  const { workflow: read, inspected } = await loadGood({ "main.yaml": text });
  const facts = inspected.find(({ instance }) => instance.name === "matched")?.facts;
  assert.deepEqual(Object.keys(facts?.goals ?? {}), ["stage.0", "stage.1"]);
  const resolved = resolvedYaml(read);
  assert.match(resolved, /stage:\n +- out-1\n +- out-2\n/);
  const again = await loadGood({ "main.yaml": resolved });
  assert.deepEqual(Object.keys(again.inspected.at(-1)?.facts.goals ?? {}), ["stage.0", "stage.1"]);
});

Deno.test("a match with the stage's matrix matches each instance by itself", async () => {
  const text = workflow("matrix: { seed: [1, 2] }").replace(
    "out: {",
    "out: { matrix: { seed: [1, 2] }, seed: $seed,",
  );
  const { inspected } = await loadGood({ "main.yaml": text });
  const names = inspected.filter(({ instance }) => instance.stage === "matched")
    .map(({ facts }) => facts.names?.["stage.0"]);
  assert.deepEqual(names, ["out[seed=1]", "out[seed=2]"]);
});
