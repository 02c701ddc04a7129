/** What happens to a workplace: edits, runs that end in one way or another, damage, and `clean`. */
import assert from "node:assert/strict";
import { join, relative, sep } from "node:path";
import fc from "fast-check";
import { RunError, WorkflowError } from "../../../lib/errors.ts";
import { isLeftover } from "../../../lib/store/durable_write.ts";
import { storeFolder, workflowPaths } from "../../../lib/store/layout.ts";
import { checkResults } from "./check_results.ts";
import { type Damage, damage, damages } from "./damage.ts";
import { withDamage } from "./known_store.ts";
import { awaitedIn, follow, followClean, followMoves, knownOf, type Model } from "./model.ts";
import { dyingAt } from "./mortal_process.ts";
import { clean, type Edited, plan, run, workflowName, type Workplace, write } from "./workplace.ts";

type Command = fc.AsyncCommand<Model, Workplace>;

/** How a run ends: by itself, by a signal at the nth event, or killed at the nth change of the disk. */
type Ending = { readonly how: "by itself" | "stopped" | "killed"; readonly at: number };

/** All that can happen. */
export const anyCommand: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    content: fc.nat(2),
    seed: fc.nat(2),
    name: fc.constantFrom("first", "renamed"),
    frames: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
  }, { requiredKeys: [] }).map(edit),
  fc.record({
    force: fc.constantFrom(...[[], [], [], ["clip"], ["second"], ["table"], ["clip", "second"]]),
    ending: fc.oneof(
      { weight: 3, arbitrary: fc.record({ how: fc.constant("killed"), at: fc.nat(150) }) },
      { weight: 1, arbitrary: fc.record({ how: fc.constant("stopped"), at: fc.nat(30) }) },
      { weight: 2, arbitrary: fc.record({ how: fc.constant("by itself"), at: fc.constant(0) }) },
    ),
  }).map(({ force, ending }) => runOnce(force, ending)),
  fc.record({
    file: fc.nat(),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    how: fc.constantFrom(...damages),
    bit: fc.nat(7),
  }).map(damageOne),
  fc.oneof(fc.constant(undefined), fc.nat(12)).map(cleanUp),
];

/** After whatever happened a run has to end well. */
export const goodRun: Command = runOnce([], { how: "by itself", at: 0 });

function edit(change: Partial<Edited>): Command {
  return {
    check: () => true,
    async run(model, place) {
      const edited = { ...model.edited, ...change };
      const [first, second] = edited.frames;
      model.edited = { ...edited, frames: [first, Math.min(first, second)] };
      await write(place, model.edited);
      await settle(place);
    },
    toString: () => `edit ${JSON.stringify(change)}`,
  };
}

function runOnce(force: readonly string[], { how, at }: Ending): Command {
  return {
    check: () => true,
    async run(model, place) {
      const wrongs: string[] = [];
      const isTooShort = await losesFrames(model, place, force);
      const watcher = follow(model, wrongs);
      const work = () => run(place, { force, ...(how === "stopped" && { stopAt: at }) }, watcher);
      const ended = await dyingAt(how === "killed" ? at : Infinity, work).catch((error) => {
        if (isTooShort && error instanceof WorkflowError) return "refused";
        throw error;
      });
      assert.deepEqual(wrongs, []);
      if (ended === "died" && model.named.symmetricDifference(model.perhapsNamed).size > 0) {
        model.isIndexDoubtful = true;
      }
      await followMoves(model, place);
      await settle(place);
      if (typeof ended === "string") return;
      assert.ok(ended.code === 0 || how === "stopped");
      if (ended.code === 0) await checkResults(place, model.edited);
    },
    toString: () =>
      `run ${force.map((name) => `--force ${name} `).join("")}${how}${at > 0 ? ` at ${at}` : ""}`,
  };
}

/** `--force` is refused where the store has more frames than are wanted. */
async function losesFrames(model: Model, place: Workplace, force: readonly string[]): Promise<boolean> {
  const { instances } = await plan(place);
  return instances.some(({ name, key, artifact }) => {
    const { frames, remade } = knownOf(model, key);
    const most = Math.max(...frames.keys(), ...remade.keys());
    return force.includes(name) && artifact.made === "video" && most >= artifact.video.frames;
  });
}

function damageOne({ file, ...how }: Damage & { readonly file: number }): Command {
  let damaged = "nothing";
  return {
    check: () => true,
    async run(model, place) {
      const files = await filesBelow(place.runs);
      const path = files[file % files.length];
      if (path === undefined || !await damage(path, how)) return;
      damaged = relative(place.runs, path);
      await settle(place);
      const [key = "", ...inside] = relative(storeFolder(place.runs), path).split(sep);
      const known = model.store.get(key);
      if (known !== undefined) model.store.set(key, withDamage(known, join(...inside)));
      if (path === workflowPaths(place.runs, workflowName).instances) model.isIndexDoubtful = true;
    },
    toString: () => `damage ${damaged}: ${JSON.stringify(how)}`,
  };
}

function cleanUp(diesAt: number | undefined): Command {
  return {
    check: () => true,
    async run(model, place) {
      const awaited = await awaitedIn(model, place, workflowName);
      const ended = await dyingAt(diesAt ?? Infinity, () => clean(place)).catch((error) => {
        if (model.isIndexDoubtful && error instanceof RunError) return "refused";
        throw error;
      });
      await followClean(model, place, awaited);
      await followMoves(model, place);
      await settle(place);
      if (ended !== undefined || model.isIndexDoubtful) return;
      for await (const { name } of Deno.readDir(storeFolder(place.runs))) {
        assert.ok(
          isLeftover(name) || model.perhapsNamed.has(name),
          `clean left ${name}, which no workflow needs`,
        );
      }
    },
    toString: () => diesAt === undefined ? "clean" : `clean killed at ${diesAt}`,
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await filesBelow(join(folder, name)));
    if (isFile) found.push(join(folder, name));
  }
  return found.sort();
}

const settled = Date.UTC(2026, 0, 1);
let tick = 0;

/** Makes files that have just changed as old as those whose digests are remembered, each of another second. */
async function settle({ home }: Workplace): Promise<void> {
  for (const path of await filesBelow(home)) {
    const { mtime } = await Deno.stat(path);
    const time = new Date(settled + 1000 * ++tick);
    if (mtime !== null && Date.now() - mtime.getTime() < 3_600_000) await Deno.utime(path, time, time);
  }
}
