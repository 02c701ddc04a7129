import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeViews } from "../../lib/runner/encode_views.ts";
import { createReporter } from "../../lib/runner/reporter.ts";
import { openEventLog } from "../../lib/store/event_log.ts";
import { writeRunFolder } from "../../lib/store/run_folder.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { planFake, runFake } from "./fake_run.ts";

/** Encodes as text what it was given; returns what `encodeViews` made. */
async function encode(runs: string, frames: number): Promise<string[]> {
  const instance = await planFake(runs, { name: "a", frames });
  using log = await openEventLog(join(runs, "views.jsonl"));
  const made: string[] = [];
  const reporter = createReporter(log, (event) => {
    if (event.type === "video.encoded") made.push(event.path);
  });
  const content = {
    name: "w",
    file: join(runs, "w.yaml"),
    text: "",
    resolved: "",
    instances: [instance],
    others: [],
  };
  await writeRunFolder(runs, content);
  await encodeViews(runs, "w", instance, {
    txt: async (source, { fps }, path) => {
      const last = await source.frame(source.frames - 1);
      await Deno.writeTextFile(path, `${source.frames} frames of ${last.shape.join(" x ")} at ${fps}`);
    },
  }, reporter);
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
  assert.deepEqual(await encode(runs, 2), [path]);
  assert.match(await Deno.readTextFile(path), /^2 frames/);
});
