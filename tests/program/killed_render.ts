/**
 * Renders by every optimizer that are killed (SIGKILL) at random moments and go on each time.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { uniformValues } from "../../lib/frames/noise.ts";
import { readEvents } from "../../lib/store/event_log.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { bench } from "./bench.ts";
import { type Bench, start } from "./program.ts";

const frames = 2;
const optimizers = ["descent", "adam", "lbfgs"] as const;

/** Checkpoints come as often as they may, so that many kills fall into one. */
const workflow = `metamer: 1
run: { checkpoint_every: 0.001, threads: 1 }
videos:
  clip: { generate: dead_leaves, height: 32, width: 48, frames: ${frames} }
stages:
${optimizers.map(stageOf).join("")}`;

function stageOf(optimizer: (typeof optimizers)[number]): string {
  // L-BFGS' octaves do not all do as many iterations.
  const stop = optimizer === "lbfgs" ? "stop: { plateau: { iterations: 6, improvement: 0.1 } }" : "";
  return `  ${optimizer}:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves:
      steps:
        - { octave: -1, iterations: 20, learning_rate: 0.01, total_variation: 0.1 }
        - { octave: 0, iterations: 20, learning_rate: 0.01, total_variation: 0.1 }
    padding: 1
    optimizer: ${optimizer}
    ${stop}
`;
}

/** When a run is killed: some time after its first words, or when the nth checkpoint begins to be written. */
export type Moment = { readonly milliseconds: number } | { readonly checkpoint: number };

/** Moments of both kinds in turn. A kill after the longest time comes while frames are made. */
export function randomMoments(seed: number, kills: number, longest: number): readonly Moment[] {
  return Array.from(uniformValues({ seed, frame: 0, purpose: "generated" }, kills), (value, index) => (
    index % 2 === 0 ? { milliseconds: value * longest } : { checkpoint: 1 + Math.floor(value * 6) }
  ));
}

/** What became of a series. */
export interface KilledSeries {
  /** Kills that came while a checkpoint was written: it lay beside its place. */
  readonly insideCheckpoints: number;
  /** Runs that were over before they were killed. */
  readonly finished: number;
}

/** Frames' checksums by optimizer. */
type Frames = Readonly<Record<string, readonly string[]>>;

/**
 * Kills renders at these moments, so many renders at a time. Throws an AssertionError when a frame is not that of a render that
 * nothing interrupted, or when an iteration is repeated from before the last checkpoint.
 */
export async function killRenders(moments: readonly Moment[], atOnce = 2): Promise<KilledSeries> {
  await using whole = await bench();
  await whole.events(await whole.write("killed.yaml", workflow));
  const expected = await framesIn(whole);
  const share = Math.ceil(moments.length / atOnce);
  const series = await Promise.all(Array.from({ length: atOnce }, (_, index) => {
    return killOneRender(moments.slice(index * share, (index + 1) * share), expected);
  }));
  const sumOf = (what: keyof KilledSeries) => series.reduce((sum, one) => sum + one[what], 0);
  return {
    insideCheckpoints: sumOf("insideCheckpoints"),
    finished: sumOf("finished"),
  };
}

async function killOneRender(moments: readonly Moment[], expected: Frames): Promise<KilledSeries> {
  await using place = await bench();
  const file = await place.write("killed.yaml", workflow);
  let [insideCheckpoints, finished] = [0, 0];
  const judge = async () => {
    assert.deepEqual(await framesIn(place), expected);
    await requireNothingSavedRepeated(place);
  };
  for (const moment of moments) {
    if (await runAndKill(file, place, moment)) {
      if (await hasHalfWrittenState(place)) insideCheckpoints++;
      continue;
    }
    // It was faster than the kill: one more render, from nothing.
    await judge();
    await Deno.remove(place.runs, { recursive: true });
    finished++;
  }
  await place.events(file);
  await judge();
  return { insideCheckpoints, finished };
}

/** False when the run was over before the moment came. */
async function runAndKill(file: string, { runs }: Bench, moment: Moment): Promise<boolean> {
  const store = join(runs, "store");
  await Deno.mkdir(store, { recursive: true });
  using watcher = Deno.watchFs(store);
  const process = start(["run", file, "--out", runs, "--json"]);
  const errors = new Response(process.stderr).text();
  let isOver = false;
  let isKilled = false;
  const kill = () => {
    if (isOver) return;
    isKilled = true;
    process.kill("SIGKILL");
  };
  const watching = "checkpoint" in moment ? atCheckpoint(watcher, moment.checkpoint, kill) : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const _ of process.stdout) {
    if ("milliseconds" in moment) timer ??= setTimeout(kill, moment.milliseconds);
  }
  const { code } = await process.status;
  isOver = true;
  clearTimeout(timer);
  watcher.close();
  await watching;
  if (!isKilled) assert.equal(code, 0, await errors);
  return isKilled;
}

async function atCheckpoint(watcher: Deno.FsWatcher, nth: number, kill: () => void): Promise<void> {
  const begun = new Set<string>();
  for await (const { paths } of watcher) {
    for (const path of paths) if (path.includes("state.npz.tmp-")) begun.add(path);
    if (begun.size >= nth) return kill();
  }
}

async function hasHalfWrittenState({ runs }: Bench): Promise<boolean> {
  for await (const { name } of Deno.readDir(join(runs, "store"))) {
    for await (const file of Deno.readDir(join(runs, "store", name))) {
      if (file.name.startsWith("state.npz.tmp-")) return true;
    }
  }
  return false;
}

function folderOf({ runs }: Bench, optimizer: string): string {
  return join(runs, "killed", "stages", optimizer);
}

/** sha256 of each finished frame's file, as it lies on the disk. */
async function framesIn(place: Bench): Promise<Frames> {
  const found: Record<string, string[]> = {};
  for (const optimizer of optimizers) {
    const folder = folderOf(place, optimizer);
    const manifest = await readManifest(join(folder, "manifest.json"));
    assert.equal(manifest?.outputs.length, frames);
    found[optimizer] = await Promise.all(manifest.outputs.map(async ({ path, sha256 }) => {
      const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(join(folder, path)));
      assert.equal(new Uint8Array(digest).toHex(), sha256, path);
      return sha256;
    }));
  }
  return found;
}

/** Throws an AssertionError when an iteration was made again from before the last checkpoint that was told of. */
async function requireNothingSavedRepeated(place: Bench): Promise<void> {
  for (const optimizer of optimizers) {
    const events = await readEvents(join(folderOf(place, optimizer), "events.jsonl"));
    let saved = -Infinity;
    for (const event of events) {
      const at = placeOf(event);
      if (at === undefined) continue;
      if (event.type === "frame.resumed") {
        assert.ok(at >= saved, `${optimizer} went on at ${at}, though ${saved} was saved`);
        continue;
      }
      if (event.type === "iteration") {
        assert.ok(at > saved, `${optimizer} made ${at} again, though ${saved} was saved`);
      } else {
        saved = at;
      }
    }
  }
}

/** Frame, octave and iteration as one number that grows as the work goes on. */
function placeOf(event: RunEvent): number | undefined {
  switch (event.type) {
    case "iteration":
    case "frame.resumed":
      return 1e4 * event.frame + 1e3 * event.octave + event.iteration;
    case "checkpoint.saved":
      return 1e4 * event.frame + 1e3 * (event.octave ?? 0) + (event.iteration ?? 0);
    case "frame.finished":
      return 1e4 * event.frame + 999;
    default:
      return undefined;
  }
}
