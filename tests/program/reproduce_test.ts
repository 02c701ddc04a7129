/** A result made again from its record: the same, near, changed, or without what it needs. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { sharedPath } from "../shared_data.ts";
import { finishedOnce } from "./finished.ts";
import { bench, callProgram } from "./bench.ts";
import { clip, tinyWorkflow } from "./program.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2").replace("frames: 4", "frames: 2");
const finishedQuick = finishedOnce(quick);

const seeds = `${quick}    matrix: { seed: [1, 2] }\n    seed: $seed\n`;

/** Its table holds the name of the instance that it judges. */
const judged = `${seeds}  verdict: { kind: match, matrix: { seed: [2] }, stage: tiny, scrambled: 1 }\n`;

/** Every file of the store with its digest, so that a test can tell that nothing was written there. */
async function storeOf(runs: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const look = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = join(folder, name);
      if (isDirectory) await look(path);
      else found[path] = sha256OfBytes(await Deno.readFile(path));
    }
  };
  await look(join(runs, "store"));
  return found;
}

Deno.test("reproduce says that a workflow and one of its results come out identical, and touches no result", async () => {
  await using place = await bench();
  await place.events(await place.write("a.yaml", judged));
  const before = await storeOf(place.runs);
  const whole = await callProgram(["reproduce", "a", "--out", place.runs]);
  assert.equal(whole.code, 0, whole.stderr);
  assert.match(whole.stdout, /\nclip: identical, 2 frames\ntiny\[seed=1\]: identical, 2 frames\n/);
  assert.match(whole.stdout, /\nidentical \(4 instances\)\n$/);
  const manifest = join(place.runs, "a", "stages", "verdict", "seed=2", "manifest.json");
  const one = await callProgram(["reproduce", manifest, "--json"]);
  assert.equal(one.code, 0, one.stderr);
  const { verdict, instances } = JSON.parse(one.stdout);
  assert.equal(verdict, "identical");
  assert.deepEqual(instances.map(({ name }: { name: string }) => name), ["verdict[seed=2]"]);
  assert.deepEqual(await storeOf(place.runs), before);
});

Deno.test("a list that names a stage of a matrix is reproduced as what it was, labels and report included", async () => {
  await using place = await bench();
  const lists = `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 4 }
stages:
  back: { kind: reverse, matrix: { frames: [2, 3] }, video: clip, frames: $frames }
  alike: { kind: features, videos: [clip, { backwards: back }] }
  report: { kind: report, of: [alike, back] }
`;
  await place.events(await place.write("a.yaml", lists));
  const { code, stdout, stderr } = await callProgram(["reproduce", "a", "--out", place.runs]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /\nalike: identical/);
  assert.match(stdout, /\nidentical \(\d instances\)\n$/);
});

Deno.test("reproduce by another engine is within tolerance, and says in what the conditions differ", async () => {
  await using place = await finishedQuick();
  const args = ["reproduce", join(place.runs, "a"), "--engine", "reference", "--json"];
  const { code, stdout, stderr } = await callProgram(args);
  assert.equal(code, 0, stderr);
  const { verdict, instances } = JSON.parse(stdout);
  assert.equal(verdict, "within tolerance");
  const tiny = instances.find(({ name }: { name: string }) => name === "tiny");
  assert(tiny.distance.largest > 0 && tiny.distance.mean <= tiny.distance.largest);
  assert(tiny.conditions.includes("engine: reference here, onnxruntime then"));
});

Deno.test("reproduce says where a result under the same conditions comes out different", async () => {
  await using place = await finishedQuick();
  const path = join(place.runs, "a", "stages", "tiny", "manifest.json");
  const manifest = await readManifest(path);
  assert(manifest !== undefined);
  // As if the recorded frame 1 were another: here its file is none of that checksum, so only checksums can be compared.
  const outputs = manifest.outputs.map((output, index) =>
    index === 1 ? { ...output, sha256: "f".repeat(64) } : output
  );
  await Deno.writeTextFile(path, JSON.stringify({ ...manifest, outputs }));
  const { code, stdout } = await callProgram(["reproduce", path]);
  assert.equal(code, 1, stdout);
  assert.match(stdout, /tiny: different: 1 of 2 frames differs, the first is\s+frames\/000001\.npy/);
});

Deno.test("reproduce names a changed setting and makes nothing", async () => {
  await using place = await finishedQuick();
  const { file } = place;
  await place.write("a.yaml", quick.replace("learning_rate: 0.01", "learning_rate: 0.02"));
  const edited = await callProgram(["reproduce", file, "--out", place.runs]);
  assert.equal(edited.code, 1, edited.stderr);
  assert.match(edited.stdout, /stages\.tiny\.octaves\.steps\.0\.learning_rate: 0\.01 -> 0\.02/);
  await assert.rejects(Deno.stat(join(place.runs, "reproductions")), Deno.errors.NotFound);
  // A record whose workflow was edited is not that of its key.
  const path = join(place.runs, "a", "stages", "tiny", "manifest.json");
  const { sha256, specification, ...rest } = JSON.parse(await Deno.readTextFile(path));
  specification.workflow.stages.tiny.seed = 7;
  await Deno.writeTextFile(path, JSON.stringify({ sha256, ...rest, specification }));
  const damaged = await callProgram(["reproduce", path]);
  assert.equal(damaged.code, 1, damaged.stdout);
  assert.match(
    damaged.stderr,
    /manifest\.json is damaged: its checksum does not hold: .*running its workflow/,
  );
  await Deno.writeTextFile(path, JSON.stringify({ ...rest, specification }));
  const tampered = await callProgram(["reproduce", path]);
  assert.equal(tampered.code, 1, tampered.stderr);
  assert.match(tampered.stdout, /seed changed from 1 to 7/);
});

