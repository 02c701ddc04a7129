/**
 * Who and where we are, for locks and manifests.
 * @module
 */
import { cpus } from "node:os";
import type { Machine } from "../../store/events.ts";
import type { LockHolder } from "../../store/lock.ts";

/** The machine, as manifests record it. */
export function describeMachine(): Machine {
  return {
    host: Deno.hostname(),
    os: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
  };
}

/** This process, as its locks name it. */
export function describeProcess(command: readonly string[]): LockHolder {
  return {
    host: Deno.hostname(),
    pid: Deno.pid,
    user: Deno.env.get("USER") ?? Deno.env.get("USERNAME") ?? "unknown",
    since: new Date().toISOString(),
    command: command.join(" "),
  };
}
