import assert from "node:assert/strict";
import { join } from "node:path";
import { MissingError, RunError, WorkflowError } from "../../lib/errors.ts";
import { Stopper } from "../../lib/runner/signals.ts";
import { readEvents } from "../../lib/store/event_log.ts";
import { type RunEvent, runEventSchema } from "../../lib/store/events.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { tryLock } from "../../lib/store/lock.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fakeInput, framesFinished, runFake } from "./fake_run.ts";

async function bytesOf(runs: string, name: string, frames: number): Promise<string[]> {
  const manifest = await readManifest(instancePaths(runs, `fake-${name}`).manifest);
  assert(manifest !== undefined);
  assert.equal(manifest.outputs.length, frames);
  return manifest.outputs.map(({ sha256 }) => sha256);
}

Deno.test("a run computes the instances after their inputs and leaves a manifest; run again it computes nothing", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const instances = [
    { name: "clip", frames: 3 },
    { name: "metamer", frames: 5, inputs: [fakeInput("clip", 3)] },
  ];
  const first = await runFake(runs, instances);
  assert.deepEqual(first.outcome, { code: 0, computed: ["clip", "metamer"] });
  assert.deepEqual(framesFinished(first.events), { clip: [0, 1, 2], metamer: [0, 1, 2, 3, 4] });
  for (const event of first.events) runEventSchema.parse(event);

  const manifest = await readManifest(instancePaths(runs, "fake-metamer").manifest);
  assert.equal(manifest?.iterations, 50);
  assert.deepEqual(manifest?.inputs.map(({ role, key, frames }) => [role, key, frames]), [[
    "video",
    "fake-clip",
    [0, 3],
  ]]);
  assert.deepEqual(manifest?.sessions.map(({ frames }) => frames), [[0, 4]]);

  const again = await runFake(runs, instances);
  assert.deepEqual(again.outcome, { code: 0, computed: [] });
  assert.deepEqual(framesFinished(again.events), {});
});

Deno.test("three frames become five, and two are there already", async () => {
  await using folder = await temporaryFolder();
  await using other = await temporaryFolder();
  await runFake(folder.path, [{ name: "a", frames: 3 }]);
  const longer = await runFake(folder.path, [{ name: "a", frames: 5 }]);
  assert.deepEqual(framesFinished(longer.events), { a: [3, 4] });
  const shorter = await runFake(folder.path, [{ name: "a", frames: 2 }]);
  assert.deepEqual(shorter.outcome.computed, []);
  await runFake(other.path, [{ name: "a", frames: 5 }]);
  assert.deepEqual(await bytesOf(folder.path, "a", 5), await bytesOf(other.path, "a", 5));
});

Deno.test("a stop ends the run after the frame in progress with the signal's exit code, and the next run goes on", async () => {
  await using folder = await temporaryFolder();
  const stop = new Stopper();
  const { outcome, events } = await runFake(
    folder.path,
    [{ name: "a", frames: 50, settings: { delay: 5 } }],
    {
      stop,
      show: (event) => {
        if (event.type === "frame.finished" && event.frame === 1) stop.stop("SIGTERM");
      },
    },
  );
  assert.deepEqual(outcome, { code: 143, signal: "SIGTERM", computed: [] });
  assert(events.some((event) => event.type === "run.interrupted" && event.signal === "SIGTERM"));
  const done = framesFinished(events).a?.length ?? 0;
  assert(done >= 2 && done < 50);
  const next = await runFake(folder.path, [{ name: "a", frames: done + 2 }]);
  assert.deepEqual(framesFinished(next.events), { a: [done, done + 1] });
  const log = await readEvents(instancePaths(folder.path, "fake-a").events);
  assert.equal(log.filter(({ type }) => type === "instance.started").length, 2);
});

Deno.test("a damaged frame is computed again and the log says so", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [{ name: "a", frames: 4 }]);
  const before = await bytesOf(folder.path, "a", 4);
  const path = join(instancePaths(folder.path, "fake-a").frames, "000002.npy");
  await Deno.writeFile(path, (await Deno.readFile(path)).with(-1, 1));
  const { events } = await runFake(folder.path, [{ name: "a", frames: 4 }]);
  assert.deepEqual(
    events.flatMap((event) => event.type === "damaged" ? [[event.path, event.action]] : []),
    [["frames/000002.npy", "computed again"]],
  );
  assert.equal(framesFinished(events).a?.at(0), 2);
  assert.deepEqual(await bytesOf(folder.path, "a", 4), before);
});

