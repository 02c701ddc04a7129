import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeNpy } from "../../lib/formats/npy.ts";
import { readFrames } from "../../mod.ts";
import { bench, callProgram } from "./bench.ts";
import { start, tinyWorkflow } from "./program.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 1");

const names = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

Deno.test("a finished stage is exported, and only once without --force", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  const out = ["--out", place.runs];
  const exported = (as: string, ...more: string[]) =>
    callProgram(["export", file, "tiny", "--as", as, ...out, ...more]);

  const early = await exported("npy");
  assert.equal(early.code, 2);
  assert.match(
    early.stderr,
    /^tiny is not finished with these settings \(0 of 4 frames are there\); run it first:\n/,
  );
  assert.match(early.stderr, new RegExp(`task run ${file} --out ${place.runs} --only tiny\n$`));
  await place.events(file);
  const unknown = await callProgram(["export", file, "tinny", "--as", "npy", ...out]);
  assert.deepEqual([unknown.code, unknown.stderr], [
    2,
    'there is no stage "tinny"; the workflow has clip and tiny; did you mean "tiny"?\n',
  ]);

  const folder = join(place.runs, "a", "exports");
  for (const as of ["png16", "png8", "npy"]) {
    const { code, stdout, stderr } = await exported(as);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^tiny: 4 frames of 24 x 32, 25 per second, in .*exports\/tiny[_.]\w+\n$/);
  }
  assert.deepEqual(names(folder), ["tiny.npy", "tiny_png16", "tiny_png8"]);
  assert.deepEqual(names(join(folder, "tiny_png16")), [
    ...[0, 1, 2, 3].map((index) => `00000${index}.png`),
    "manifest.json",
  ]);
  assert.equal(
    await Deno.readTextFile(join(folder, "tiny_png16", "manifest.json")),
    await Deno.readTextFile(join(place.runs, "a", "stages", "tiny", "manifest.json")),
  );
  const array = decodeNpy(await Deno.readFile(join(folder, "tiny.npy")));
  assert.deepEqual(array.shape, [4, 24, 32, 3]);
  const { frames } = await readFrames(join(folder, "tiny_png16"));
  const stored = array.data.subarray(24 * 32 * 3, 2 * 24 * 32 * 3);
  assert.ok(frames[1]!.data.every((value, i) => Math.abs(value - Number(stored[i])) < 1 / 65535));

  const again = await exported("png8");
  assert.equal(again.code, 2);
  assert.match(
    again.stderr,
    /tiny_png8 is there already; write --force to replace it, or another folder with --to\n$/,
  );
  assert.equal((await exported("png8", "--force")).code, 0);
  await Deno.writeTextFile(join(folder, "tiny_png8", "notes.txt"), "mine");
  const mine = await exported("png8", "--force");
  assert.equal(mine.code, 2);
  assert.match(mine.stderr, /tiny_png8 holds other things than exported images/);
  assert.equal((await exported("png8", "--to", join(place.folder, "there"))).code, 0);
  assert.deepEqual(names(join(place.folder, "there")), ["tiny_png8"]);
});

Deno.test("instances of a matrix are exported all, or one by name; a video can be, too", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", `${quick}    matrix: { seed: [1, 2] }\n    seed: $seed\n`);
  await place.events(file, "--set", "videos.clip.frames=4");
  const exported = (what: string, to: string) =>
    callProgram([
      ...["export", file, what, "--as", "npy", "--out", place.runs, "--to", join(place.folder, to)],
      ...["--set", "videos.clip.frames=4"],
    ]);
  assert.equal((await exported("tiny", "all")).code, 0);
  assert.deepEqual(names(join(place.folder, "all", "tiny")), ["seed=1.npy", "seed=2.npy"]);
  assert.equal((await exported("tiny[seed=2]", "one")).code, 0);
  assert.deepEqual(names(join(place.folder, "one", "tiny")), ["seed=2.npy"]);
  assert.equal((await exported("clip", "clip")).code, 0);
  const { data } = decodeNpy(await Deno.readFile(join(place.folder, "clip", "clip.npy")));
  assert.ok(data instanceof Uint8Array);
});

Deno.test("of a clip of which the stages read half, that half is exported, and said so", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  await place.events(file);
  const out = ["--out", place.runs];
  const { code, stdout, stderr } = await callProgram(["export", file, "clip", "--as", "npy", ...out]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^clip: 4 frames, as many as the stages read\nclip: 4 frames of 24 x 32, /);
});

