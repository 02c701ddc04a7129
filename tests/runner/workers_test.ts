/** Several instances at a time in one process. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Stopper } from "../../lib/runner/signals.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { tryLock } from "../../lib/store/lock.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fakeInput, framesFinished, runFake } from "./fake_run.ts";

const delay = { delay: 20 };

/** How many instances were at work at the same time, at most. */
function mostAtWork(events: readonly RunEvent[]): number {
  let [now, most] = [0, 0];
  for (const { type } of events) {
    if (type === "instance.started") most = Math.max(most, ++now);
    if (type === "instance.finished" || type === "instance.failed") now--;
  }
  return most;
}

function order(events: readonly RunEvent[], type: RunEvent["type"]): (string | undefined)[] {
  return events.filter((event) => event.type === type).map(({ instance }) => instance);
}

Deno.test("instances that do not need each other are computed at a time, no more than there are workers", async () => {
  await using folder = await temporaryFolder();
  const inputs = [fakeInput("clip", 2)];
  const renders = ["a", "b", "c"].map((name) => ({ name, frames: 3, settings: delay, inputs }));
  const instances = [{ name: "clip", frames: 2, settings: delay }, ...renders];
  for (const [workers, expected] of [[1, 1], [2, 2], [9, 3]] as const) {
    const { outcome, events } = await runFake(join(folder.path, String(workers)), instances, { workers });
    assert.equal(outcome.code, 0);
    assert.deepEqual(outcome.computed.toSorted(), ["a", "b", "c", "clip"]);
    assert.equal(mostAtWork(events), expected);
    const started = events.findIndex(({ type, instance }) =>
      type === "instance.started" && instance !== "clip"
    );
    const clip = events.findIndex(({ type, instance }) =>
      type === "instance.finished" && instance === "clip"
    );
    assert(clip < started);
  }
});

Deno.test("one of several that fails stops only those that need it", async () => {
  await using folder = await temporaryFolder();
  const events: RunEvent[] = [];
  const run = runFake(folder.path, [
    { name: "bad", frames: 1, settings: { fail: "run" } },
    { name: "beside", frames: 4, settings: delay },
    { name: "needs_bad", frames: 1, inputs: [fakeInput("bad", 1)] },
    { name: "after", frames: 1, inputs: [fakeInput("beside", 4)] },
  ], { workers: 2, events });
  await assert.rejects(run, { message: "a loss became NaN" });
  assert.deepEqual(order(events, "instance.finished"), ["beside", "after"]);
});

Deno.test("a stop saves all that are at work, and the next run goes on with them", async () => {
  await using folder = await temporaryFolder();
  const stop = new Stopper();
  const instances = ["a", "b", "c"].map((name) => ({ name, frames: 30, settings: { delay: 10 } }));
  const events: RunEvent[] = [];
  const { outcome } = await runFake(folder.path, instances, {
    workers: 2,
    stop,
    events,
    show: () => {
      if (Object.keys(framesFinished(events)).length === 2) stop.stop("SIGINT");
    },
  });
  assert.deepEqual(outcome, { code: 130, signal: "SIGINT", computed: [] });
  const before = framesFinished(events);
  assert.deepEqual(Object.keys(before).toSorted(), ["a", "b"]);
  const next = await runFake(folder.path, instances, { workers: 2 });
  const after = framesFinished(next.events);
  for (const name of ["a", "b"]) {
    assert.deepEqual([...before[name] ?? [], ...after[name] ?? []], Array.from({ length: 30 }, (_, i) => i));
  }
});

Deno.test("what another process held is begun as soon as it is free, while others are at work", async () => {
  await using folder = await temporaryFolder();
  const { folder: place, lock } = instancePaths(folder.path, "fake-held");
  await Deno.mkdir(place, { recursive: true });
  const me = { host: "lab-1", pid: 4711, user: "grace", since: "2026-03-01T09:00:00.000Z", command: "run" };
  const attempt = await tryLock(lock, me);
  assert("lock" in attempt);
  const instances = [{ name: "held", frames: 1 }, { name: "long", frames: 60, settings: { delay: 40 } }];
  const { events } = await runFake(folder.path, instances, {
    workers: 2,
    show: (event) => {
      if (event.type === "frame.finished" && event.instance === "long" && event.frame === 0) {
        attempt.lock[Symbol.asyncDispose]();
      }
    },
  });
  assert.deepEqual(order(events, "instance.finished"), ["held", "long"]);
});

Deno.test("when the listener throws, all that are at work end", async () => {
  await using folder = await temporaryFolder();
  const instances = ["a", "b"].map((name) => ({ name, frames: 500, settings: { delay: 10 } }));
  const events: RunEvent[] = [];
  const run = runFake(folder.path, instances, {
    workers: 2,
    events,
    show: ({ type }) => {
      if (type === "frame.finished") throw new Error("the window was closed");
    },
  });
  await assert.rejects(run, { message: "the window was closed" });
  for (const name of ["a", "b"]) {
    const attempt = await tryLock(instancePaths(folder.path, `fake-${name}`).lock, {
      ...{ host: "lab-1", pid: 1, user: "ada", since: "", command: "" },
    });
    assert("lock" in attempt);
    await attempt.lock[Symbol.asyncDispose]();
  }
});
