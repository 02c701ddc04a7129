import assert from "node:assert/strict";
import { ProgramError, RunError } from "../../lib/errors.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { tryLock, waitForLock } from "../../lib/store/lock.ts";
import { Stopper } from "../../lib/runner/signals.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fakeInput, framesFinished, runFake } from "./fake_run.ts";

const holder = {
  host: "lab-1",
  pid: 4711,
  user: "grace",
  since: "2026-03-01T09:00:00.000Z",
  command: "run b.yaml",
};

Deno.test("an instance that fails leaves out what needs it, and nothing else", async () => {
  await using folder = await temporaryFolder();
  const events: RunEvent[] = [];
  const instances = [
    { name: "bad", frames: 1, settings: { fail: "run" as const } },
    { name: "needs_bad", frames: 1, inputs: [fakeInput("bad", 1)] },
    { name: "needs_that", frames: 1, inputs: [fakeInput("needs_bad", 1)] },
    { name: "good", frames: 2 },
  ];
  await assert.rejects(runFake(folder.path, instances, { events }), { message: "a loss became NaN" });
  assert.deepEqual(framesFinished(events), { good: [0, 1] });
  assert.deepEqual(
    events.flatMap((event) => event.type === "warning" ? [event.text] : []),
    ["needs_bad is left out, for it needs bad", "needs_that is left out, for it needs bad"],
  );
  assert.deepEqual(events.flatMap((event) => event.type === "run.finished" ? [event.code] : []), [1]);
});

Deno.test("several failures are told together", async () => {
  await using folder = await temporaryFolder();
  const instances = [
    { name: "a", frames: 1, settings: { fail: "run" as const } },
    { name: "b", frames: 1, settings: { fail: "missing" as const } },
  ];
  await assert.rejects(runFake(folder.path, instances), (error) => {
    assert(error instanceof RunError);
    assert.equal(error.message, "2 failures\na: a loss became NaN\nb: the weights are missing");
    return true;
  });
});

Deno.test("with wait off, what was held for a while and is finished is not told as held", async () => {
  await using folder = await temporaryFolder();
  const instances = ["first", "second", "free"].map((name) => ({ name, frames: 1 }));
  for (const name of ["first", "second"]) {
    await Deno.mkdir(instancePaths(folder.path, `fake-${name}`).folder, { recursive: true });
  }
  const [first, second] = await Promise.all(
    ["first", "second"].map((name) => tryLock(instancePaths(folder.path, `fake-${name}`).lock, holder)),
  );
  assert(first !== undefined && "lock" in first && second !== undefined && "lock" in second);
  await using _second = second.lock;
  const run = runFake(folder.path, instances, {
    wait: false,
    show: (event) => {
      assert.notEqual(event.type, "instance.waiting");
      if (event.type === "instance.finished" && event.instance === "free") first.lock[Symbol.asyncDispose]();
    },
  });
  await assert.rejects(run, (error) => {
    assert(error instanceof RunError);
    assert.match(error.message, /^second is held by grace on lab-1 .*b\.yaml$/);
    return true;
  });
});

Deno.test("after a stop, a program that Ctrl-C ended is part of the stop; another error is told", async () => {
  for (
    const [error, isStop] of [[new ProgramError("ffmpeg ended"), true], [
      new RunError("disk full"),
      false,
    ]] as const
  ) {
    await using folder = await temporaryFolder();
    for (const where of ["work", "views"]) {
      const stop = new Stopper();
      const fail = () => {
        stop.stop("SIGINT");
        return Promise.reject(error);
      };
      const run = runFake(folder.path, [{ name: "a", frames: 1 }], {
        stop,
        ...(where === "work" ? { doWork: fail } : { encodeViews: fail }),
      });
      if (isStop) assert.equal((await run).outcome.code, 130, where);
      else await assert.rejects(run, (thrown) => thrown === error, where);
    }
  }
});

Deno.test("a stop is heard while a run waits for another process to encode", async () => {
  await using folder = await temporaryFolder();
  const lock = `${folder.path}/encoding.lock`;
  const attempt = await tryLock(lock, holder);
  assert("lock" in attempt);
  await using _lock = attempt.lock;
  const stop = new Stopper();
  const { outcome, events } = await runFake(folder.path, [{ name: "a", frames: 1 }], {
    stop,
    async encodeViews() {
      setTimeout(() => stop.stop("SIGTERM"), 20);
      await using _ours = await waitForLock(lock, { ...holder, pid: 1 }, stop.abort);
    },
  });
  assert.equal(outcome.code, 143);
  assert(!events.some(({ type }) => type === "instance.failed"));
});
