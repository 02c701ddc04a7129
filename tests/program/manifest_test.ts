import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { type Manifest, readManifest } from "../../lib/store/manifest.ts";
import { bench } from "./bench.ts";
import { type Bench, clip, tinyWorkflow } from "./program.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2");

async function tinyOf(place: Bench): Promise<Manifest> {
  const manifest = await readManifest(join(place.runs, "a", "stages", "tiny", "manifest.json"));
  assert(manifest !== undefined);
  return manifest;
}

Deno.test("a manifest says from which file, with which models and programs, and how close", async () => {
  await using place = await bench();
  const bytes = clip(9);
  await Deno.writeFile(join(place.folder, "mine.y4m"), bytes);
  const entry = "{ file: mine.y4m, start: 2, license: CC0, source: made up }";
  const text = quick.replace(/clip: \{ generate.*/, `clip: ${entry}`);
  await place.events(await place.write("a.yaml", text));
  const { inputs, models, residuals, software, git } = await tinyOf(place);
  const expected = {
    name: "clip",
    frames: [0, 4],
    height: 24,
    width: 32,
    fps: "30000/1001",
    file: join(place.folder, "mine.y4m"),
    sha256: sha256OfBytes(bytes),
    start: 2,
    step: 1,
    color: { matrix: "bt601", range: "limited", assumed: true },
    license: "CC0",
    source: "made up",
  };
  assert.deepEqual(inputs.map(({ key: _key, role: _role, ...rest }) => rest), [expected, expected]);
  assert.deepEqual(inputs.map(({ role }) => role).sort(), [
    "color_transfer.video",
    "targets.spatial_texture.mixture.0.video",
  ]);
  assert.deepEqual(models.map(({ role, name, official }) => [role, name, official]), [[
    "streams.spatial",
    "steerable",
    true,
  ]]);
  assert.match(software.ffmpeg ?? "", /^\w/);
  assert.equal(git, undefined);
  const layers = Object.values(residuals?.spatial_texture ?? {});
  assert(layers.length > 0);
  for (const { mean, sd } of layers) assert(mean > 0 && sd > 0);
});

Deno.test("a manifest says which frames were made with --exact, which makes no finished frame again", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  await place.events(file, "--frames", "2");
  const events = await place.events(file, "--exact");
  const changed = events.find((event) => event.type === "engine.changed");
  assert.match(changed?.from ?? "", /winograd convolutions, /);
  assert.match(changed?.to ?? "", /direct convolutions, /);
  const { sessions } = await tinyOf(place);
  assert.deepEqual(sessions.map(({ engine, frames }) => [engine?.convolution, frames]), [
    ["winograd", [0, 1]],
    ["direct", [2, 3]],
  ]);
  const again = await place.events(file, "--set", "run.exact=true");
  assert(!again.some(({ type }) => type === "engine.opened"));
});
