import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { finishedOnce } from "./finished.ts";
import { bench, callProgram } from "./bench.ts";
import { type Bench, interrupt, parseEvents, runProgram, start, tinyWorkflow } from "./program.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2");
const finishedQuick = finishedOnce(quick);

function framesOf(events: readonly RunEvent[], instance: string): number[] {
  return events.flatMap((event) =>
    event.type === "frame.finished" && event.instance === instance && event.frame >= 0 ? [event.frame] : []
  );
}

/** sha256 of each frame of the tiny stage, in order. */
async function framesIn({ runs }: Bench, workflow: string, stage = "tiny"): Promise<string[]> {
  const manifest = await readManifest(join(runs, workflow, "stages", stage, "manifest.json"));
  return manifest?.outputs.map(({ sha256 }) => sha256) ?? [];
}

Deno.test("run renders a workflow and says where the video is; run again, all is there already", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const first = await runProgram(["run", file, "--out", place.runs]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /tiny +4 +24 x 32 +\S+ +run .* synthesis-[0-9a-f]{16} +not made yet/);
  assert.match(
    first.stdout,
    /\nNext, .*:\n {2}npx -y deno@[\d.]+ task run .*--set stages\.tiny\.seed=2 --name a_seed2\n$/,
  );
  const ending =
    /\ntiny:\n {2}\S*\/videos\/tiny\.mp4\n {2}\S*\/videos\/tiny\.mkv \(lossless\)\n {2}residuals: spatial_texture 0\.\d+ \(worst layer \w+, 0\.\d+[^)]*\)\nResiduals: [^]*\nTargets and results side by side:\n {2}\S*\/contact_sheet\.png\n\nNext, /;
  assert.match(first.stdout, ending);
  assert.equal(first.stderr, "");
  for (const ending of ["mkv", "mp4"]) {
    assert((await Deno.stat(join(place.runs, "a", "videos", `tiny.${ending}`))).size > 500);
  }
  const again = await callProgram(["run", file, "--out", place.runs]);
  assert.equal(again.code, 0);
  assert.match(again.stdout, /All of it is there already\./);
  assert.match(again.stdout, ending);
  assert.doesNotMatch(again.stdout, /started|wrote/);
});

Deno.test("a video that was deleted or damaged in the run folder is encoded again, and nothing is rendered", async () => {
  await using place = await finishedQuick();
  const { file } = place;
  await Deno.remove(join(place.runs, "a", "videos", "tiny.mp4"));
  const events = await place.events(file);
  assert.deepEqual(framesOf(events, "tiny"), []);
  assert.deepEqual(events.flatMap((event) => event.type === "video.encoded" ? [event.path] : []), [
    join(place.runs, "a", "videos", "tiny.mp4"),
  ]);
});

Deno.test("rendered with --frames 2, then 4: two frames run, and the frames are those of 4 at once", async () => {
  await using place = await bench();
  await using other = await finishedQuick();
  const file = await place.write("a.yaml", quick);
  await place.events(file, "--frames", "2");
  assert.deepEqual(framesOf(await place.events(file, "--frames", "4"), "tiny"), [2, 3]);
  assert.deepEqual(framesOf(await place.events(file, "--frames", "3"), "tiny"), []);
  assert.deepEqual(await framesIn(place, "a"), await framesIn(other, "a"));
});

Deno.test("two copies of a workflow under other names share the render; another seed does not", async () => {
  await using place = await finishedQuick();
  const renamed = quick.replaceAll("tiny", "renamed").replaceAll("clip", "other_clip") +
    "    seed: 1 # as before\n";
  const copy = await place.events(await place.write("b.yaml", renamed));
  assert.deepEqual(framesOf(copy, "renamed"), []);
  assert.deepEqual(await framesIn(place, "b", "renamed"), await framesIn(place, "a"));
  const events = await place.events(await place.write("b.yaml", renamed), "--set", "stages.renamed.seed=2");
  assert.equal(framesOf(events, "renamed").length, 4);
  const planned = events.flatMap((event) => event.type === "instance.planned" ? event.reasons : []);
  assert.deepEqual(planned, [{ reason: "setting", path: "seed", from: 1, to: 2 }]);
});

