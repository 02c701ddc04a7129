/** The options that choose what runs: --force, --dry-run, --same-engine; and clean. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import { finishedOnce } from "./finished.ts";
import { bench, callProgram } from "./bench.ts";
import { type Bench, interrupt, parseEvents, runProgram, start, tinyWorkflow } from "./program.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2");
const finishedQuick = finishedOnce(quick);

async function planned({ runs }: Bench, file: string, ...options: string[]) {
  const { code, stdout, stderr } = await callProgram(["plan", file, "--out", runs, "--json", ...options]);
  assert.equal(code, 0, stderr);
  const { instances }: { readonly instances: readonly Record<string, unknown>[] } = JSON.parse(stdout);
  return instances.map(({ name, status, reasons }) => ({ name, status, reasons }));
}

async function manifestIn({ runs }: Bench, stage: string) {
  return await readManifest(join(runs, "a", "stages", stage, "manifest.json"));
}

Deno.test("a forced run that is killed leaves what was there, and the next run goes on where it was, without --force", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("frames: 4", "frames: 8"));
  await place.events(file);
  const before = await manifestIn(place, "tiny");
  const process = start(["run", file, "--out", place.runs, "--json", "--force", "tiny"]);
  const { printed } = await interrupt(
    process,
    "SIGKILL",
    (printed) => printed.includes('"type":"frame.finished"'),
  );
  const plan = parseEvents(printed).flatMap((event) =>
    event.type === "instance.planned" ? [[event.instance, event.status, event.reasons]] : []
  );
  assert.deepEqual(plan, [["clip", "cached", []], ["tiny", "run", [{ reason: "forced" }]]]);
  assert.deepEqual(await manifestIn(place, "tiny"), before);

  const [, left] = await planned(place, file);
  assert.partialDeepStrictEqual(left, { status: "resume", reasons: [{ reason: "forced" }] });
  const status = await callProgram(["status", file, "--out", place.runs]);
  assert.match(
    status.stdout,
    /: 2 of 2 done\n[^]*\ntiny: is made again by --force.*; what was there before is kept/,
  );
  const other = await place.write("other.yaml", tinyWorkflow);
  assert.equal((await planned(place, other)).at(-1)?.status, "cached");

  const events = await place.events(file);
  const finished = [...parseEvents(printed), ...events].flatMap((event) =>
    event.type === "frame.finished" && event.instance === "tiny" ? [event.frame] : []
  );
  assert.deepEqual(finished, [...new Set(finished)]);
  assert.deepEqual(
    events.flatMap((event) => event.type === "instance.remade" ? [[event.compared, event.different]] : []),
    [[8, 0]],
  );
  assert.deepEqual((await manifestIn(place, "tiny"))?.outputs, before?.outputs);
  assert.equal((await planned(place, file)).at(-1)?.status, "cached");
});

Deno.test("--force that would leave fewer frames than there are, or names nothing, is refused before anything runs", async () => {
  await using place = await finishedQuick();
  const { file } = place;
  const forced = (...options: string[]) => callProgram(["run", file, "--out", place.runs, ...options]);
  const fewer = await forced("--force", "tiny", "--frames", "2");
  assert.equal(fewer.code, 2);
  assert.match(fewer.stderr, /^--force tiny: error: the store has 4 frames of it, .* --frames 4\n$/);
  const unknown = await forced("--force", "tinny");
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /^--force tinny: error: .* did you mean "tiny"\?\n$/);
});

Deno.test("--dry-run is the plan, and what would be written; it writes nothing", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const dry = await callProgram(["run", file, "--out", place.runs, "--dry-run"]);
  assert.equal(dry.code, 0, dry.stderr);
  const plan = await callProgram(["plan", file, "--out", place.runs]);
  const withoutTimes = (text: string) =>
    text.split("\n").filter((line) => /^(clip|tiny) /.test(line))
      .map((line) => line.replace(/~\S+ \S+/, ""));
  assert.deepEqual(withoutTimes(dry.stdout), withoutTimes(plan.stdout));
  assert.equal(withoutTimes(dry.stdout).length, 2);
  assert.match(
    dry.stdout,
    /\nA run would write:\n[^]*\/store\/synthesis-[0-9a-f]{16}\n[^]*tiny\.mp4\nNothing was written\.\n$/,
  );
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);
});

Deno.test("--dry-run ends as the run would: 2 for a wrong workflow, 3 for weights that are not here and not to be fetched", async () => {
  await using place = await bench();
  const wrong = await place.write("wrong.yaml", tinyWorkflow.replace("frames: 4", "frames: -4"));
  const heavy = await place.write("heavy.yaml", tinyWorkflow.replace("spatial: steerable", "spatial: vgg19"));
  const dry = (file: string, ...options: string[]) =>
    callProgram([
      "run",
      file,
      "--out",
      place.runs,
      "--weights",
      join(place.folder, "none"),
      "--dry-run",
      ...options,
    ]);
  assert.equal((await dry(wrong)).code, 2);
  assert.equal((await dry(heavy, "--offline")).code, 3);
  const told = await dry(heavy, "--set", "videos.clip.height=64", "--set", "videos.clip.width=64");
  assert.equal(told.code, 0, told.stderr);
  assert.match(told.stdout, /\nA run would fetch the weights of vgg19 into .*none\.\n/);
});

Deno.test("--same-engine refuses what other threads have made, says what to do, and --force does it", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  await place.events(file, "--threads", "1", "--frames", "2");
  const refused = await callProgram(["run", file, "--out", place.runs, "--threads", "2", "--same-engine"]);
  assert.equal(refused.code, 2, refused.stdout);
  assert.equal(
    refused.stderr,
    "--same-engine: error: these were computed, or begun, under other conditions than this run's:\n" +
      "  tiny: 2 frames with threads 1, now 2\n" +
      "use them without --same-engine, or make them again: --force tiny\n",
  );
  await place.events(file, "--threads", "1", "--same-engine");
  await place.events(file, "--threads", "2", "--same-engine", "--force", "tiny");
  await place.events(file, "--threads", "2", "--same-engine");
});

Deno.test("--exact says which results it uses that were computed with winograd convolutions, and how to make them again", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  const told = async (...options: string[]) => {
    const { code, stdout, stderr } = await callProgram(["run", file, "--out", place.runs, ...options]);
    assert.equal(code, 0, stderr);
    return `${stdout}${stderr}`.split("\n").filter((line) => line.includes("winograd convolutions before"));
  };
  assert.deepEqual(await told("--exact", "--frames", "2"), [], "nothing is there");
  await told("--force", "tiny", "--frames", "2");
  assert.deepEqual(await told("--frames", "2"), []);
  const said = "warning: exact: computed with winograd convolutions before, and used as they are: " +
    "tiny (2 frames); --force tiny makes them again";
  assert.deepEqual(await told("--exact", "--frames", "2", "--dry-run"), [said]);
  assert.deepEqual(await told("--set", "run.exact=true", "--frames", "2"), [said]);
  assert.deepEqual(await told("--exact", "--force", "tiny", "--frames", "2"), []);
  assert.deepEqual(await told("--exact", "--frames", "2"), [], "made again");
});

Deno.test("a run that asks for an engine says which results it uses that another one has computed", async () => {
  await using place = await finishedQuick();
  const told = async (...options: string[]) => {
    const args = ["run", place.file, "--out", place.runs, ...options];
    const { code, stdout, stderr } = await callProgram(args);
    assert.equal(code, 0, stderr);
    return `${stdout}${stderr}`.split("\n").filter((line) => line.startsWith("warning:"));
  };
  const said = (choice: string) =>
    `warning: ${choice}: computed by onnxruntime (cpu) before, and used as they are: tiny (4 frames); --force tiny makes them again`;
  assert.deepEqual(await told("--provider", "cuda"), [said("provider cuda")]);
  assert.deepEqual(await told("--engine", "tensorflow", "--backend", "wasm"), [said("backend wasm")]);
  assert.deepEqual(await told("--engine", "reference"), [said("engine reference")]);
  assert.deepEqual(await told("--provider", "cpu"), []);
  assert.deepEqual(await told("--provider", "auto"), []);
});

Deno.test("clean asks where it can, and removes with --yes what no workflow names", async () => {
  await using place = await finishedQuick();
  const { file } = place;
  await place.events(file, "--set", "stages.tiny.seed=2");
  const clean = (...options: string[]) => callProgram(["clean", "--out", place.runs, ...options]);
  const folders = () => Array.from(Deno.readDirSync(join(place.runs, "store"))).length;

  const listed = await clean("--dry-run");
  assert.deepEqual([listed.code, folders()], [0, 3]);
  assert.match(
    listed.stdout,
    /\n *\d+ kB +tiny, 4 frames +\d{4}-\d\d-\d\d +store.synthesis-[0-9a-f]{16}\n1 to remove, /,
  );
  // Nobody can be asked where the program has no terminal, as this test may have one.
  const unasked = await runProgram(["clean", "--out", place.runs]);
  assert.deepEqual([unasked.code, folders()], [2, 3]);
  assert.match(unasked.stderr, /add --yes/);
  const cleaned = await runProgram(["clean", "--out", place.runs, "--yes"]);
  assert.deepEqual([cleaned.code, folders()], [0, 2]);
  assert.match(cleaned.stdout, /\n\d+ kB freed\n$/);
  assert.match((await clean("--yes")).stdout, /^Nothing in .* is to be removed\.\n$/);
  assert.deepEqual((await planned(place, file, "--set", "stages.tiny.seed=2")).map(({ status }) => status), [
    "cached",
    "cached",
  ]);
});
