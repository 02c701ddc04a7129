import assert from "node:assert/strict";
import { join } from "node:path";
import { tryLock, waitForLock } from "../../lib/store/lock.ts";
import { whenLockChanges } from "../../lib/store/lock_watch.ts";
import { touchLock } from "../../lib/store/lock_text.ts";
import { replace } from "../replaced.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { me } from "./lock_holder.ts";

/** Longer than any test: what is told must come by the system's watch. */
const tooLong = { milliseconds: 600_000 };

Deno.test("a lock that is given back on this machine is told at once, and so is one whose process was killed", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const attempt = await tryLock(path, me);
  assert("lock" in attempt);
  const told = whenLockChanges([path], tooLong);
  setTimeout(() => attempt.lock[Symbol.asyncDispose](), 20);
  assert.equal(await told, path);
  // It was given back before anybody listened.
  assert.equal(await whenLockChanges([path], tooLong), path);

  const program = new URL("hold_lock.ts", import.meta.url).href;
  const holder = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", "--allow-write", program, path],
    stdout: "piped",
  }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read(); // it prints when it has the lock
  const dying = whenLockChanges([path], tooLong);
  setTimeout(() => holder.kill("SIGKILL"), 20);
  assert.equal(await dying, path);
  await holder.status;
  await reader.cancel();
});

Deno.test("who waits for a lock is not woken by its holder's touch, nor by others who try in vain", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const attempt = await tryLock(path, me);
  assert("lock" in attempt);
  await using _lock = attempt.lock;
  const waiting = whenLockChanges([path], { milliseconds: 300 });
  using file = await Deno.open(path, { read: true, write: true });
  await touchLock(file);
  assert("heldBy" in await tryLock(path, { ...me, pid: 2 }));
  assert.equal(await waiting, undefined);
});

Deno.test("a lock of another host is tried no more often than once in five seconds, until it was not touched for a minute", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  await Deno.writeTextFile(path, JSON.stringify({ ...me, host: "lab-2", turn: 1 }));
  const waits: number[] = [];
  let attempts = 0;
  // Time that passes makes the lock older instead.
  using _time = replace(globalThis, "setTimeout", (call) => (self, [then, milliseconds]) => {
    const { mtime } = Deno.statSync(path);
    const age = new Date(Number(mtime) - Number(milliseconds));
    waits.push(Number(milliseconds));
    Deno.utimeSync(path, age, age);
    return call(self, [then, 0]);
  });
  using _attempts = replace(Deno.FsFile.prototype, "tryLock", (call) => (file, args) => {
    if (args[0] === true) attempts++;
    return call(file, args);
  });
  await using _lock = await waitForLock(path, me);
  assert(waits.every((milliseconds) => milliseconds >= 5_000 && milliseconds <= 7_500));
  assert(waits.length >= 8 && waits.length <= 12, `${waits.length}`);
  // The last takes it by a file of its own.
  assert.equal(attempts, waits.length + 2);
});

Deno.test("a stop ends the wait for a lock", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const attempt = await tryLock(path, me);
  assert("lock" in attempt);
  await using _lock = attempt.lock;
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 20);
  await assert.rejects(
    waitForLock(path, { ...me, pid: 2 }, stop.signal),
    (error) => error === stop.signal.reason,
  );
});