Deno.test("two runs of one workflow at the same time compute each instance once, and both end well", async () => {
  await using place = await bench();
  const twoSeeds = "    seed: $seed\n    matrix: { seed: [1, 2] }\n";
  const file = await place.write("a.yaml", tinyWorkflow.replace("frames: 4", "frames: 2") + twoSeeds);
  const [one = [], other = []] = await Promise.all([1, 2].map(async () => {
    const { code, stdout, stderr } = await runProgram(["run", file, "--out", place.runs, "--json"]);
    assert.equal(code, 0, stderr);
    return parseEvents(stdout);
  }));
  for (const name of ["tiny[seed=1]", "tiny[seed=2]"]) {
    assert.deepEqual([...framesOf(one, name), ...framesOf(other, name)].sort(), [0, 1], name);
    assert.equal((await framesIn(place, "a", join("tiny", name.slice(5, -1)))).length, 2);
  }
});

Deno.test("when the reader of the output goes away, the run goes on to its end and says nothing", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", quick);
  const process = start(["run", file, "--out", place.runs, "--json"]);
  const reader = process.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const stderr = await new Response(process.stderr).text();
  assert.deepEqual({ code: (await process.status).code, stderr }, { code: 0, stderr: "" });
  assert.equal((await framesIn(place, "a")).length, 4);
});

Deno.test("Ctrl-C stops after the iteration in progress with exit code 130; run again, it makes the same frames", async () => {
  await using place = await bench();
  await using whole = await bench();
  const text = tinyWorkflow.replace("iterations: 20", "iterations: 200").replace("frames: 4", "frames: 1");
  const file = await place.write("a.yaml", text);
  const options = ["run", file, "--out", place.runs];
  const process = start([...options, "--json"]);
  const isInside = (printed: string) => iterationsOf(printed).some((iteration) => iteration >= 30);
  const { code, printed } = await interrupt(process, "SIGINT", isInside);
  assert.equal(code, 130);
  const last = Math.max(...iterationsOf(printed));
  assert(last < 200, "the frame was finished before the signal came");
  assert.match(
    (await callProgram(["plan", file, "--out", place.runs])).stdout,
    /resume .* 0 of 1 frames are finished/,
  );

  const events = await place.events(file);
  const resumed = events.find((event) => event.type === "iteration");
  assert(resumed?.type === "iteration" && resumed.iteration >= last);
  await whole.events(await whole.write("a.yaml", text));
  assert.deepEqual(await framesIn(place, "a"), await framesIn(whole, "a"));
});

function iterationsOf(printed: string): number[] {
  return parseEvents(printed).flatMap((event) => event.type === "iteration" ? [event.iteration] : []);
}

Deno.test({
  name:
    "SIGUSR1 saves after the iteration in progress and ends with 75, for a batch system to start the job again",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using place = await bench();
    const file = await place.write("a.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 200000"));
    const process = start(["run", file, "--out", place.runs, "--json"]);
    const { code, printed } = await interrupt(process, "SIGUSR1", (told) => iterationsOf(told).length > 0);
    assert.equal(code, 75);
    const [saved, interrupted] = parseEvents(printed).slice(-3);
    assert.equal(saved?.type, "checkpoint.saved");
    assert.deepEqual(interrupted?.type === "run.interrupted" && interrupted.signal, "SIGUSR1");
  },
});

Deno.test("Ctrl-C tells people that the run stops, and that the same command goes on", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 200000"));
  const process = start(["run", file, "--out", place.runs]);
  const { code, printed } = await interrupt(process, "SIGINT", (printed) => printed.includes("onnxruntime"));
  assert.equal(code, 130);
  assert.match(printed, /stopping after the iteration in progress/);
  assert.match(printed, /stopped by SIGINT; the same command goes on from here/);
});

Deno.test("a run says how long its main thread was kept from answering", async () => {
  await using place = await bench();
  const events = await place.events(await place.write("a.yaml", tinyWorkflow), "--only", "clip");
  const pauses = events.flatMap((event) => event.type === "run.finished" ? [event.longest_pause_ms] : []);
  assert.equal(pauses.length, 1);
  // Reading the workflow alone keeps it for some milliseconds; tests/slow/ says how long is too long.
  assert(Number.isInteger(pauses[0]) && Number(pauses[0]) >= 0);
});
