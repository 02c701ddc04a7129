/** Which edits of a workflow make the tables of `ssim` and `prediction` anew: those that change what stands in them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadWorkflow } from "../../../lib/cli/load_workflow.ts";
import { planWorkflow } from "../../../lib/cli/plan/plan_workflow.ts";
import { prednetArrays, prednetFile } from "../../models/prednet/prednet_file.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const workflow = `metamer: 1
videos:
  one: { generate: dead_leaves, height: 32, width: 48, frames: 12 }
  other: { generate: noise, height: 32, width: 48, frames: 12 }
stages:
  scrambled: { kind: phase_scramble, matrix: { seed: [1, 2] }, video: one, seed: $seed }
  alike: { kind: ssim, videos: [one, other, scrambled] }
  predicted: { kind: prediction, weights: w.hdf5, height: 32, width: 48, videos: [one, other, scrambled] }
`;

/** Keys of both tables after an edit. */
async function keysOf(folder: string, edited: string): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, "a.yaml");
  await Deno.writeTextFile(file, edited);
  const { instances } = await planWorkflow(await loadWorkflow(file, { out: join(folder, "runs") }), {
    offline: true,
  });
  const tables = instances.filter(({ artifact }) => artifact.made === "table");
  return Object.fromEntries(tables.map(({ name, key }) => [name, key]));
}

for (
  const { edit, from, to, changes } of [
    { edit: "another order of videos", from: /one, other, scr/g, to: "other, one, scr", changes: true },
    {
      edit: "another order of those after the first",
      from: /other, scrambled\]/g,
      to: "scrambled, other]",
      changes: true,
    },
    { edit: "another instance of a stage", from: "[1, 2]", to: "[1, 2, 3]", changes: true },
    { edit: "instances in another order", from: "[1, 2]", to: "[2, 1]", changes: true },
    { edit: "another seed of a video", from: "[1, 2]", to: "[1, 3]", changes: true },
    { edit: "another name of a video", from: /other/g, to: "different", changes: true },
    { edit: "more frames", from: "frames: 12", to: "frames: 14", changes: true },
    { edit: "another name of the matrix' stage", from: /scrambled/g, to: "mixed", changes: true },
    { edit: "a title", from: "videos:", to: "title: something\nvideos:", changes: false },
    {
      edit: "a stage that nothing reads",
      from: "stages:",
      to: "stages:\n  still: { kind: reverse, video: one }",
      changes: false,
    },
    {
      edit: "defaults that are written out",
      from: "videos: [one, other, scrambled] }\n  predicted: {",
      to: "form: wang, videos: [one, other, scrambled] }\n  predicted: { context: 10, kernels: tensorflow,",
      changes: false,
    },
    { edit: "another place of the same weights", from: "w.hdf5", to: "elsewhere.hdf5", changes: false },
  ]
) {
  Deno.test(`tables of ssim and prediction are ${changes ? "made anew" : "kept"} after an edit: ${edit}`, async () => {
    await using folder = await temporaryFolder();
    const weights = await prednetFile(prednetArrays([3, 4]));
    for (const name of ["w.hdf5", "elsewhere.hdf5"]) await Deno.writeFile(join(folder.path, name), weights);
    const edited = workflow.replace(from, to);
    assert.notEqual(edited, workflow);
    const before = await keysOf(folder.path, workflow);
    assert.deepEqual(Object.keys(before), ["alike", "predicted"]);
    const after = await keysOf(folder.path, edited);
    for (const [name, key] of Object.entries(before)) {
      if (changes) assert.notEqual(after[name], key, name);
      else assert.equal(after[name], key, name);
    }
  });
}

Deno.test("a plan says where ssim compares predictions with frames of another time", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "w.hdf5"), await prednetFile(prednetArrays([3, 4])));
  const notesOf = async (videos: string) => {
    const file = join(folder.path, "a.yaml");
    const made = "{ kind: predicted_frames, weights: w.hdf5, height: 32, width: 48, video: one }";
    const stages = `${workflow}  guessed: ${made}\n  judged: { kind: ssim, videos: [${videos}] }\n`;
    await Deno.writeTextFile(file, stages);
    return (await loadWorkflow(file, { out: join(folder.path, "runs") })).notes;
  };
  assert.match(
    (await notesOf("one, guessed")).join(),
    /judged: frame t of guessed is the prediction of a frame/,
  );
  assert.deepEqual(await notesOf("one, other"), []);
});
