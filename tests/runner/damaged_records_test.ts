/** Records of a finished instance are damaged: they are written again from plan and frames, and no frame is made again. */
import assert from "node:assert/strict";
import { findManifest, readManifest } from "../../lib/store/manifest.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { type FakeRun, framesFinished, planFake, runFake } from "./fake_run.ts";

const instance = { name: "a", frames: 3, settings: { seed: 7 } };

function damageIn({ events }: FakeRun): string[] {
  return events.flatMap((event) => event.type === "damaged" ? [`${event.path}: ${event.action}`] : []);
}

Deno.test("a changed setting of a finished manifest is noticed, and the manifest written again without making a frame", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [instance]);
  const { manifest: path } = instancePaths(folder.path, "fake-a");
  const before = await readManifest(path);
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace('"seed": 7', '"seed": 5'));
  assert.match((await findManifest(path))?.problem ?? "", /its checksum does not hold/);
  assert.equal((await planFake(folder.path, instance)).status, "resume");

  const run = await runFake(folder.path, [instance]);
  assert.deepEqual(framesFinished(run.events), {});
  assert.deepEqual(damageIn(run), ["manifest.json: made again"]);
  const after = await readManifest(path);
  assert.deepEqual([after?.settings, after?.outputs], [before?.settings, before?.outputs]);
  assert.equal((await planFake(folder.path, instance)).status, "cached");
});

Deno.test("a manifest of an earlier version, without a checksum, is one", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [instance]);
  const { manifest: path } = instancePaths(folder.path, "fake-a");
  const { sha256, ...rest } = JSON.parse(await Deno.readTextFile(path));
  assert.match(sha256, /^[0-9a-f]{64}$/);
  await Deno.writeTextFile(path, JSON.stringify(rest));
  assert.deepEqual((await runFake(folder.path, [instance])).outcome, { code: 0, computed: [] });
});

Deno.test("a changed line of the log counts as not written: the manifest takes nothing from it, and says so", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [instance]);
  const paths = instancePaths(folder.path, "fake-a");
  const log = await Deno.readTextFile(paths.events);
  const changed = log.replace('"cpu":"', '"cpu":"no ');
  await Deno.writeTextFile(paths.events, changed);
  const longer = { ...instance, frames: 4 };
  await runFake(folder.path, [longer]);
  const manifest = await readManifest(paths.manifest);
  assert.deepEqual(manifest?.sessions.map(({ frames }) => frames), [[3, 3]]);
  assert.deepEqual(manifest?.warnings.map(({ code, text }) => [code, text]), [[
    "damaged_log",
    "1 line of events.jsonl is damaged and left out: what the manifest says of earlier sessions may be incomplete",
  ]]);
});

Deno.test("instance.json of a finished instance is written again where it is missing or damaged", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [instance]);
  const { instance: path } = instancePaths(folder.path, "fake-a");
  const text = await Deno.readTextFile(path);
  for (const damage of [() => Deno.remove(path), () => Deno.writeTextFile(path, text.slice(1))]) {
    await damage();
    const run = await runFake(folder.path, [instance]);
    assert.deepEqual(run.outcome, { code: 0, computed: [] });
    assert.deepEqual(damageIn(run), ["instance.json: written again"]);
    assert.equal(await Deno.readTextFile(path), text);
  }
  assert.deepEqual(damageIn(await runFake(folder.path, [instance])), []);
});
