import assert from "node:assert/strict";
import { join } from "node:path";
import { describeHolder, tryLock } from "../../lib/store/lock.ts";
import { me } from "./lock_holder.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("tryLock() says who holds the lock, and takes it when it is free again", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  {
    const first = await tryLock(path, me);
    assert("lock" in first);
    await using _held = first.lock;
    assert.deepEqual(await tryLock(path, { ...me, pid: 2 }), { heldBy: me });
  }
  const again = await tryLock(path, { ...me, pid: 2 });
  assert("lock" in again);
  await again.lock[Symbol.asyncDispose]();
});

Deno.test("tryLock() takes over the lock of a process that was killed", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const holder = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--allow-read",
      "--allow-write",
      new URL("hold_lock.ts", import.meta.url).href,
      path,
    ],
    stdout: "piped",
  }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read(); // it prints when it has the lock
  const attempt = await tryLock(path, me);
  assert("heldBy" in attempt && attempt.heldBy?.user === "grace");
  holder.kill("SIGKILL");
  await holder.status;
  await reader.cancel();
  const after = await tryLock(path, me);
  assert("lock" in after);
  await after.lock[Symbol.asyncDispose]();
});

Deno.test("tryLock() takes over the lock of a process that died, also while somebody looks who has it", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  await Deno.writeTextFile(path, JSON.stringify({ ...me, pid: 2 }));
  using looking = await Deno.open(path, { read: true });
  assert(await looking.tryLock(false));
  const attempting = tryLock(path, me);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await looking.unlock();
  const attempt = await attempting;
  assert("lock" in attempt);
  await attempt.lock[Symbol.asyncDispose]();
});

Deno.test("tryLock() takes no lock that was moved away with its folder, but makes a new one", async () => {
  await using folder = await temporaryFolder();
  const [place, aside] = [join(folder.path, "instance"), join(folder.path, "aside")];
  const path = join(place, "lock");
  const first = await tryLock(path, me);
  assert("lock" in first);
  const attempting = tryLock(path, { ...me, pid: 2 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Deno.rename(place, aside);
  await first.lock[Symbol.asyncDispose]();
  const attempt = await attempting;
  assert("lock" in attempt);
  assert.match(await Deno.readTextFile(path), /"pid":2/);
  assert.deepEqual(await tryLock(path, { ...me, pid: 3 }), { heldBy: { ...me, pid: 2 } });
  await attempt.lock[Symbol.asyncDispose]();
});

Deno.test("tryLock() respects a fresh text of another host, and takes one that was not touched for a minute", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "lock");
  const other = { ...me, host: "lab-2" };
  await Deno.writeTextFile(path, JSON.stringify(other));
  assert.deepEqual(await tryLock(path, me), { heldBy: other });
  const longAgo = new Date(Date.now() - 61_000);
  await Deno.utime(path, longAgo, longAgo);
  const attempt = await tryLock(path, me);
  assert("lock" in attempt);
  await attempt.lock[Symbol.asyncDispose]();
});

Deno.test("describeHolder() names user, host, process, time and command", () => {
  assert.equal(
    describeHolder(me),
    "held by ada on lab-1 (process 1, since 2026-03-01T09:00:00.000Z): metamer run a.yaml",
  );
  assert.match(describeHolder({ ...me, user: "unknown" }), /^held on lab-1 \(process 1,/);
  assert.equal(describeHolder(undefined), "held by another process");
});
