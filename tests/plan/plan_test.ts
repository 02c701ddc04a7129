import assert from "node:assert/strict";
import { planInstances } from "../../lib/plan/plan.ts";
import { describeUnknown, selectInstances } from "../../lib/plan/selection.ts";
import { loadGood } from "../workflow/language.ts";
import { keyed, synthesisOf } from "./workflows.ts";

const folder = "workflows";

Deno.test("what is not in the store is new, and inputs stand before what reads them", async () => {
  const plan = planInstances(await keyed(synthesisOf("seed: 1")), { folder, states: new Map() });
  assert.deepEqual(plan.map(({ name, status, reasons }) => [name, status, reasons]), [
    ["clip", "run", [{ reason: "new" }]],
    ["other", "run", [{ reason: "new" }]],
    ["out", "run", [{ reason: "new" }]],
  ]);
});

Deno.test("a changed setting is named when the store has what the last run made", async () => {
  const before = new Map(
    (await keyed(synthesisOf("seed: 1"))).map(({ instance, hashed }) => [instance.name, hashed]),
  );
  const plan = planInstances(await keyed(synthesisOf("seed: 2, blend: 0.5")), {
    folder,
    states: new Map(),
    previous: before,
  });
  assert.deepEqual(plan.at(-1)?.reasons, [
    { reason: "setting", path: "blend", from: 0.95, to: 0.5 },
    { reason: "setting", path: "seed", from: 1, to: 2 },
  ]);
});

Deno.test("an instance that is finished is cached, costs no time and needs no reason", async () => {
  const instances = await keyed(synthesisOf("seed: 1"));
  const states = new Map(
    instances.map(({ key }) => [key, { status: "cached", finishedFrames: 12, damaged: [] } as const]),
  );
  const plan = planInstances(instances, { folder, states });
  assert.deepEqual(
    plan.map(({ status, seconds, reasons }) => ({ status, seconds, reasons })),
    Array(3).fill(
      { status: "cached", seconds: 0, reasons: [] },
    ),
  );
});

Deno.test("an instance that goes on is estimated by the frames that are left, and without padding", async () => {
  const instances = await keyed(synthesisOf("seed: 1"));
  const key = instances.at(-1)?.key ?? "";
  const planned = (finishedFrames: number) => {
    const states = new Map([[key, { status: "resume", finishedFrames, damaged: [] } as const]]);
    return planInstances(instances, { folder, states }).at(-1);
  };
  const seconds = (finishedFrames: number) => planned(finishedFrames)?.seconds ?? NaN;
  assert.deepEqual(planned(9)?.reasons, [{ reason: "frames", finished: 9, wanted: 12 }]);
  // 12 frames and 4 of padding are made from those before them; the very first frame of the padding is noise.
  const frame = seconds(8) - seconds(9);
  assert.ok(Math.abs(seconds(3) - seconds(9) - 6 * frame) < 1e-9 * frame);
  const padding = seconds(0) - seconds(1);
  assert.ok(padding > 4.99 * frame && padding < 5.1 * frame, `${padding / frame} frames`);
});

Deno.test("an instance that was stopped inside its first frame is resumed, not new", async () => {
  const instances = await keyed(synthesisOf("seed: 1"));
  const states = new Map(
    instances.map(({ key }) => [key, { status: "resume", finishedFrames: 0, damaged: [] } as const]),
  );
  const plan = planInstances(instances, { folder, states });
  assert.deepEqual(plan.at(-1)?.reasons, [{ reason: "frames", finished: 0, wanted: 12 }]);
});

Deno.test("damage is the reason when there is damage", async () => {
  const instances = await keyed(synthesisOf("seed: 1"));
  const damaged = [{ path: "frames/000002.npy", expected: "a", found: "b" }];
  const states = new Map(
    instances.map(({ key }) => [key, { status: "resume", finishedFrames: 2, damaged } as const]),
  );
  const plan = planInstances(instances, { folder, states });
  assert.deepEqual(plan[0]?.reasons, [{ reason: "damaged", file: "frames/000002.npy" }]);
});

Deno.test("of a video as many frames are decoded as some instance reads: the stage's, and the padding's", async () => {
  const wanted = async (stage: string) =>
    (await keyed(synthesisOf(stage))).map(({ artifact }) =>
      artifact.made === "video" ? artifact.video.frames : 0
    );
  assert.deepEqual(await wanted("seed: 1"), [12, 12, 12]);
  assert.deepEqual(await wanted("frames: 8"), [8, 8, 8]);
  assert.deepEqual(await wanted("frames: 2"), [6, 6, 2]);
  assert.deepEqual(await wanted("frames: 2, padding: 0"), [2, 2, 2]);
});

Deno.test("a target that repeats itself is decoded whole", async () => {
  const text = synthesisOf("frames: 5").replace(
    "temporal_texture: other",
    "temporal_texture: { video: other, length: loop }",
  );
  assert.deepEqual(
    (await keyed(text)).map(({ artifact }) => artifact.made === "video" && artifact.video.frames),
    [6, 30, 5],
  );
});

const three = `
metamer: 1
videos: { clip: { file: clip_64x64_12.mp4 }, unused: { file: unused_64x64_12.mp4 } }
stages:
  one: { kind: synthesis, targets: { spatial_texture: clip }, matrix: { seed: [1, 2] }, seed: $seed }
  two: { kind: synthesis, targets: { spatial_texture: one }, matrix: { seed: [1, 2] } }
  three: { kind: synthesis, targets: { spatial_texture: clip } }
`;

async function selected(only: readonly string[]) {
  const { inspected } = await loadGood({ "main.yaml": three });
  const { selected, unknown } = selectInstances(inspected, only);
  return { names: selected.map(({ instance }) => instance.name), unknown };
}

Deno.test("without names all stages are planned, and videos that none of them reads are not", async () => {
  assert.deepEqual((await selected([])).names, [
    "clip",
    "one[seed=1]",
    "one[seed=2]",
    "two[seed=1]",
    "two[seed=2]",
    "three",
  ]);
});

Deno.test("a name that --only misspells is told with the names that there are", async () => {
  const { inspected } = await loadGood({ "main.yaml": three });
  assert.equal(
    describeUnknown(["tree", "five"], inspected),
    '--only tree: error: the workflow has no stage "tree"; it has clip, unused, one, two, three; did you mean "three"?\n' +
      '--only five: error: the workflow has no stage "five"; it has clip, unused, one, two, three',
  );
});

Deno.test("--only plans a stage, or one instance, and what it needs", async () => {
  assert.deepEqual((await selected(["two"])).names, [
    "clip",
    "one[seed=1]",
    "one[seed=2]",
    "two[seed=1]",
    "two[seed=2]",
  ]);
  assert.deepEqual((await selected(["two[seed=2]"])).names, ["clip", "one[seed=2]", "two[seed=2]"]);
  assert.deepEqual((await selected(["unused"])).names, ["unused"]);
  assert.deepEqual((await selected(["nothing", "three"])).unknown, ["nothing"]);
});

Deno.test("two instances with equal settings have one key", async () => {
  const instances = await keyed(three.replace(/seed: \[[^\]]*\]/, "seed: { 1: 5, 2: 5 }"));
  const keys = new Map(instances.map(({ instance, key }) => [instance.name, key]));
  assert.equal(keys.get("one[seed=1]"), keys.get("one[seed=2]"));
});
