/**
 * Renders that are killed at random times and go on each time. METAMER_SEED=n repeats a series, as far as a machine's
 * speed lets it.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { uniformValues } from "../../lib/frames/noise.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { type Bench, bench, start } from "../program/program.ts";

/** A kill comes at most this long after the run's first words: while it decodes, opens the engine, or renders. */
const latest = 2500;
const frames = 40;

interface KilledRender {
  readonly optimizer: "descent" | "lbfgs";
  /** Of the YAML beside `optimizer`. */
  readonly more: string;
  readonly kills: number;
}

const renders: readonly KilledRender[] = [
  { optimizer: "descent", more: "", kills: 25 },
  // Its octaves do not all do as many iterations.
  {
    optimizer: "lbfgs",
    more: "stop: { plateau: { iterations: 2, improvement: 0.3 }, minimum: 2 }",
    kills: 8,
  },
];

const workflowOf = ({ optimizer, more }: KilledRender) =>
  `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 48, width: 64, frames: ${frames} }
stages:
  small:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves:
      steps:
        - { octave: -1, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }
        - { octave: 0, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }
    padding: 2
    optimizer: ${optimizer}
    ${more}
`;

/** Starts a run and kills it some time after its first words; returns its exit code when it ended before. */
async function killAfter(file: string, runs: string, milliseconds: number): Promise<number | undefined> {
  const process = start(["run", file, "--out", runs, "--json"]);
  const errors = new Response(process.stderr).text();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let killed = false;
  for await (const _ of process.stdout) {
    timer ??= setTimeout(() => {
      killed = true;
      process.kill("SIGKILL");
    }, milliseconds);
  }
  const { code } = await process.status;
  clearTimeout(timer);
  if (killed) return undefined;
  assert.equal(code, 0, await errors);
  return code;
}

/** sha256 of each finished frame's file, as it lies on the disk. */
async function framesIn({ runs }: Bench): Promise<string[]> {
  const folder = join(runs, "small", "stages", "small");
  const manifest = await readManifest(join(folder, "manifest.json"));
  assert.equal(manifest?.outputs.length, frames);
  return await Promise.all(manifest.outputs.map(async ({ path, sha256 }) => {
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(join(folder, path)));
    assert.equal(new Uint8Array(digest).toHex(), sha256, path);
    return sha256;
  }));
}

const seed = Number(Deno.env.get("METAMER_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);

// The names show the seed, whatever is printed or not.
for (const render of renders) {
  const { optimizer, kills } = render;
  Deno.test(`a render by ${optimizer} that is killed ${kills} times makes the frames of one that is not (METAMER_SEED=${seed})`, async () => {
    const workflow = workflowOf(render);
    await using whole = await bench();
    await whole.events(await whole.write("small.yaml", workflow));
    const expected = await framesIn(whole);

    await using place = await bench();
    const file = await place.write("small.yaml", workflow);
    const delays = uniformValues({ seed, frame: 0, purpose: "generated" }, kills);
    let finished = 0;
    for (const delay of delays) {
      if (await killAfter(file, place.runs, delay * latest) === undefined) continue;
      // It was faster than the kill: one more render, from nothing.
      assert.deepEqual(await framesIn(place), expected);
      await Deno.remove(place.runs, { recursive: true });
      finished++;
    }
    await place.events(file);
    assert.deepEqual(await framesIn(place), expected);
    assert.ok(finished < kills / 2, `${finished} of ${kills} runs were over before they were killed`);
  });
}
