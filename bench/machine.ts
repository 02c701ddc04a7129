/**
 * What was measured on.
 * @module
 */
import type { EngineIdentity } from "../lib/engines/engine.ts";
import { openEngine } from "../lib/engines/open.ts";

/** The engine as it is timed. */
export async function engineIdentity(threads: number | undefined): Promise<EngineIdentity> {
  await using engine = await openEngine(threads === undefined ? {} : { threads });
  return engine.identity;
}

/** One line about it. */
export function identityText({ name, version, device, threads }: EngineIdentity): string {
  return `${name} ${version}, ${device}, ${threads} threads, Deno ${Deno.version.deno}`;
}
