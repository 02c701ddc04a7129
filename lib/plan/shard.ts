/**
 * The part of a plan that one of several processes makes, as one of a job array. Nothing is negotiated: each process finds
 * its own part from the workflow alone, whatever the store has.
 * @module
 */
import type { PlannedInstance } from "./planned_instance.ts";

/** One of several parts. */
export interface Shard {
  /** Counted from 1. */
  readonly number: number;
  /** How many parts there are. */
  readonly of: number;
}

/** What sharing out looks at. */
type Shared = Pick<PlannedInstance, "name" | "key" | "section"> & {
  readonly inputs: readonly Pick<PlannedInstance["inputs"][number], "key">[];
};

/** Reads "2/3"; what is wrong with another text, in words. */
export function parseShard(text: string): Shard | { readonly problem: string } {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (number === undefined || of === undefined) {
    return { problem: "it must be the number of a shard and how many there are, such as 2/3" };
  }
  if (of === 0) return { problem: "there must be at least one shard, as in 1/1" };
  if (number === 0) return { problem: `shards are counted from 1: the first is 1/${of}` };
  if (number > of) return { problem: `the last of ${of} shards is ${of}/${of}` };
  return { number, of };
}

/**
 * The instances of a shard, each after those that it needs. Those that no other needs are dealt out like cards, in the order of
 * their names; each comes with what it needs, which several shards may need. So that one that joins the results of many (a
 * comparison, say) does not make everything its shard's, those are dealt out themselves, and it is dealt and made last: by then
 * others have made most of what it needs.
 */
export function takeShard<Instance extends Shared>(
  instances: readonly Instance[],
  { number, of }: Shard,
): readonly Instance[] {
  const byKey = new Map(instances.map((instance) => [instance.key, instance]));
  const closures = dealt(instances, byKey).map((instance) => closureOf(instance, byKey));
  const joins = (keys: ReadonlySet<string>) => keys.values().some((key) => isJoin(byKey.get(key), byKey));
  const inTurn = [...closures.filter((keys) => !joins(keys)), ...closures.filter(joins)];
  const own = inTurn.filter((_, place) => place % of === number - 1);
  const first = new Set(own.flatMap((keys) => joins(keys) ? [] : [...keys]));
  const later = new Set(own.flatMap((keys) => [...keys])).difference(first);
  return [first, later].flatMap((keys) => instances.filter(({ key }) => keys.has(key)));
}

/** The named instances with all that they need. */
export function takePart<Instance extends Shared>(
  instances: readonly Instance[],
  names: readonly string[],
): readonly Instance[] {
  const byKey = new Map(instances.map((instance) => [instance.key, instance]));
  const named = instances.filter(({ name }) => names.includes(name));
  const keys = new Set(named.flatMap((instance) => [...closureOf(instance, byKey)]));
  return instances.filter(({ key }) => keys.has(key));
}

/** What is needed by none but joins, in the order of the names. */
function dealt<Instance extends Shared>(
  instances: readonly Instance[],
  byKey: ReadonlyMap<string, Instance>,
): readonly Instance[] {
  const needed = new Set(
    instances.flatMap((instance) => isJoin(instance, byKey) ? [] : instance.inputs.map(({ key }) => key)),
  );
  // A clip is not worth a place of its own where a join needs it.
  const clips = new Set(instances.flatMap(({ inputs }) => inputs.map(({ key }) => key)));
  return instances
    .filter(({ key, section }) => !(section === "videos" ? clips : needed).has(key))
    .toSorted((a, b) => a.name < b.name ? -1 : 1);
}

/** True when it reads the results of several instances of stages. */
function isJoin<Instance extends Shared>(
  instance: Instance | undefined,
  byKey: ReadonlyMap<string, Instance>,
): boolean {
  const keys = new Set(instance?.inputs.map(({ key }) => key));
  return keys.values().filter((key) => byKey.get(key)?.section === "stages").toArray().length > 1;
}

/** Its own key and those of all that it needs. */
function closureOf<Instance extends Shared>(
  instance: Instance,
  byKey: ReadonlyMap<string, Instance>,
): ReadonlySet<string> {
  const keys = new Set([instance.key]);
  // What is added while it goes on is visited as well.
  for (const key of keys) for (const input of byKey.get(key)?.inputs ?? []) keys.add(input.key);
  return keys;
}
