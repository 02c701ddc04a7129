import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import { finishedOnce } from "./finished.ts";
import { bench, callProgram } from "./bench.ts";
import { tinyWorkflow } from "./program.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2");
const finishedQuick = finishedOnce(quick);

const larger = tinyWorkflow.replace("height: 24, width: 32", "height: 160, width: 192");

Deno.test("a preview has results of its own and a contact sheet, and leaves the real ones alone", async () => {
  await using place = await finishedQuick();
  const { file } = place;
  const real = await Deno.readTextFile(join(place.runs, "a", "instances.json"));
  await place.write("a.yaml", larger);
  const events = await place.events(file, "--preview");
  assert.equal(await Deno.readTextFile(join(place.runs, "a", "instances.json")), real);
  const manifest = await readManifest(join(place.runs, "a_preview", "stages", "tiny", "manifest.json"));
  assert.partialDeepStrictEqual(manifest?.video, { height: 40, width: 48, frames: 4 });
  const sheets = events.flatMap((event) => event.type === "contact_sheet.made" ? [event.path] : []);
  assert.deepEqual(sheets, [join(place.runs, "a_preview", "contact_sheet.png")]);
  assert.ok((await Deno.stat(sheets[0] ?? "")).size > 2000);
});

Deno.test("validate --resolved --preview prints what a preview runs", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", larger);
  const { code, stdout } = await callProgram(["validate", file, "--resolved", "--preview"]);
  assert.equal(code, 0);
  assert.match(stdout, /height: 40\n[^]*frames: 4\n[^]*iterations: 2\n/);
});

Deno.test("the contact sheet is made again when it is gone or outdated, and not otherwise", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  const isMade = async (...options: string[]) =>
    (await place.events(file, ...options)).some(({ type }) => type === "contact_sheet.made");
  assert.equal(await isMade(), true);
  assert.equal(await isMade(), false);
  await Deno.remove(join(place.runs, "a", "contact_sheet.png"));
  assert.equal(await isMade(), true);
  assert.equal(await isMade("--frames", "3"), true);
});

Deno.test("no run fails for its contact sheet", async () => {
  await using place = await finishedQuick();
  const sheet = join(place.runs, "a", "contact_sheet.png");
  await Deno.remove(sheet);
  await Deno.mkdir(join(sheet, "in_the_way"), { recursive: true });
  const events = await place.events(place.file);
  const warnings = events.flatMap((event) => event.type === "warning" ? [event.code] : []);
  assert.ok(warnings.includes("no_contact_sheet"), String(warnings));
});

Deno.test("each instance tells its files and residuals, whether it was made now or before", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  const ready = async () =>
    (await place.events(file)).flatMap((event) => event.type === "instance.ready" ? [event] : []);
  const [first, again] = [await ready(), await ready()];
  const videos = join(place.runs, "a", "videos");
  assert.deepEqual(again.map(({ instance, videos }) => [instance, videos]), [
    ["clip", [join(videos, "clip.mp4")]],
    ["tiny", [join(videos, "tiny.mkv"), join(videos, "tiny.mp4")]],
  ]);
  assert.ok(Object.keys(again[1]?.residuals?.spatial_texture ?? {}).length > 1);
  assert.deepEqual(again.map(({ residuals }) => residuals), first.map(({ residuals }) => residuals));
});
