/**
 * Which job arrays make a set of instances, and which task waits for which. A task waits for no more than it reads, so that one
 * that fails holds back only those that need it.
 * @module
 */

/** What is known of an instance that is to be made. */
export interface Wanted {
  readonly name: string;
  readonly key: string;
  readonly stage: string;
  /** Keys of all that it reads. */
  readonly needs: readonly string[];
}

/** A task of an array of this arrangement (by its place in the list), or of a job that Slurm has already (by its number). */
export interface Place {
  readonly array: number | { readonly job: string };
  readonly index: number;
}

/** One task: its instances are made one after another. */
export interface Task {
  readonly index: number;
  readonly instances: readonly Wanted[];
}

/** One job array, of one stage. */
export interface JobArray {
  readonly stage: string;
  readonly tasks: readonly Task[];
  /**
   * What is waited for. corresponding: each task for the task of its own index in each of these arrays. all: each for all
   * these tasks.
   */
  readonly waitsFor:
    | { readonly corresponding: readonly Place["array"][] }
    | { readonly all: readonly Place[] };
}

/** What an arrangement goes by. */
export interface Arranging {
  /** How many instances a task of a stage makes. */
  readonly perTask: (stage: string) => number;
  /** Where instances are made that were submitted before and have not ended, by key. */
  readonly queued: ReadonlyMap<string, Place>;
  /** The largest index of an array. */
  readonly largestIndex: number;
}

/** A task that has no index yet. */
interface Open {
  readonly instances: readonly Wanted[];
  readonly needs: readonly Place[];
}

/**
 * Arrays in an order in which each stands after those that it waits for. One array for each stage, unless its tasks wait for
 * different tasks in a way that Slurm has no words for in one array, or are more than an array may have.
 */
export function arrangeJobs(wanted: readonly Wanted[], arranging: Arranging): readonly JobArray[] {
  const arrays: JobArray[] = [];
  const places = new Map(arranging.queued);
  for (const [stage, instances] of inStageOrder(wanted)) {
    const open = inChunks(instances, arranging.perTask(stage)).map((chunk) => openTask(chunk, places));
    for (const { tasks, waitsFor } of groups(open, arranging.largestIndex + 1)) {
      for (const { index, instances } of tasks) {
        for (const { key } of instances) places.set(key, { array: arrays.length, index });
      }
      arrays.push({ stage, tasks, waitsFor });
    }
  }
  return arrays;
}

/** Stages with their instances, each after those that it reads. */
function inStageOrder(wanted: readonly Wanted[]): readonly (readonly [string, readonly Wanted[]])[] {
  const left = Map.groupBy(wanted, ({ stage }) => stage);
  const ordered: [string, readonly Wanted[]][] = [];
  while (left.size > 0) {
    const pending = new Set([...left.values()].flat().map(({ key }) => key));
    const next = left.entries().find(([, instances]) => {
      const own = new Set(instances.map(({ key }) => key));
      return instances.every(({ needs }) => needs.every((key) => own.has(key) || !pending.has(key)));
    });
    if (next === undefined) throw new Error("stages that read each other");
    ordered.push(next);
    left.delete(next[0]);
  }
  return ordered;
}

function openTask(instances: readonly Wanted[], places: ReadonlyMap<string, Place>): Open {
  const found = instances.flatMap(({ needs }) => needs.flatMap((key) => places.get(key) ?? []));
  const needs = [...new Map(found.map((place) => [nameOf(place), place])).values()];
  return { instances, needs: needs.sort((a, b) => nameOf(a) < nameOf(b) ? -1 : 1) };
}

type Group = Pick<JobArray, "tasks" | "waitsFor">;

/** Tasks of one stage, in as few arrays as Slurm's dependencies allow. */
function groups(open: readonly Open[], most: number): readonly Group[] {
  const free = open.filter(({ needs }) => needs.length === 0);
  const waiting = open.filter(({ needs }) => needs.length > 0);
  const sets = Map.groupBy(waiting, ({ needs }) => needs.map(nameOf).join());
  const deepest = Math.max(0, ...sets.values().map(({ length }) => length));
  const isCorresponding = waiting.every(({ needs }) => correspondingIndex(needs) !== undefined);
  const together = isCorresponding && deepest < sets.size
    ? corresponding(waiting)
    : [...sets.values()].flatMap((tasks) => inChunks(tasks, most).map((chunk) => waitingForAll(chunk)));
  return [...inChunks(free, most).map((chunk) => waitingForAll(chunk)), ...together];
}

function waitingForAll(tasks: readonly Open[]): Group {
  return {
    tasks: tasks.map(({ instances }, index) => ({ index, instances })),
    waitsFor: { all: tasks[0]?.needs ?? [] },
  };
}

/** Each takes the index of what it waits for, in the first array where that is free. */
function corresponding(waiting: readonly Open[]): readonly Group[] {
  const found: {
    readonly of: string;
    readonly arrays: readonly Place["array"][];
    readonly tasks: Map<number, Task>;
  }[] = [];
  for (const { instances, needs } of waiting) {
    const index = correspondingIndex(needs);
    if (index === undefined) throw new Error("a task that corresponds to none");
    const of = needs.map(({ array }) => arrayName(array)).join();
    let group = found.find((group) => group.of === of && !group.tasks.has(index));
    if (group === undefined) {
      group = { of, arrays: needs.map(({ array }) => array), tasks: new Map() };
      found.push(group);
    }
    group.tasks.set(index, { index, instances });
  }
  return found.map(({ arrays, tasks }) => ({
    tasks: [...tasks.values()].sort((a, b) => a.index - b.index),
    waitsFor: { corresponding: arrays },
  }));
}

/** The index that all have, each in an array of its own. */
function correspondingIndex(needs: readonly Place[]): number | undefined {
  const [first] = needs;
  const arrays = new Set(needs.map(({ array }) => arrayName(array)));
  const isSame = arrays.size === needs.length && needs.every(({ index }) => index === first?.index);
  return isSame ? first?.index : undefined;
}

function arrayName(array: Place["array"]): string {
  return typeof array === "number" ? `here ${array}` : `job ${array.job}`;
}

function nameOf({ array, index }: Place): string {
  return `${arrayName(array)}_${String(index).padStart(9, "0")}`;
}

function inChunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from(
    { length: Math.ceil(items.length / size) },
    (_, index) => items.slice(index * size, (index + 1) * size),
  );
}
