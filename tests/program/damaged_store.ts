/**
 * Damages the files under a runs folder one at a time, and runs on.
 */
import assert from "node:assert/strict";
import { basename, join, relative, sep } from "node:path";
import { loadWorkflow, planWorkflow, type RunEvent, runWorkflow, Stopper } from "../../mod.ts";
import { sha256OfFile } from "../../lib/store/checksum.ts";
import { readFrameRecords } from "../../lib/store/frame_records.ts";
import { readInstanceIndex } from "../../lib/store/instance_index.ts";
import { framePath } from "../../lib/store/layout.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { findSpecification } from "../../lib/store/specification.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { clip } from "./program.ts";

/** A decoded clip, frames, and a table. The last frame takes so long that a stop inside it is noticed before it is finished. */
const workflow = `metamer: 1
run: { checkpoint_every: 0.001, threads: 1 }
videos:
  clip: { file: clip.y4m, frames: 3 }
stages:
  tiny:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: { 0: 30, 1: 150 }, learning_rate: 0.01 }] }
    padding: 2
    frames: 2
  matched: { kind: match, stage: tiny, shifted: 0, scrambled: 1 }
`;

/** What happens to a file of so many bytes. */
const damages = {
  deleted: (path: string) => Deno.remove(path),
  "cut short": (path: string, size: number) => Deno.truncate(path, Math.floor(size / 2)),
  async "changed by a bit"(path: string, size: number) {
    const bytes = await Deno.readFile(path);
    const at = Math.floor(size / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await Deno.writeFile(path, bytes);
  },
} as const;

/** A name of the table above. */
export type DamageName = keyof typeof damages;

/** All of them. */
export const damageNames: readonly DamageName[] = ["deleted", "cut short", "changed by a bit"];

/** "finished", or stopped inside an output frame, be it of what was finished before and is made again by `--force`. */
export type Situation = "finished" | { readonly stoppedIn: number; readonly forced?: true };

/** A workflow that was run to its end, to be damaged again and again. */
export interface FinishedWorkflow extends AsyncDisposable {
  /** Its folder, which holds what it reads and its results in `runs`. */
  readonly home: string;
  /** Where a copy of the results can be kept. */
  readonly snapshot: string;
  /** sha256 of its results, by their paths. */
  readonly results: Readonly<Record<string, string>>;
}

/** Runs it. */
export async function finishWorkflow(): Promise<FinishedWorkflow> {
  const folder = await temporaryFolder();
  const home = join(folder.path, "home");
  await Deno.mkdir(home);
  await Deno.writeFile(join(home, "clip.y4m"), clip(4));
  await Deno.writeTextFile(join(home, "w.yaml"), workflow);
  await run(home);
  return {
    home,
    snapshot: join(folder.path, "snapshot"),
    results: await resultsIn(join(home, "runs")),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/**
 * Damages every file, or those of the instance that was stopped, each in one way after the other, and runs on each time. Throws an AssertionError that names the file
 * when the run does not end well with the bytes of an undisturbed one, when it makes a finished frame again that was whole, when
 * it does not say what it makes or writes again, or when it leaves damage.
 */
export async function damageEachFile(
  { home, snapshot, results }: FinishedWorkflow,
  situation: Situation,
  damagesOf: (position: number) => readonly DamageName[],
): Promise<void> {
  const runs = join(home, "runs");
  const forced = situation !== "finished" && situation.forced === true;
  const place = forced ? "remake" : "";
  if (situation !== "finished") await stopInside(home, situation);
  await Deno.remove(snapshot, { recursive: true }).catch(() => undefined);
  await copyFolder(runs, snapshot);
  const files = (await filesIn(snapshot)).filter((file) => {
    if (forced) return file.includes(`${sep}remake${sep}`);
    return situation === "finished" || file.startsWith(join("store", "synthesis-"));
  });
  const [hasState, hasPadding] = [/state\.npz$/m, /padding.m/].map((name) => name.test(files.join("\n")));
  if (situation !== "finished") assert.ok(hasState, "it was stopped inside a frame");
  assert.equal(hasPadding, situation !== "finished" && situation.stoppedIn === 0);

  for (const [position, file] of files.entries()) {
    const { size } = await Deno.stat(join(snapshot, file));
    for (const damage of damagesOf(position)) {
      if (size === 0 && damage !== "deleted") continue;
      await Deno.remove(runs, { recursive: true });
      await copyFolder(snapshot, runs);
      const finished = await finishedIn(runs, place);
      await damages[damage](join(runs, file), size);
      const what = `${file}, ${damage}`;
      const { code, events } = await run(home).catch((error) => assert.fail(`${what}: ${error.stack}`));
      assert.equal(code, 0, what);
      assert.deepEqual(await resultsIn(runs), results, what);
      const madeAgain = events.flatMap((event) =>
        event.type === "frame.finished" ? [pathOf(event, place)] : []
      )
        .filter((path) => finished.has(path));
      assert.deepEqual(madeAgain, finished.has(file) ? [file] : [], what);
      const isRecord = isWritten(basename(file)) && situation === "finished" && damage !== "deleted";
      const isState = basename(file).startsWith("state.npz") && damage !== "deleted";
      if (isState) assert.ok(warnsOf("damaged_state", events), `${what}: nothing was said of it`);
      if (madeAgain.length > 0 || isRecord) {
        assert.ok(tellsOfDamage(events, basename(file)), `${what}: nothing was said of it`);
      }
      if (situation === "finished") await assertRecordsWhole(runs, snapshot, what);
    }
  }
  await Deno.remove(runs, { recursive: true });
  await copyFolder(snapshot, runs);
}

/** Has the finished workflow make its synthesis anew, or again, and stops it. */
async function stopInside(
  home: string,
  { stoppedIn, forced }: Exclude<Situation, "finished">,
): Promise<void> {
  const runs = join(home, "runs");
  const isTheEnd = (event: RunEvent) => event.type === "checkpoint.saved" && event.frame === stoppedIn;
  // On a busy machine the frame is sometimes finished before the stop is noticed, which then comes inside what follows.
  for (let attempt = 0; attempt < 10; attempt++) {
    if (forced !== true) await removeSyntheses(runs);
    const { code, events } = await run(home, isTheEnd, forced === true ? ["tiny"] : []);
    const last = events.findLast(({ type }) => type === "checkpoint.saved" || type === "frame.finished");
    if (code !== 0 && last?.type === "checkpoint.saved" && last.frame === stoppedIn) return;
  }
}

async function removeSyntheses(runs: string): Promise<void> {
  for await (const { name } of Deno.readDir(join(runs, "store"))) {
    if (name.startsWith("synthesis-")) await Deno.remove(join(runs, "store", name), { recursive: true });
  }
}

/** True for the small files that a run writes again when they are damaged, and says so. */
function isWritten(name: string): boolean {
  return ["manifest.json", "instances.json", "instance.json"].includes(name);
}

/** What a finished workflow has of records is there, and says what it said before. */
async function assertRecordsWhole(runs: string, before: string, what: string): Promise<void> {
  for (const file of await filesIn(before)) {
    const [now, then] = [join(runs, file), join(before, file)];
    switch (basename(file)) {
      case "instance.json":
        assert.equal(await Deno.readTextFile(now), await Deno.readTextFile(then), what);
        break;
      case "instances.json":
        assert.deepEqual(await readInstanceIndex(now), await readInstanceIndex(then), what);
        break;
      case "specification.json":
        assert.deepEqual(
          (await findSpecification(now))?.content,
          (await findSpecification(then))?.content,
          what,
        );
        break;
      case "manifest.json": {
        const [again, whole] = [await readManifest(now), await readManifest(then)];
        assert.deepEqual([again?.settings, again?.outputs], [whole?.settings, whole?.outputs], what);
      }
    }
  }
}

/** Runs the workflow in its folder; stops it at an event. */
async function run(
  home: string,
  isTheEnd: (event: RunEvent) => boolean = () => false,
  force: readonly string[] = [],
) {
  const events: RunEvent[] = [];
  const stop = new Stopper();
  const loaded = await loadWorkflow(join(home, "w.yaml"), { out: join(home, "runs") });
  const { code } = await runWorkflow(await planWorkflow(loaded, { force }), {
    stop,
    onEvent(event) {
      events.push(event);
      if (isTheEnd(event)) stop.stop("SIGTERM");
    },
  });
  return { code, events };
}

function pathOf(
  { key = "", frame }: { readonly key?: string | undefined; readonly frame: number },
  place: string,
): string {
  return join("store", key, place, framePath(frame));
}

function tellsOfDamage(events: readonly RunEvent[], name: string): boolean {
  if (name === "instances.json") return warnsOf("damaged_index", events);
  return events.some((event) => event.type === "damaged" && event.path.endsWith(name));
}

function warnsOf(code: string, events: readonly RunEvent[]): boolean {
  return events.some((event) => event.type === "warning" && event.code === code);
}

/** The output frames that have a record, as paths. */
async function finishedIn(runs: string, place: string): Promise<Set<string>> {
  const finished = new Set<string>();
  for await (const { name } of Deno.readDir(join(runs, "store"))) {
    const records = await readFrameRecords(join(runs, "store", name, place, "frames.jsonl"));
    for (const frame of records.keys()) if (frame >= 0) finished.add(pathOf({ key: name, frame }, place));
  }
  return finished;
}

/** sha256 of all frames and tables; of those that are made again, once they are in their place. */
async function resultsIn(runs: string): Promise<Record<string, string>> {
  const results = (await filesIn(runs)).filter((name) =>
    /(frames.\d+\.npy|\.csv|summary\.json)$/.test(name) && !name.includes(`${sep}remake${sep}`)
  );
  const digests = await Promise.all(results.map((name) => sha256OfFile(join(runs, name))));
  return Object.fromEntries(results.map((name, index) => [name, digests[index] ?? ""]));
}

/** Files below a folder, links left out, as paths from there. */
async function filesIn(folder: string, below = folder): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(below)) {
    if (isDirectory) files.push(...await filesIn(folder, join(below, name)));
    if (isFile) files.push(relative(folder, join(below, name)));
  }
  return files.sort();
}

/** With times and links as they are. */
async function copyFolder(from: string, to: string): Promise<void> {
  const { success } = await new Deno.Command("cp", { args: ["-a", from, to] }).output();
  assert.ok(success);
}
