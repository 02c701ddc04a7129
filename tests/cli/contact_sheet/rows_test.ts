import assert from "node:assert/strict";
import { shownFrames, shownVideos } from "../../../lib/cli/contact_sheet/rows.ts";
import type { PlannedInstance } from "../../../lib/plan/planned_instance.ts";
import { fakeInput, planFake } from "../../runner/fake_run.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** Instances by name, with the names of what they read. */
async function planned(
  ...wanted: readonly (readonly [name: string, frames: number, reads?: readonly string[]])[]
): Promise<readonly PlannedInstance[]> {
  await using folder = await temporaryFolder();
  const instances = wanted.map(async ([name, frames, reads]) => {
    const inputs = reads?.map((read) => fakeInput(read, frames)) ?? [];
    const instance = await planFake(folder.path, { name, frames, inputs });
    return reads === undefined ? { ...instance, section: "videos" as const } : instance;
  });
  return await Promise.all(instances);
}

Deno.test("each result stands below what it was made from, and a video that nobody reads is not shown", async () => {
  const instances = await planned(["a", 4], ["b", 4], ["c", 4], ["m[1]", 4, ["a"]], ["m[2]", 4, ["b", "a"]]);
  const { shown, more } = shownVideos(instances);
  assert.deepEqual(shown.map(({ instance }) => instance.name), ["a", "m[1]", "b", "m[2]"]);
  assert.equal(more, 0);
});

Deno.test("frames are spread evenly from the first to the last of the results, at most eight", async () => {
  const framesOf = async (frames: number) =>
    shownFrames(shownVideos(await planned(["a", 99], ["m", frames, ["a"]])).shown);
  assert.deepEqual(await framesOf(1), [0]);
  assert.deepEqual(await framesOf(4), [0, 1, 2, 3]);
  assert.deepEqual(await framesOf(120), [0, 17, 34, 51, 68, 85, 102, 119]);
  assert.deepEqual(shownFrames([]), []);
});

Deno.test("a sheet of hundreds of videos has forty rows, and says how many more there are", async () => {
  const many = Array.from({ length: 50 }, (_, index) => [`m${index}`, 1, []] as const);
  const { shown, more } = shownVideos(await planned(...many));
  assert.equal(shown.length, 40);
  assert.equal(more, 10);
});
