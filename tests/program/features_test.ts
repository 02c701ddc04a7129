import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import { bench, callProgram } from "./bench.ts";
import { interrupt, parseEvents, start } from "./program.ts";

const compared = `metamer: 1
run: { checkpoint_every: 0.001 }
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 8 }
  noise_clip: { generate: noise, height: 24, width: 32, frames: 12 }
stages:
  low: { kind: features, videos: [clip, noise_clip] }
`;

Deno.test("run ends with how far a video is from the reference, and the tables are in the manifest", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", compared);
  const { code, stdout, stderr } = await callProgram(["run", file, "--out", place.runs]);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /\nlow: beside clip: noise_clip intensity \S+ %, contrast \S+ %, pixel change \S+ %, optical flow \S+ %\n {2}\S*table\.csv\n/,
  );
  const manifest = await readManifest(join(place.runs, "a", "stages", "low", "manifest.json"));
  assert.deepEqual(manifest?.outputs.map(({ path }) => path), ["table.csv", "summary.json", "spectra.csv"]);
  const again = await callProgram(["run", file, "--out", place.runs]);
  assert.match(again.stdout, /All of it is there already\.[^]*\nlow: beside clip/);
});

Deno.test("killed in between, it goes on, and its tables have the same bytes as those of a run that was not", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", compared);
  const read = (runs: string) =>
    Promise.all(
      ["table.csv", "spectra.csv", "summary.json"].map((name) =>
        Deno.readTextFile(join(runs, "a", "stages", "low", name))
      ),
    );
  const process = start(["run", file, "--out", place.runs, "--json"]);
  const isSaved = (printed: string) =>
    parseEvents(printed).some((event) => event.type === "checkpoint.saved" && event.instance === "low");
  const { code } = await interrupt(process, "SIGKILL", isSaved);
  assert.notEqual(code, 0);
  const events = await place.events(file);
  const rest = events.filter((event) => event.type === "frame.finished" && event.instance === "low");
  assert(rest.length > 0 && rest.length < 20, `${rest.length} frames were measured again`);
  const killed = await read(place.runs);
  await Deno.remove(place.runs, { recursive: true });
  await place.events(file);
  assert.deepEqual(killed, await read(place.runs));
});
