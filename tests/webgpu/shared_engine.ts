/**
 * The engine on WebGPU, opened once for a file of tests: a device takes a third of a second.
 * @module
 */
import { openEngine } from "../../lib/engines/open.ts";
import type { Engine } from "../../lib/engines/engine.ts";

/** An engine that stays open when it is disposed of, until the process ends. */
export async function sharedEngine(): Promise<Engine> {
  const engine = await openEngine({ provider: "webgpu" });
  return { ...engine, [Symbol.asyncDispose]: () => Promise.resolve() };
}
