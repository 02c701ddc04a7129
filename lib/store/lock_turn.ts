/**
 * Taking a lock so that no two hosts have it, also on a network disk where the kernel's locks do not reach from one to the
 * other. A lock counts its turns. Who wants turn n + 1 makes a file of that name, which only one can; looks again whether turn n
 * is still over; and puts the file in the lock's place.
 * @module
 */
import { RunError } from "../errors.ts";
import { temporaryPath } from "./durable_write.ts";
import { isRefused, type KernelLock, lockInKernel } from "./kernel_lock.ts";
import { type LockHolder, type LockText, readLock, writeLock } from "./lock_text.ts";
import { unlessAbsent } from "./presence.ts";

/** A holder that has not touched its lock for so long is gone, in milliseconds. */
export const goneAfter = 60_000;

/** The file by which somebody claims a turn. */
export function claimPath(path: string, turn: number): string {
  return `${path}.turn-${turn}`;
}

/** True when the text of a lock that the kernel does not refuse us tells of somebody who may hold it all the same. */
export function mayBeHeld(
  { holder }: LockText,
  { host }: Pick<LockHolder, "host">,
  kernel: KernelLock,
): boolean {
  return holder !== undefined && (kernel === "none" || holder.host !== host);
}

/** What came of a claim: the file that is the lock now, or who was before us, where that is known. */
export type Claimed = { readonly file: Deno.FsFile; readonly turn: number } | {
  readonly by: LockHolder | undefined;
};

/**
 * Takes the turn after the one that was seen. Ages are by the disk's clock: by the time of the claim's own file. Throws RunError
 * where nothing keeps two from having it.
 * @param lock the file at the path, open, and locked by the kernel where the disk has such locks; closed when it is not the lock
 */
export async function claimTurn(
  path: string,
  { lock, seen, me, kernel }: {
    readonly lock: Deno.FsFile;
    readonly seen: LockText;
    readonly me: LockHolder;
    readonly kernel: KernelLock;
  },
): Promise<Claimed> {
  await using claim = await openClaim(path, me);
  const { by, isAlone } = await claim.next(seen.turn);
  if (by !== undefined) return by;
  if (!isAlone && kernel === "none") {
    throw new RunError(
      `${path} cannot be locked: its disk has neither locks nor second names (hard links) for files; choose another folder with --out`,
    );
  }
  const now = await readLock(path);
  const isOver = now?.turn === seen.turn && (!mayBeHeld(now, me, kernel) || claim.isLater(now));
  if (!isOver) return { by: now?.holder };
  return await claim.publish(lock);
}

/** A file of our own beside the lock. */
interface Claim extends AsyncDisposable {
  /** Claims the turn after this one, or the next where a claim is of somebody who is gone; `by` says who was first. */
  next(turn: number): Promise<{
    readonly by?: { readonly by: LockHolder | undefined };
    /** False where the disk cannot tell: it has no second names for files. */
    readonly isAlone?: boolean;
  }>;
  /** True when the text was not touched for so long that its writer is gone. */
  isLater(text: LockText): boolean;
  /** Becomes the lock. */
  publish(lock: Deno.FsFile): Promise<Claimed>;
}

async function openClaim(path: string, me: LockHolder): Promise<Claim> {
  const aside = temporaryPath(path);
  const file = await Deno.open(aside, { read: true, write: true, createNew: true });
  /** Claims of processes that are gone: until a later turn is taken they keep others from turns that are over. */
  const passed: string[] = [];
  let turn = 0;
  let written = 0;
  let isLinked = false;
  let isKept = false;
  const isLater = ({ touched }: LockText) => written - touched >= goneAfter;
  return {
    async next(last) {
      await lockInKernel(file);
      for (turn = last + 1;; turn++) {
        await writeLock(file, { turn, holder: me });
        written = (await file.stat()).mtime?.getTime() ?? 0;
        const place = claimPath(path, turn);
        const made = await link(aside, place);
        if (made === "gone") return { by: { by: undefined } };
        isLinked = made === "linked";
        if (made !== "taken") return { isAlone: isLinked };
        const other = await readLock(place);
        if (other === undefined || !(await isAbandoned(place, other, me) || isLater(other))) {
          return { by: { by: other?.holder } };
        }
        passed.push(place);
      }
    },
    isLater,
    async publish(lock) {
      // Windows moves nothing onto a file that is open; its locks reach over its network disks.
      if (!isLinked || Deno.build.os === "windows") {
        await writeLock(lock, { turn, holder: me });
        for (const place of passed) await remove(place);
        return { file: lock, turn };
      }
      // Closed first: some network disks keep what is open here under another name, and do so in a second step.
      lock.close();
      if (await unlessAbsent(aside, () => Deno.rename(aside, path).then(() => true)) === undefined) {
        return { by: undefined };
      }
      isKept = true;
      for (const place of passed) await remove(place);
      return { file, turn };
    },
    async [Symbol.asyncDispose]() {
      if (!isKept) file.close();
      if (isLinked) await remove(claimPath(path, turn));
      if (!isKept) await remove(aside);
    },
  };
}

/** unsupported: the disk has no second names for files; then the kernel's lock is all there is. gone: our own file was removed. */
async function link(from: string, to: string): Promise<"linked" | "taken" | "unsupported" | "gone"> {
  try {
    await Deno.link(from, to);
    return "linked";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "gone";
    if (error instanceof Deno.errors.AlreadyExists) return await isSame(from, to) ? "linked" : "taken";
    if (isRefused(error, ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"])) return "unsupported";
    throw error;
  }
}

/** A server that answers a second time tells of the link that it made the first time. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => unlessAbsent(path, () => Deno.stat(path))));
  return a !== undefined && b !== undefined && a.ino !== null && a.ino === b.ino && a.dev === b.dev;
}

/** True for a claim of a process of this machine that died. */
async function isAbandoned(place: string, { holder }: LockText, { host }: LockHolder): Promise<boolean> {
  if (holder?.host !== host) return false;
  const file = await unlessAbsent(place, () => Deno.open(place, { read: true, write: true }));
  if (file === undefined) return false;
  using _file = file;
  return await lockInKernel(file) === "taken";
}

/** What cannot be removed keeps nobody away for long, and is removed with what dead writers have left. */
async function remove(path: string): Promise<void> {
  await Deno.remove(path).catch(() => undefined);
}
