/** Several processes that share a store, on a matrix of six instances and the clip that all of them read. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readEvents } from "../../lib/store/event_log.ts";
import { type RunEvent, runEventSchema } from "../../lib/store/events.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { runFake } from "./fake_run.ts";

const names = ["clip", "render_1", "render_2", "render_3", "render_4", "render_5", "render_6"];

function startProcess(runs: string, frames: number, delay: number): Deno.ChildProcess {
  const program = fileURLToPath(new URL("fake_process.ts", import.meta.url));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", program, runs, String(frames), String(delay)],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** The events that it prints, as they come. */
async function* eventsOf(process: Deno.ChildProcess): AsyncGenerator<RunEvent> {
  let text = "";
  for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (text + piece).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) yield runEventSchema.parse(JSON.parse(line));
  }
}

/** What the logs in the store say was begun and finished, by instance. */
async function loggedIn(runs: string): Promise<Record<string, Record<string, number>>> {
  const logged: Record<string, Record<string, number>> = {};
  for (const name of names) {
    const counted: Record<string, number> = {};
    for (const event of await readEvents(instancePaths(runs, `fake-${name}`).events)) {
      if (!["instance.started", "frame.finished", "instance.finished"].includes(event.type)) continue;
      const what = event.type === "frame.finished" ? `frame ${event.frame}` : event.type;
      counted[what] = (counted[what] ?? 0) + 1;
    }
    logged[name] = counted;
  }
  return logged;
}

for (const count of [2, 4]) {
  Deno.test(`${count} processes on one store compute each instance exactly once`, async () => {
    await using folder = await temporaryFolder();
    const processes = Array.from({ length: count }, () => startProcess(folder.path, 3, 20));
    const finishedBy = await Promise.all(processes.map(async (process) => {
      const events = await Array.fromAsync(eventsOf(process));
      assert.equal((await process.status).code, 0);
      return events.flatMap(({ type, instance }) => type === "instance.finished" ? [instance] : []);
    }));
    assert.deepEqual(finishedBy.flat().toSorted(), names);
    const once = { "instance.started": 1, "frame 0": 1, "frame 1": 1, "instance.finished": 1 };
    const renders = names.slice(1).map((name) => [name, { ...once, "frame 2": 1 }]);
    assert.deepEqual(await loggedIn(folder.path), { clip: once, ...Object.fromEntries(renders) });
  });
}

Deno.test("the instance of a process that is killed with -9 is finished by another, from where it was", async () => {
  await using folder = await temporaryFolder();
  const [frames, delay] = [10, 40];
  const doomed = startProcess(folder.path, frames, delay);
  let begun: string | undefined;
  let other: Deno.ChildProcess | undefined;
  for await (const event of eventsOf(doomed)) {
    if (begun !== undefined || event.type !== "frame.finished" || event.instance === "clip") continue;
    if (event.frame === 0) other ??= startProcess(folder.path, frames, delay);
    if (event.frame < 2) continue;
    begun = event.instance;
    doomed.kill("SIGKILL");
  }
  assert.equal((await doomed.status).signal, "SIGKILL");
  assert(begun !== undefined && other !== undefined);
  const events = await Array.fromAsync(eventsOf(other));
  assert.equal((await other.status).code, 0);
  assert(events.some(({ type, instance }) => type === "instance.finished" && instance === begun));

  for (
    const [name, { "instance.started": started, ...finished }] of Object.entries(await loggedIn(folder.path))
  ) {
    assert.equal(started, name === begun ? 2 : 1, name);
    for (const [what, times] of Object.entries(finished)) assert.equal(times, 1, `${name}, ${what}`);
    const manifest = await readManifest(instancePaths(folder.path, `fake-${name}`).manifest);
    assert.equal(manifest?.outputs.length, name === "clip" ? 2 : frames);
  }
});

Deno.test("an instance that another host holds is left to it while it touches its lock, and taken when it does not", async () => {
  await using folder = await temporaryFolder();
  const run = () => runFake(folder.path, [{ name: "a", frames: 1 }], { wait: false });
  const { folder: place, lock } = instancePaths(folder.path, "fake-a");
  await Deno.mkdir(place, { recursive: true });
  // On a network disk the kernel's lock of another machine may not be seen.
  const holder = {
    host: "node-7",
    pid: 4711,
    user: "grace",
    since: "2026-03-01T09:00:00.000Z",
    command: "run",
  };
  await Deno.writeTextFile(lock, JSON.stringify(holder));
  await assert.rejects(run, {
    name: "RunError",
    message: /^a is held by grace on node-7 \(process 4711, since/,
  });
  const longAgo = new Date(Date.now() - 61_000);
  await Deno.utime(lock, longAgo, longAgo);
  assert.deepEqual((await run()).outcome, { code: 0, computed: ["a"] });
});
