import assert from "node:assert/strict";
import { join } from "node:path";
import { Stopper } from "../../lib/runner/signals.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { framePath, instancePaths, remakePaths } from "../../lib/store/layout.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { entriesIfThere } from "../../lib/store/presence.ts";
import { remakeAskedBy } from "../../lib/store/remake.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fakeInput, framesFinished, runFake } from "./fake_run.ts";

/** The digests that a finished instance's manifest has, after its files were found to be those. */
async function digestsIn(runs: string, name: string): Promise<readonly string[]> {
  const paths = instancePaths(runs, `fake-${name}`);
  const manifest = await readManifest(paths.manifest);
  assert(manifest !== undefined);
  for (const { path, bytes } of manifest.outputs) {
    assert.equal((await Deno.stat(join(paths.folder, path))).size, bytes);
  }
  return manifest.outputs.map(({ sha256 }) => sha256);
}

function remadeIn(events: readonly RunEvent[]) {
  return events.flatMap((event) =>
    event.type === "instance.remade" ? [{ name: event.instance, different: event.different }] : []
  );
}

Deno.test("a forced instance is made again, and the manifest says so of the session that did it", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 3 }]);
  const before = await digestsIn(runs, "a");
  const { outcome, events } = await runFake(runs, [{ name: "a", frames: 3, remake: "asked" }]);
  assert.deepEqual(outcome.computed, ["a"]);
  assert.deepEqual(framesFinished(events), { a: [0, 1, 2] });
  assert.deepEqual(remadeIn(events), [{ name: "a", different: 0 }]);
  assert.deepEqual(await digestsIn(runs, "a"), before);
  const manifest = await readManifest(instancePaths(runs, "fake-a").manifest);
  assert.deepEqual(manifest?.sessions.map(({ forced }) => forced), [true]);
  assert.deepEqual((await runFake(runs, [{ name: "a", frames: 3 }])).outcome.computed, []);
});

Deno.test("what is there stays until the new result is whole, and a forced run that was stopped goes on", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 4 }]);
  const before = await digestsIn(runs, "a");
  const stop = new Stopper();
  const settings = { seed: 2, delay: 5 };
  const stopped = await runFake(runs, [{ name: "a", frames: 4, settings, remake: "asked" }], {
    stop,
    show: (event) => {
      if (event.type === "frame.finished" && event.frame === 1) stop.stop("SIGINT");
    },
  });
  assert.equal(stopped.outcome.code, 130);
  const done = framesFinished(stopped.events).a?.length ?? 0;
  assert.ok(done >= 2 && done < 4);
  assert.deepEqual(await digestsIn(runs, "a"), before);

  // Another workflow of the same store takes what is there, and has it.
  assert.deepEqual((await runFake(runs, [{ name: "a", frames: 4 }])).outcome.computed, []);

  const { events } = await runFake(runs, [{ name: "a", frames: 4, settings, remake: "begun" }]);
  assert.equal(framesFinished(events).a?.at(0), done);
  assert.deepEqual(remadeIn(events), [{ name: "a", different: 4 }]);
  assert.notDeepEqual(await digestsIn(runs, "a"), before);
  assert.deepEqual(await entriesIfThere(remakePaths(instancePaths(runs, "fake-a")).folder), []);
});

Deno.test("what read the earlier bytes is told when the new ones differ, and only then", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const reader = { name: "reader", frames: 1, inputs: [fakeInput("a", 2)] };
  await runFake(runs, [{ name: "a", frames: 2 }, reader]);
  const warnings = async (seed: number) => {
    const forced = { name: "a", frames: 2, settings: { seed }, remake: "asked" } as const;
    const { events, outcome } = await runFake(runs, [forced, reader]);
    assert.deepEqual(outcome.computed, ["a"]);
    return events.flatMap((event) => event.type === "warning" ? [event.text] : []);
  };
  assert.deepEqual(await warnings(1), []);
  assert.deepEqual(await warnings(2), [
    "reader (fake-reader) was made from the earlier bytes of a, and was kept; --force makes it again",
  ]);
});

Deno.test("a process that waited while another made it again takes that result", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 2 }]);
  const forced = { name: "a", frames: 2, settings: { delay: 100 }, remake: "asked" } as const;
  const both = await Promise.all([runFake(runs, [forced]), runFake(runs, [forced])]);
  const computed = both.flatMap(({ outcome }) => outcome.computed);
  assert.deepEqual(computed, ["a"]);
});

Deno.test("frames that others have added since the plan are not lost to a shorter new result", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 4 }]);
  const before = await digestsIn(runs, "a");
  await assert.rejects(runFake(runs, [{ name: "a", frames: 2, remake: "asked" }]), {
    name: "RunError",
    message: "a has 4 frames by now, and making 2 of them again would lose the others; " +
      "make all of them again with --frames 4",
  });
  assert.deepEqual(await digestsIn(runs, "a"), before);
});

Deno.test("a process that died while the new result took the earlier one's place is made up for", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const paths = instancePaths(runs, "fake-a");
  const remake = remakePaths(paths);
  await using other = await temporaryFolder();
  await runFake(runs, [{ name: "a", frames: 3 }]);
  await runFake(other.path, [{ name: "a", frames: 3, settings: { seed: 2 } }]);
  const wanted = await digestsIn(other.path, "a");

  // As it lies there when one frame of the new result has moved.
  await Deno.rename(instancePaths(other.path, "fake-a").folder, remake.folder);
  await Deno.rename(join(remake.folder, framePath(0)), join(paths.folder, framePath(0)));
  const { outcome } = await runFake(runs, [{ name: "a", frames: 3 }]);
  assert.deepEqual(outcome.computed, []);
  assert.deepEqual(await digestsIn(runs, "a"), wanted);
  assert.deepEqual(await remakeAskedBy(paths), []);
});
