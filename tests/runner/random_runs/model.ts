/** The model of a workplace: what was asked of it, what must be in its store, and what a run may not do. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { instancePaths, remakePaths } from "../../../lib/store/layout.ts";
import { unlessAbsent } from "../../../lib/store/presence.ts";
import type { WorkOrder } from "../../../lib/runner/work_order.ts";
import { expectedOf } from "./expected.ts";
import { finishedIn, type KnownInstance, nothing, withFrame } from "./known_store.ts";
import type { Edited, Watcher, Workplace } from "./workplace.ts";

/** What is known; commands change it as they go. */
export interface Model {
  edited: Edited;
  /** By key. */
  readonly store: Map<string, KnownInstance>;
  /** What a key stands for, in this test's words. */
  readonly descriptions: Map<string, string>;
  /** Keys that the workflow names for sure: `clean` has to leave them. */
  named: ReadonlySet<string>;
  /** Keys that it may name as well, for a run died while it wrote them. */
  perhapsNamed: ReadonlySet<string>;
  /** The index of the workflow was damaged, or never written. */
  isIndexDoubtful: boolean;
}

/** Of an empty folder. */
export function newModel(edited: Edited): Model {
  return {
    edited,
    store: new Map(),
    descriptions: new Map(),
    named: new Set(),
    perhapsNamed: new Set(),
    isIndexDoubtful: true,
  };
}

/** What is known of the instance of this key. */
export function knownOf({ store }: Model, key: string): KnownInstance {
  return store.get(key) ?? nothing;
}

/** Follows a run in the model; `wrongs` takes what the run must not do. */
export function follow(model: Model, wrongs: string[]): Watcher {
  let keys = new Set<string>();
  const begun = new Map<string, { readonly order: WorkOrder; readonly finished: Set<number> }>();
  const change = (key: string, by: (known: KnownInstance) => Partial<KnownInstance>) => {
    const known = knownOf(model, key);
    model.store.set(key, { ...known, ...by(known) });
  };
  const changeFrame = ({ key, remake }: WorkOrder, frame: number, by: Parameters<typeof withFrame>[2]) =>
    change(
      key,
      ({ frames, remade }) =>
        remake ? { remade: withFrame(remade, frame, by) } : { frames: withFrame(frames, frame, by) },
    );
  return {
    planned({ instances }) {
      keys = new Set(instances.map(({ key }) => key));
      for (const { name, key } of instances) {
        const description = expectedOf(model.edited).find((expected) => expected.name === name)?.description;
        assert.ok(description !== undefined);
        if ((model.descriptions.get(key) ?? description) !== description) {
          wrongs.push(`${key} stands for ${description} and for ${model.descriptions.get(key)}`);
        }
        model.descriptions.set(key, description);
      }
      model.named = model.named.intersection(keys);
      model.perhapsNamed = model.perhapsNamed.union(keys);
    },
    named() {
      model.named = keys;
      model.perhapsNamed = keys;
      model.isIndexDoubtful = false;
    },
    begun(order) {
      const { frames, remade } = knownOf(model, order.key);
      begun.set(order.key, { order, finished: new Set(finishedIn(order.remake ? remade : frames)) });
      const isNeedless = order.artifact.made === "table" && !order.remake &&
        knownOf(model, order.key).hasTable;
      if (isNeedless) wrongs.push(`the table of ${order.key} was there and is made again`);
    },
    recorded(order, frame) {
      const finished = begun.get(order.key)?.finished;
      if (finished?.has(frame)) {
        wrongs.push(`frame ${frame} of ${order.key} was finished and is made again`);
      }
      finished?.add(frame);
      changeFrame(order, frame, { isWhole: true, isRecorded: true });
    },
    logged: (order, frame) => changeFrame(order, frame, { isLogged: true }),
    happened({ type, key = "" }) {
      const order = begun.get(key)?.order;
      if (type === "instance.remade") change(key, ({ remade }) => ({ frames: remade, remade: new Map() }));
      if (type !== "instance.finished" || order === undefined) return;
      if (order.artifact.made === "table") return change(key, () => ({ hasTable: true }));
      const wanted = order.artifact.made === "video" ? order.artifact.video.frames : 0;
      for (let frame = 0; frame < wanted; frame++) {
        changeFrame(order, frame, { isWhole: true, isRecorded: true });
      }
    },
  };
}

/** After a run, dead or alive: a new result may be on its way to its place, or have got there without a word. */
export async function followMoves(model: Model, { runs }: Workplace): Promise<void> {
  for (const [key, known] of model.store) {
    const remake = remakePaths(instancePaths(runs, key));
    const isMoving = await isThere(remake.manifest);
    const hasMoved = !isMoving && !await isThere(remake.frameRecords) &&
      (known.isMoving || known.remade.values().some(({ isRecorded }) => isRecorded));
    model.store.set(
      key,
      hasMoved ? { ...known, frames: known.remade, remade: new Map(), isMoving } : { ...known, isMoving },
    );
  }
}

/** After `clean`, dead or alive: forgets what is gone. Throws an AssertionError when that was needed. */
export async function followClean(
  model: Model,
  { runs }: Workplace,
  awaited: ReadonlySet<string>,
): Promise<void> {
  for (const [key, known] of model.store) {
    const paths = instancePaths(runs, key);
    const isKept = await isThere(paths.folder);
    assert.ok(isKept || !model.named.has(key), `clean removed ${key}, which the workflow needs`);
    const hasRemake = await isThere(remakePaths(paths).folder);
    assert.ok(hasRemake || !awaited.has(key), `clean removed the new result of ${key}`);
    if (!isKept) model.store.delete(key);
    else if (!hasRemake) model.store.set(key, { ...known, remade: new Map() });
  }
}

/** The keys of which the workflow waits for a new result. */
export async function awaitedIn(
  model: Model,
  { runs }: Workplace,
  name: string,
): Promise<ReadonlySet<string>> {
  const awaited = new Set<string>();
  for (const key of model.named) {
    const { folder } = remakePaths(instancePaths(runs, key));
    if (await isThere(join(folder, "asked_by", name))) awaited.add(key);
  }
  return awaited;
}

async function isThere(path: string): Promise<boolean> {
  return await unlessAbsent(path, () => Deno.lstat(path)) !== undefined;
}
