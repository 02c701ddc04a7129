/** The program on a Slurm of the tests' own. */
import { join } from "node:path";
import { readEvents } from "../../lib/store/event_log.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { readInstanceIndex } from "../../lib/store/instance_index.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import type { Slurm } from "./slurm.ts";

/** What `sacct` would tell: Slurm's own record of a finished or waiting task, by its name. */
export async function askSlurm(slurm: Slurm, program: string, ...args: readonly string[]): Promise<string> {
  const command = new Deno.Command(program, { args: [...args], env: slurm.environment });
  const { stdout, stderr } = await command.output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** The keys of a workflow's instances, by their names. */
export async function keysOf(runs: string, workflow: string): Promise<ReadonlyMap<string, string>> {
  const index = await readInstanceIndex(join(runs, workflow, "instances.json"));
  return new Map(Object.entries(index?.instances ?? {}).map(([name, { key }]) => [name, key]));
}

/** What happened to an instance; nothing while its folder is not there. */
export async function eventsOf(runs: string, key: string): Promise<readonly RunEvent[]> {
  return await readEvents(join(runs, "store", key, "events.jsonl"));
}

/** sha256 of all that an instance made, as its manifest states them; undefined while it is not finished. */
export async function madeBy(
  runs: string,
  key: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const manifest = await readManifest(join(runs, "store", key, "manifest.json"));
  return manifest && Object.fromEntries(manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
}

/** How often an event of that type happened. */
export function count(events: readonly RunEvent[], type: RunEvent["type"]): number {
  return events.filter((event) => event.type === type).length;
}

/** Waits until something holds; throws when it does not within five minutes, in which a busy machine ends a job that begins again. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!await holds()) {
    if (Date.now() > deadline) throw new Error(`five minutes passed before ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
