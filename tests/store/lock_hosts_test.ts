/** A lock among hosts on a network disk where the kernel's locks reach no further than each of them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { readLock } from "../../lib/store/lock_text.ts";
import { claimPath } from "../../lib/store/lock_turn.ts";
import { type HeldLock, tryLock } from "../../lib/store/lock.ts";
import { replace } from "../replaced.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { runHosts } from "./hosts_on_one_disk.ts";
import { me } from "./lock_holder.ts";

const other = { ...me, host: "lab-2" };
const hour = 3_600_000;

/** What a lock was before the hosts came. */
const before = fc.constantFrom(
  "never taken",
  "given back",
  "left by the dead",
  "held",
  "claimed by the dead",
);
type Before = Parameters<Parameters<typeof before.map>[0]>[0];

async function prepare(path: string, how: Before): Promise<void> {
  const text = JSON.stringify(how === "given back" ? { turn: 3 } : { ...other, turn: 3 });
  if (how !== "never taken") await Deno.writeTextFile(path, text);
  const longAgo = new Date(Date.now() - 61_000);
  if (how === "left by the dead" || how === "claimed by the dead") await Deno.utime(path, longAgo, longAgo);
  if (how !== "claimed by the dead") return;
  await Deno.writeTextFile(claimPath(path, 4), JSON.stringify({ ...other, turn: 4 }));
  await Deno.utime(claimPath(path, 4), longAgo, longAgo);
}

Deno.test("of hosts that take a lock at the same time one has it, in whatever order their operations come", async () => {
  const dies = fc.option(fc.nat(40), { nil: undefined, freq: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom("each host its own" as const, "none" as const),
      before,
      fc.array(fc.record({ dies, keeps: fc.boolean() }), { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(fc.constantFrom(0, -hour, hour)),
      async (scheduler, locking, how, hosts, offsets) => {
        await using folder = await temporaryFolder();
        const path = join(folder.path, "lock");
        await prepare(path, how);
        let holding = 0;
        let times = 0;
        const kept: HeldLock[] = [];
        const taken = hosts.map(({ keeps }, index) => async () => {
          const attempt = await tryLock(path, { ...me, host: `node-${index}` });
          if (!("lock" in attempt)) return;
          assert.equal(++holding, 1, "two hosts have it");
          times++;
          if (keeps) kept.push(attempt.lock);
          await scheduler.schedule(Promise.resolve(), "work");
          if (keeps) return;
          holding--;
          await attempt.lock[Symbol.asyncDispose]();
        });
        const clock = () => offsets.next().value ?? 0;
        await runHosts(taken, { scheduler, locking, deaths: hosts.map(({ dies }) => dies), clock });
        for (const lock of kept) await lock[Symbol.asyncDispose]();
        if (how === "held") assert.equal(times, 0);
        else if (hosts.every(({ dies }) => dies === undefined)) assert(times > 0, "nobody has it");
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("a lock of another host is free a minute after it was touched, by the disk's clock, whatever ours says", async () => {
  for (const [age, isFree] of [[50_000, false], [70_000, true]] as const) {
    for (const offset of [-hour, 0, hour]) {
      await using folder = await temporaryFolder();
      const path = join(folder.path, "lock");
      await Deno.writeTextFile(path, JSON.stringify({ ...other, turn: 7 }));
      const touched = new Date(Date.now() - age);
      await Deno.utime(path, touched, touched);
      using _clock = replace(Date, "now", (call) => (self, args) => Number(call(self, args)) + offset);
      const attempt = await tryLock(path, me);
      assert.equal("lock" in attempt, isFree);
      if ("lock" in attempt) await attempt.lock[Symbol.asyncDispose]();
      assert.equal((await readLock(path))?.turn, isFree ? 8 : 7);
      assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["lock"]);
    }
  }
});

Deno.test("where the disk has no second names for files, the kernel's lock is enough", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const refused = new Error("Operation not permitted (os error 1)");
  using _link = replace(Deno, "link", () => () => Promise.reject(refused));
  const first = await tryLock(path, me);
  assert("lock" in first);
  assert.deepEqual(await tryLock(path, { ...me, pid: 2 }), { heldBy: me });
  await first.lock[Symbol.asyncDispose]();
  const second = await tryLock(path, { ...me, pid: 2 });
  assert("lock" in second);
  await second.lock[Symbol.asyncDispose]();
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["lock"]);
});

Deno.test("a disk that has neither locks nor second names for files is refused", async () => {
  await using folder = await temporaryFolder();
  using _link = replace(Deno, "link", () => () => Promise.reject(new Error("Not supported (os error 1)")));
  using _lock = replace(
    Deno.FsFile.prototype,
    "tryLock",
    () => () =>
      Promise.reject(new Error(`No locks available (os error ${Deno.build.os === "darwin" ? 77 : 37})`)),
  );
  await assert.rejects(tryLock(join(folder.path, "lock"), me), {
    name: "RunError",
    message: /lock cannot be locked: .* choose another folder with --out$/,
  });
});

Deno.test("a host that slept for more than a minute is told that another has its lock, and leaves it as it is", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const ticks: (() => void)[] = [];
  using _kernel = replace(Deno.FsFile.prototype, "tryLock", () => () => Promise.resolve(true));
  using _timer = replace(globalThis, "setInterval", (call) => (self, [tick, ...rest]) => {
    if (typeof tick === "function") ticks.push(() => tick());
    return call(self, [tick, ...rest]);
  });
  const sleeping = await tryLock(path, me);
  assert("lock" in sleeping);
  const longAgo = new Date(Date.now() - 61_000);
  await Deno.utime(path, longAgo, longAgo);
  const awake = await tryLock(path, other);
  assert("lock" in awake);
  await using _lock = awake.lock;
  const text = await Deno.readTextFile(path);
  for (const tick of ticks) tick();
  sleeping.lock.requireHeld();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.throws(() => sleeping.lock.requireHeld(), { name: "RunError", message: /taken by another host/ });
  awake.lock.requireHeld();
  await sleeping.lock[Symbol.asyncDispose]();
  assert.equal(await Deno.readTextFile(path), text);
});
