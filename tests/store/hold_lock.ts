/** Takes the lock named on the command line and keeps it until killed: a program for `lock_test.ts`. */
import { tryLock } from "../../lib/store/lock.ts";

const [path] = Deno.args;
if (path === undefined) throw new Error("usage: hold_lock.ts PATH");
const attempt = await tryLock(path, {
  host: "lab-1",
  pid: Deno.pid,
  user: "grace",
  since: new Date().toISOString(),
  command: "hold_lock.ts",
});
console.log("lock" in attempt ? "held" : "busy");
setInterval(() => undefined, 1000);
