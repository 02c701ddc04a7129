/**
 * Several hosts on one network disk, in this process: their operations on files come in an order that fast-check chooses, the
 * kernel's locks do not reach from one to the other, and each may die at any of its operations.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type fc from "fast-check";
import { callOf, replace } from "../replaced.ts";

/** How a disk does without locks that reach from host to host: each has its own, or there are none. */
export type Locking = "each host its own" | "none";

class Died extends Error {
  override readonly name = "Died";
}

const operations: readonly (readonly [object, readonly string[]])[] = [
  [Deno, ["open", "link", "rename", "remove", "stat"]],
  [Deno.FsFile.prototype, ["read", "write", "stat", "sync"]],
];

/**
 * Runs what each host does, one operation of one host after the other, and resolves when all are done or dead.
 * @param deaths at which of its operations a host dies, the first being 0
 * @param clock what a host's own clock shows when it is asked, in milliseconds off
 */
export async function runHosts(
  hosts: readonly (() => Promise<void>)[],
  { scheduler, locking, deaths = [], clock }: {
    readonly scheduler: fc.Scheduler;
    readonly locking: Locking;
    readonly deaths?: readonly (number | undefined)[];
    readonly clock: () => number;
  },
): Promise<void> {
  const left = new AsyncLocalStorage<{ operations: number }>();
  const now = callOf(Date, "now");
  using replaced = new DisposableStack();
  for (const [owner, names] of operations) {
    for (const name of names) {
      replaced.use(replace(owner, name, (call) => async (self, args) => {
        const host = left.getStore();
        if (host !== undefined && host.operations-- <= 0) throw new Died();
        if (host !== undefined) await scheduler.schedule(Promise.resolve(), name);
        // Hosts die here, and no disk does.
        return name === "sync" ? undefined : await call(self, args);
      }));
    }
  }
  const noLocks = new Error(`No locks available (os error ${Deno.build.os === "darwin" ? 77 : 37})`);
  replaced.use(
    replace(
      Deno.FsFile.prototype,
      "tryLock",
      () => () => locking === "none" ? Promise.reject(noLocks) : Promise.resolve(true),
    ),
  );
  replaced.use(replace(Date, "now", () => (self, args) => Number(now(self, args)) + clock()));
  // Nobody sleeps: the others' operations are time enough.
  replaced.use(replace(globalThis, "setTimeout", (call) => (self, [then]) => call(self, [then, 0])));
  const all = hosts.map((host, index) =>
    left.run({ operations: deaths[index] ?? Infinity }, async () => {
      try {
        await host();
      } catch (error) {
        if (!isDeath(error)) throw error;
      }
    })
  );
  await scheduler.waitFor(Promise.all(all));
}

/** Whatever an operation's failure was made into on its way. */
function isDeath(error: unknown): boolean {
  if (error instanceof Died) return true;
  if (error instanceof SuppressedError) return isDeath(error.error) || isDeath(error.suppressed);
  return error instanceof Error && error.cause !== undefined && isDeath(error.cause);
}
