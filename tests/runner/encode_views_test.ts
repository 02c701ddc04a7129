import assert from "node:assert/strict";
import { join } from "node:path";
import { type EncodeVideo, encodeViews, removeOutdatedViews } from "../../lib/runner/encode_views.ts";
import { createReporter } from "../../lib/runner/reporter.ts";
import { openEventLog } from "../../lib/store/event_log.ts";
import { writeRunFolder } from "../../lib/store/run_folder.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { planFake, runFake } from "./fake_run.ts";

const me = { host: "lab-1", pid: 1, user: "ada", since: "2026-03-01T09:00:00.000Z", command: "run w.yaml" };

/** Encodes as text what it was given; returns what `encodeViews` made. */
async function encode(runs: string, frames: number): Promise<string[]> {
  const instance = await planFake(runs, { name: "a", frames });
  using log = await openEventLog(join(runs, "views.jsonl"));
  const made: string[] = [];
  const reporter = createReporter(log, (event) => {
    if (event.type === "video.encoded") made.push(event.path);
    if (event.type === "warning") made.push(event.text);
  });
  const content = {
    name: "w",
    file: join(runs, "w.yaml"),
    text: "",
    resolved: () => "",
    instances: [{ name: "a", key: instance.key, frames }],
    others: [],
  };
  await writeRunFolder(runs, content, me);
  const txt: EncodeVideo = async (source, { fps }, path) => {
    const last = await source.frame(source.frames - 1);
    await Deno.writeTextFile(path, `${source.frames} frames of ${last.shape.join(" x ")} at ${fps}`);
    return source.frames === 2 ? "only two" : undefined;
  };
  await encodeViews(instance, { runs, workflow: "w", encoders: { txt }, me }, reporter);
  return made;
}

Deno.test("encodeViews() encodes a finished instance once, again when the file is gone and when the frames differ", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 3 }]);
  const path = join(runs, "w", "videos", "a.txt");
  assert.deepEqual(await encode(runs, 3), [path]);
  assert.equal(await Deno.readTextFile(path), "3 frames of 2 x 2 x 3 at 25/1");
  assert.deepEqual(await encode(runs, 3), []);
  await Deno.remove(path);
  assert.deepEqual(await encode(runs, 3), [path]);
  assert.deepEqual(await encode(runs, 2), [path, "only two"]);
  assert.match(await Deno.readTextFile(path), /^2 frames/);
});

Deno.test("what an encoder that was killed has left is removed, and a user's own file stays", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 1 }]);
  const videos = join(runs, "w", "videos");
  await Deno.mkdir(videos, { recursive: true });
  const names = ["a.txt.tmp-4711", "a.txt.tmp-4711-0badcafe", "b.mp4.tmp-12", "notes.txt"];
  for (const name of names) await Deno.writeTextFile(join(videos, name), "half");
  await encode(runs, 1);
  const left = Array.from(Deno.readDirSync(videos), ({ name }) => name).sort();
  // Another process may be encoding that.
  assert.deepEqual(left, ["a.txt", "b.mp4.tmp-12", "notes.txt"]);
});

Deno.test("a video of other settings goes when the run of the new ones begins, and one of the same settings stays", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 1 }]);
  await encode(runs, 1);
  const path = join(runs, "w", "videos", "a.txt");
  const instance = await planFake(runs, { name: "a", frames: 1 });
  const txt: EncodeVideo = () => Promise.resolve(undefined);
  const views = { runs, workflow: "w", encoders: { txt } };

  await removeOutdatedViews([instance], views);
  assert.ok((await Deno.stat(path)).isFile);
  await removeOutdatedViews([{ ...instance, key: "fake-other" }], views);
  await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("encodings of one instance wait for each other, and nothing is encoded twice", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 1 }]);
  const made = await Promise.all([encode(runs, 1), encode(runs, 1), encode(runs, 1)]);
  assert.equal(made.flat().length, 1);
});