Deno.test("reproduce names a changed clip, and where a missing one was with its checksum", async () => {
  await using place = await bench();
  const path = join(place.folder, "mine.y4m");
  await Deno.writeFile(path, clip(9));
  const text = quick.replace(/clip: \{ generate.*/, "clip: { file: mine.y4m }");
  await place.events(await place.write("a.yaml", text), "--only", "clip");
  await Deno.writeFile(path, clip(8));
  const changed = await callProgram(["reproduce", "a", "--out", place.runs]);
  assert.equal(changed.code, 1, changed.stderr);
  assert.match(changed.stdout, /the clip of videos\.clip: other content, sha256/);
  await Deno.remove(path);
  const missing = await callProgram(["reproduce", "a", "--out", place.runs]);
  assert.equal(missing.code, 3, missing.stdout);
  assert.match(
    missing.stderr,
    /the clip of videos\.clip is missing: expected at .*mine\.y4m, sha256 [0-9a-f]{64}/,
  );
});

Deno.test("run --frozen says that a run is as registered, and its manifests name the registration", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  const frozen = await callProgram(["freeze", file, "--out", place.runs]);
  assert.equal(frozen.code, 0, frozen.stderr);
  const hash = frozen.stdout.match(/^sha256 ([0-9a-f]{64})\n/)?.[1];
  const options = ["--frozen", "--out", place.runs];
  const manifest = join(place.runs, "a", "stages", "tiny", "manifest.json");

  await place.write("a.yaml", quick.replace("padding: 1", "padding: 0"));
  const refused = await callProgram(["run", file, ...options]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /stages\.tiny\.padding\.frames: 1 -> 0/);
  assert.equal(await readManifest(manifest), undefined);
  const deviating = await callProgram(["run", file, ...options, "--allow-deviations"]);
  assert.equal(deviating.code, 0, deviating.stderr);
  assert.match(
    deviating.stdout,
    /run with deviations, which the manifests keep:\n {2}stages\.tiny\.padding\.frames: 1 -> 0\n/,
  );
  assert.deepEqual((await readManifest(manifest))?.frozen, {
    hash,
    deviations: ["stages.tiny.padding.frames: 1 -> 0"],
    versions: [],
  });

  await place.write("a.yaml", quick);
  const run = await callProgram(["run", join(place.folder, "a.frozen.json"), ...options]);
  assert.equal(run.code, 0, run.stderr);
  assert(run.stdout.includes(`As registered:\n  sha256 ${hash}\n`), run.stdout);
  assert.deepEqual((await readManifest(manifest))?.frozen, { hash, deviations: [], versions: [] });
});

const weights = sharedPath("weights/msoe.npz");

Deno.test({
  name: "reproduce names changed weights, and those that are missing with their checksum",
  ignore: weights === undefined,
  async fn() {
    await using place = await bench();
    const folder = join(place.folder, "weights");
    await Deno.mkdir(folder);
    const file = join(folder, basename(weights ?? ""));
    await Deno.copyFile(weights ?? "", file);
    const text = quick.replace("streams: { spatial: steerable }", "streams: { temporal: msoe }")
      .replace("{ spatial_texture: clip }", "{ temporal_texture: clip }");
    await place.events(await place.write("a.yaml", text), "--weights", folder);
    const reproduce = ["reproduce", "a", "--out", place.runs, "--weights", folder, "--offline"];
    const bytes = await Deno.readFile(file);
    await Deno.writeFile(file, bytes.with(100, (bytes[100] ?? 0) ^ 1));
    const changed = await callProgram(reproduce);
    assert.equal(changed.code, 1, changed.stderr);
    assert.match(changed.stdout, /the weights of msoe: other content, sha256 [0-9a-f]{16} ->/);
    await Deno.remove(file);
    const missing = await callProgram(reproduce);
    assert.equal(missing.code, 3, missing.stdout);
    assert.match(missing.stderr, /msoe was sha256 [0-9a-f]{64}/);
  },
});

Deno.test("reproduce takes what is asked of an engine as said of the recorded one, and asks nothing of another that it cannot do", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  await place.events(file, "--exact");
  const elsewhere = Deno.build.os === "windows" ? "coreml" : "directml";
  for (const record of [file, "a"]) {
    // Recorded with direct convolutions, of which this provider knows nothing; it has devices.
    const options = ["--out", place.runs, "--provider", elsewhere, "--device", "1"];
    const { code, stderr } = await callProgram(["reproduce", record, ...options]);
    assert.equal(code, elsewhere === "coreml" ? 2 : 3, stderr);
    assert.doesNotMatch(stderr, /--exact/);
  }
});
