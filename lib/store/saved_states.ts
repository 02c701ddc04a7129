/**
 * The states inside a frame that a stage has left: the newest, and the one before it. Damage is told, and is no reason to fail.
 * @module
 */
import type { InstancePaths } from "./layout.ts";
import { sizeIfThere, unlessAbsent } from "./presence.ts";
import type { StageStore, StateGeneration } from "./stage_store.ts";

/** The names of their files. */
const fileOf: Readonly<Record<StateGeneration, string>> = {
  newest: "state.npz",
  previous: "state.previous.npz",
};

/** What was found. */
export interface FoundState<State> {
  /** Undefined when there is none to go on from. */
  readonly state: State | undefined;
  /** What there is to say of states that could not be read: "state.npz is damaged or of another version". */
  readonly damage: string | undefined;
}

/**
 * Looks for a state to go on from, and removes those that cannot be read.
 * @param decode undefined for bytes that are damaged or of another version
 * @param fitting undefined for a state of something else, such as of a frame that is finished
 */
export async function findState<Decoded, State>(
  store: Pick<StageStore, "readState" | "removeState">,
  decode: (bytes: Uint8Array) => Decoded | undefined,
  fitting: (decoded: Decoded) => State | undefined,
): Promise<FoundState<State>> {
  const damaged: string[] = [];
  for (const generation of ["newest", "previous"] as const) {
    const bytes = await store.readState(generation);
    if (bytes === undefined) continue;
    const decoded = decode(bytes);
    if (decoded === undefined) {
      damaged.push(fileOf[generation]);
      await store.removeState(generation);
      continue;
    }
    const state = fitting(decoded);
    if (state !== undefined) return { state, damage: describe(damaged) };
  }
  return { state: undefined, damage: describe(damaged) };
}

/** True when there is one, whatever it is worth. */
export async function hasState({ state, previousState }: InstancePaths): Promise<boolean> {
  const sizes = await Promise.all([state, previousState].map(sizeIfThere));
  return sizes.some((size) => size !== undefined);
}

/** Removes those of an instance that is finished. */
export async function removeStates({ state, previousState }: InstancePaths): Promise<void> {
  for (const path of [state, previousState]) await unlessAbsent(path, () => Deno.remove(path));
}

function describe(damaged: readonly string[]): string | undefined {
  if (damaged.length === 0) return undefined;
  return `${damaged.join(" and ")} ${damaged.length === 1 ? "is" : "are"} damaged or of another version`;
}
