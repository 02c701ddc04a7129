/**
 * What of an engine decides the bits of a computation.
 * @module
 */
import type { EngineIdentityRecord } from "./events.ts";

/** A field of an engine's record. */
export type EngineCondition = keyof EngineIdentityRecord;

/** How each is told. A field that is new has no line here: the compiler says so. */
export const engineConditions: Readonly<Record<EngineCondition, string>> = {
  name: "engine",
  version: "engine version",
  provider: "provider",
  device: "device",
  precision: "precision",
  threads: "threads",
  convolution: "convolutions",
  arithmetic: "arithmetic",
};

/** The fields, in their order. */
export const engineFields: readonly EngineCondition[] = Object.keys(engineConditions).filter(isCondition);

function isCondition(name: string): name is EngineCondition {
  return name in engineConditions;
}
