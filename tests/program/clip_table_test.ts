import assert from "node:assert/strict";
import { join } from "node:path";
import { bench } from "./bench.ts";
import { clip, runProgram, tinyWorkflow } from "./program.ts";

const workflow = tinyWorkflow
  .replace(/clip: \{ generate.*/, "clips: { from: clips.csv }")
  .replace("kind: synthesis", "kind: synthesis\n    matrix: { clip: clips }")
  .replace("texture: clip", "texture: $clip")
  .replace("iterations: 20", "iterations: 1")
  .replace("frames: 4", "frames: 2");

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `clip_${i + 1},mine.y4m,${i % 4},6,${i < 50 ? "town" : "forest"}`);

const table = (lines: readonly string[]) => `name,file,start,frames,group\n${lines.join("\n")}\n`;

Deno.test("a table of a hundred rows is planned, and a bad row is named by its line", async () => {
  await using place = await bench();
  await Deno.writeFile(join(place.folder, "mine.y4m"), clip(10));
  const file = await place.write("a.yaml", workflow);
  const csv = await place.write("clips.csv", table(rows(100)));
  const validated = await runProgram(["validate", file]);
  assert.equal(validated.stdout, `${file} is right: 100 videos, 100 instances of stages\n`, validated.stderr);

  await Deno.writeTextFile(csv, table(rows(100).with(15, "clip_16,theirs.y4m,0,6,town")));
  const { code, stderr } = await runProgram(["plan", file, "--out", place.runs]);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /clips\.csv:17:9: error: there is no file ".*theirs\.y4m"\n +clip_16,theirs.y4m,0,6,town\n/,
  );
});

Deno.test("a row that changed is made again, and another is not", async () => {
  await using place = await bench();
  await Deno.writeFile(join(place.folder, "mine.y4m"), clip(10));
  const file = await place.write("a.yaml", workflow);
  const csv = await place.write("clips.csv", table(rows(2)));
  const made = async () =>
    (await place.events(file)).flatMap((event) => event.type === "instance.started" ? [event.instance] : []);
  assert.equal((await made()).length, 4);
  await Deno.writeTextFile(csv, table(rows(2).with(1, "clip_2,mine.y4m,4,6,town")));
  assert.deepEqual(await made(), ["clip_2", "tiny[clip=clip_2]"]);
});