Deno.test("every damaged file of an instance is mended by the next run", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [{ name: "a", frames: 2 }]);
  const before = await bytesOf(folder.path, "a", 2);
  const paths = instancePaths(folder.path, "fake-a");
  for (const path of [paths.manifest, paths.frameRecords, paths.events, paths.instance, paths.lock]) {
    await Deno.writeTextFile(path, "{");
    const { outcome } = await runFake(folder.path, [{ name: "a", frames: 2 }]);
    assert.equal(outcome.code, 0);
    assert.deepEqual(await bytesOf(folder.path, "a", 2), before, path);
  }
});

Deno.test("a manifest whose number of frames was damaged does not stand for frames that are not there", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [{ name: "a", frames: 3 }]);
  const { manifest } = instancePaths(folder.path, "fake-a");
  const text = await Deno.readTextFile(manifest);
  const damaged = text.replace(/("video": \{[^}]*"frames": )3/, "$1" + "7");
  assert.notEqual(damaged, text);
  await Deno.writeTextFile(manifest, damaged);
  const { events } = await runFake(folder.path, [{ name: "a", frames: 5 }]);
  assert.deepEqual(framesFinished(events), { a: [3, 4] });
  assert.equal((await bytesOf(folder.path, "a", 5)).length, 5);
});

const failures = [
  ["workflow", WorkflowError, /^the workflow is wrong$/],
  ["missing", MissingError, /^the weights are missing$/],
  ["run", RunError, /^a loss became NaN$/],
  ["memory", RunError, /^not enough memory/],
  ["bug", Error, /^oops$/],
  ["later", Error, /broke: Uncaught TypeError: oops, later/],
  ["few", Error, /the stage returned with 0 of 2 frames finished/],
] as const;

for (const [fail, errorClass, text] of failures) {
  Deno.test(`a stage that fails by "${fail}" ends the run with ${errorClass.name}, and its lock is free`, async () => {
    await using folder = await temporaryFolder();
    const events: RunEvent[] = [];
    const settings = { fail };
    await assert.rejects(runFake(folder.path, [{ name: "a", frames: 2, settings }], { events }), (error) => {
      assert(error instanceof errorClass);
      assert.equal(error.constructor, errorClass);
      assert.match(error.message, text);
      if (fail === "bug") assert.match(error.stack ?? "", /fake_worker\.ts/);
      return true;
    });
    const code = { workflow: 2, missing: 3 }[String(fail)] ?? 1;
    assert.deepEqual(
      events.flatMap((event) =>
        event.type === "run.finished" || event.type === "instance.failed" ? [event.code] : []
      ),
      [code, code],
    );
    assert.equal((await runFake(folder.path, [{ name: "a", frames: 2 }])).outcome.code, 0);
  });
}

Deno.test("an instance that another process holds is left for last, waited for, and not computed twice", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [{ name: "held", frames: 1 }]);
  const holder = {
    host: "lab-1",
    pid: 4711,
    user: "grace",
    since: "2026-03-01T09:00:00.000Z",
    command: "run b.yaml",
  };
  const attempt = await tryLock(instancePaths(folder.path, "fake-held").lock, holder);
  assert("lock" in attempt);
  const { outcome, events } = await runFake(folder.path, [{ name: "held", frames: 2 }, {
    name: "free",
    frames: 1,
  }], {
    show: (event) => {
      if (event.type === "instance.finished" && event.instance === "free") {
        attempt.lock[Symbol.asyncDispose]();
      }
    },
  });
  assert.deepEqual(outcome.computed, ["free", "held"]);
  assert.deepEqual(
    events.flatMap((event) => event.type === "instance.waiting" ? [event.held_by] : []),
    [holder],
  );
});

Deno.test("with wait off, a run whose instances are held ends and says by whom", async () => {
  await using folder = await temporaryFolder();
  await runFake(folder.path, [{ name: "held", frames: 1 }]);
  const holder = {
    host: "lab-1",
    pid: 4711,
    user: "grace",
    since: "2026-03-01T09:00:00.000Z",
    command: "run b.yaml",
  };
  const attempt = await tryLock(instancePaths(folder.path, "fake-held").lock, holder);
  assert("lock" in attempt);
  await using _lock = attempt.lock;
  await assert.rejects(runFake(folder.path, [{ name: "held", frames: 2 }], { wait: false }), {
    name: "RunError",
    message: "held is held by grace on lab-1 (process 4711, since 2026-03-01T09:00:00.000Z): run b.yaml",
  });
});

Deno.test("the main thread goes on while a stage keeps its worker busy", async () => {
  await using folder = await temporaryFolder();
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const { events } = await runFake(folder.path, [{ name: "a", frames: 1, settings: { busy: 500 } }], {
    show: (event) => {
      if (event.type === "instance.started") ticks = 0;
      if (event.type === "frame.finished") clearInterval(timer);
    },
  });
  assert(ticks > 3, `${ticks} ticks in half a second`);
  const pauses = events.flatMap((event) => event.type === "run.finished" ? [event.longest_pause_ms] : []);
  assert.equal(pauses.length, 1);
});
