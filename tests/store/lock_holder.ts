/** A process, as locks name it. */
import type { LockHolder } from "../../lib/store/lock.ts";

export const me: LockHolder = {
  host: "lab-1",
  pid: 1,
  user: "ada",
  since: "2026-03-01T09:00:00.000Z",
  command: "metamer run a.yaml",
};
