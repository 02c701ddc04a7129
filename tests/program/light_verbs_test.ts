import assert from "node:assert/strict";
import { join } from "node:path";
import { loadWorkflow, planWorkflow } from "../../mod.ts";
import { finishedOnce } from "./finished.ts";
import { bench, callProgram } from "./bench.ts";
import { project, tinyWorkflow } from "./program.ts";

/** What these look into, their user makes first: how many files are missing. */
const missingFiles: Readonly<Record<string, number>> = { "paper_figure_3.yaml": 4, "paper_figures.yaml": 1 };

for (const { name } of Deno.readDirSync(join(project, "workflows"))) {
  if (!name.endsWith(".yaml") || name in missingFiles) continue;
  Deno.test(`workflows/${name} is right, also with all defaults written out, and has a preview`, async () => {
    await using place = await bench();
    const file = join(project, "workflows", name);
    const { code, stdout, stderr } = await callProgram(["validate", file, "--resolved"]);
    assert.equal(code, 0, stderr);
    const resolved = await place.write("resolved.yaml", stdout);
    const [one, other] = await Promise.all(
      [file, resolved].map(async (file) => {
        const { instances } = await planWorkflow(await loadWorkflow(file, { out: place.runs }));
        // Analyses have the names in their keys by which a matrix calls its instances.
        return instances.map(({ key }) => key).filter((key) => /^(video|synthesis)-/.test(key));
      }),
    );
    const preview = await callProgram(["validate", file, "--preview"]);
    assert.equal(preview.code, 0, preview.stderr);
    assert.deepEqual(other, one);
  });
}

for (const [name, missing] of Object.entries(missingFiles)) {
  Deno.test(`workflows/${name} is right but for the files that are not there yet`, async () => {
    const { code, stderr } = await callProgram(["validate", join(project, "workflows", name)]);
    assert.equal(code, 2);
    const problems = stderr.match(/error: .*/g) ?? [];
    assert.equal(problems.length, missing, stderr);
    for (const problem of problems) {
      assert.match(problem, /there is no file ".*(models\/[a-z0-9_]+\.onnx|clips\.csv)"/);
    }
  });
}

Deno.test("plan shows one column per factor, and writes nothing", async () => {
  await using place = await bench();
  const file = await place.write(
    "a.yaml",
    tinyWorkflow +
      "    matrix: { depth: { fine: [level_0], all: [level_0, level_1, level_2] }, seed: [1, 2] }\n    seed: $seed\n",
  );
  await Deno.writeTextFile(
    file,
    (await Deno.readTextFile(file)).replace(
      "{ spatial_texture: clip }",
      "{ spatial_texture: { video: clip, layers: $depth } }",
    ),
  );
  const { code, stdout, stderr } = await callProgram(["plan", file, "--out", place.runs]);
  assert.equal(code, 0, stderr);
  const rows = stdout.split("\n").map((line) => line.split(/ {2,}/));
  assert.deepEqual(rows[0], [
    ...["stage", "depth", "seed", "frames", "size", "iterations", "status", "time", "disk", "key", "why"],
  ]);
  assert.deepEqual(rows.filter(([stage]) => stage === "tiny").map(([, depth, seed]) => [depth, seed]), [
    ["fine", "1"],
    ["fine", "2"],
    ["all", "1"],
    ["all", "2"],
  ]);
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);
});

Deno.test("plan --graph prints a flowchart and plan --json JSON, and nothing else", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const printed = (option: string) => callProgram(["plan", file, "--out", place.runs, option]);
  const [graph, json] = await Promise.all([printed("--graph"), printed("--json")]);
  assert.equal(graph.code, 0, graph.stderr);
  assert.match(graph.stdout, /^flowchart LR\n {2}n0\(\["clip"\]\):::run\n/);
  assert.equal(json.code, 0, json.stderr);
  assert.equal(JSON.parse(json.stdout).to_make, 2);
});

/** It takes long enough to be measured. */
const finished = finishedOnce(tinyWorkflow.replace("iterations: 20", "iterations: 40"));

Deno.test("a finished workflow is run again where no native library may be loaded and no program started", async () => {
  await using place = await finished();
  const { file } = place;
  const again = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"],
      ...["--allow-sys", "lib/cli/main.ts", "run", file, "--out", place.runs],
    ],
    cwd: project,
  }).output();
  const [stdout = "", stderr = ""] = [again.stdout, again.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert.equal(again.code, 0, stderr);
  assert.match(stdout, /All of it is there already\.[^]*tiny\.mp4[^]*contact_sheet\.png/);
  assert.doesNotMatch(stdout, /warning|started/);
});

Deno.test("a plan goes by what a run has measured on this machine, and times nothing then", async () => {
  await using place = await finished();
  const { file } = place;
  const again = await callProgram(["plan", file, "--out", place.runs, "--set", "stages.tiny.seed=2"]);
  assert.match(again.stdout, /\ntimes: measured by runs on this machine since \d{4}-\d{2}-\d{2}\n$/);
  const there = await callProgram(["plan", file, "--out", place.runs]);
  assert.match(there.stdout, /\nAll of it is there already\.\n$/);
});