Deno.test("light is exported as light or coded, as is said and asked for", async () => {
  await using place = await bench();
  const light = tinyWorkflow.replace("frames: 8 }", "frames: 4, transfer: linear }");
  const file = await place.write("a.yaml", light);
  await place.events(file, "--only", "clip");
  const exported = async (as: string, ...values: string[]) => {
    const to = join(place.folder, values.join(" ") || "usual");
    const out = ["--out", place.runs, "--to", to];
    const { code, stdout, stderr } = await callProgram([
      "export",
      file,
      "clip",
      "--as",
      as,
      ...out,
      ...values,
    ]);
    assert.equal(code, 0, stderr);
    const path = join(to, as === "npy" ? "clip.npy" : `clip_${as}`);
    const data = as === "npy"
      ? decodeNpy(await Deno.readFile(path)).data
      : (await readFrames(path)).frames[0]?.data ?? [];
    return { stdout, first: Number(data[0]) };
  };
  const [image, lightImage] = [await exported("png16"), await exported("png16", "--values", "stored")];
  const [array, codedArray] = [await exported("npy"), await exported("npy", "--values", "coded")];
  assert.match(image.stdout, /, coded as sRGB; --values stored for linear light\n$/);
  assert.match(lightImage.stdout, /, linear light; --values coded for sRGB\n$/);
  const isNear = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-4, `${a} and ${b}`);
  isNear(array.first, lightImage.first);
  isNear(codedArray.first, image.first);
  assert.ok(image.first > lightImage.first + 0.01);
});

Deno.test("Ctrl-C ends an export with 130 and removes what was begun", async () => {
  await using place = await bench();
  const clip = "clip: { generate: dead_leaves, height: 24, width: 32, frames: 8 }";
  const long = "clip: { generate: grating, height: 240, width: 320, frames: 150 }";
  const file = await place.write("a.yaml", tinyWorkflow.replace(clip, long));
  await place.events(file, "--only", "clip");
  const to = join(place.folder, "there");
  const process = start(["export", file, "clip", "--as", "png16", "--out", place.runs, "--to", to]);
  while (!begun(to)) await new Promise((resolve) => setTimeout(resolve, 5));
  process.kill("SIGINT");
  const { code, stdout } = await process.output();
  assert.deepEqual([code, new TextDecoder().decode(stdout)], [130, "stopped; what was begun is removed\n"]);
  assert.deepEqual(names(to), []);
});

/** True when images are being written. */
function begun(folder: string): boolean {
  try {
    // Beside the folder of images stands, for a moment, the file that tells whether anything can be written there.
    return Array.from(Deno.readDirSync(folder))
      .some(({ name, isDirectory }) => isDirectory && names(join(folder, name)).length > 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("a workflow is exported for another engine, and replaces what an export has written alone", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const snakefile = join(place.folder, "Snakefile");
  const exported = (...more: string[]) =>
    callProgram(["export", file, "--out", place.runs, "--as", "snakemake", "--to", place.folder, ...more]);
  const written = await exported();
  assert.equal(written.code, 0, written.stderr);
  assert.match(
    written.stdout,
    /^.*Snakefile: 1 job; run it with\n {2}snakemake --snakefile .* --cores all\n$/,
  );
  const text = await Deno.readTextFile(snakefile);
  assert.match(text, /^# Written by Metamer /);

  const again = await exported();
  assert.equal(again.code, 2);
  assert.match(
    again.stderr,
    /Snakefile is there already; write --force to replace it, or another file with --to\n$/,
  );
  assert.equal((await exported("--force", "--frames", "2")).code, 0);
  assert.match(await Deno.readTextFile(snakefile), /a\.yaml --frames 2 --out /);

  await place.write("Snakefile", "rule mine:\n");
  const refused = await exported("--force");
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /Snakefile was not written by an export; write another file with --to\n$/);
  assert.equal(await Deno.readTextFile(snakefile), "rule mine:\n");
});

Deno.test("what is about frames alone, or about engines alone, is refused for the other", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const refused = async (...more: string[]) => {
    const { code, stderr } = await callProgram(["export", file, "--out", place.runs, ...more]);
    assert.equal(code, 2);
    return stderr;
  };
  assert.equal(
    await refused("--as", "png16"),
    "--as png16: error: say which stage's frames: export FILE STAGE --as png16\n",
  );
  assert.equal(
    await refused("--as", "dvc", "--values", "stored"),
    "--values: error: it is about frames, and --as dvc writes none\n",
  );
  assert.match(
    await refused("tinny", "--as", "dvc"),
    /^there is no stage "tinny"; .* did you mean "tiny"\?\n$/,
  );
  assert.equal(
    await refused("clip", "--as", "dvc"),
    "clip is a video, which is decoded with what reads it; name a stage\n",
  );
  assert.match(
    await refused("--as", "dvc", "--to", join(place.folder, "mine.yaml")),
    /mine\.yaml: error: DVC reads files of the name dvc\.yaml alone\n$/,
  );
});

Deno.test("a workflow whose weights are not here is not exported for another engine", async () => {
  await using place = await bench();
  const heavy = tinyWorkflow.replace("spatial: steerable", "spatial: vgg19")
    .replace("height: 24, width: 32", "height: 64, width: 64");
  const file = await place.write("a.yaml", heavy);
  const weights = ["--weights", join(place.folder, "none")];
  const { code, stderr } = await callProgram(
    ["export", file, "--as", "dvc", "--to", `${place.folder}/`, "--out", place.runs, ...weights],
  );
  assert.equal(code, 3);
  assert.match(
    stderr,
    /^error: the weights of vgg19 are not here, and what is made depends on them; fetch them first:\n.* models pull vgg19\n$/,
  );
});
