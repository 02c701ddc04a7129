/**
 * Results, clips and weights that lie elsewhere on the next machine, as on the nodes of a cluster: they are copied to other paths,
 * and where they were is removed.
 */
import assert from "node:assert/strict";
import { copy } from "./copied_folder.ts";
import { join } from "node:path";
import { sharedPath } from "../shared_data.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { callProgram } from "./bench.ts";
import { clip, interrupt, parseEvents, start, tinyWorkflow } from "./program.ts";

const weights = sharedPath("weights");

const workflow = tinyWorkflow.replace(
  "{ generate: dead_leaves, height: 24, width: 32, frames: 8 }",
  "{ file: clips/noise.y4m }",
);

/** The same with a model that has weights. */
const withWeights = workflow
  .replace("{ spatial: steerable }", "{ spatial: steerable, temporal: msoe }")
  .replace("{ spatial_texture: clip }", "{ spatial_texture: clip, temporal_texture: clip }");

async function moves(text: string, weightsFrom: string | undefined): Promise<void> {
  await using before = await temporaryFolder();
  await using after = await temporaryFolder();
  const at = (folder: string) => {
    const [runs, weights] = [join(folder, "scratch", "results"), join(folder, "data", "weights")];
    return {
      file: join(folder, "home", "a.yaml"),
      weights,
      places: ["--out", runs, "--weights", weights],
      environment: { METAMER_RUNS: runs, METAMER_WEIGHTS: weights },
    };
  };
  const [old, now] = [at(before.path), at(after.path)];
  await Deno.mkdir(join(before.path, "home", "clips"), { recursive: true });
  await Deno.mkdir(old.weights, { recursive: true });
  await Deno.writeTextFile(old.file, text);
  await Deno.writeFile(join(before.path, "home", "clips", "noise.y4m"), clip(6));
  if (weightsFrom !== undefined) {
    await copy(weightsFrom, old.weights, (name) => !/vgg/.test(name));
  }
  const finished = await callProgram(["run", old.file, ...old.places, "--frames", "2", "--json"]);
  assert.equal(finished.code, 0, finished.stderr);
  const stopped = await interrupt(
    start(["run", old.file, "--json"], old.environment),
    "SIGTERM",
    (printed) => /"type":"iteration","frame":2,.*"iteration":10,/.test(printed),
  );
  assert.equal(stopped.code, 143);

  await copy(before.path, after.path);
  await Deno.remove(before.path, { recursive: true });
  await Deno.mkdir(before.path);

  const planned = await callProgram(["plan", now.file, ...now.places, "--frames", "2", "--json"]);
  const { instances } = JSON.parse(planned.stdout);
  assert.deepEqual(new Set(instances.map(({ status }: { status: string }) => status)), new Set(["cached"]));
  const again = await callProgram(["run", now.file, ...now.places, "--frames", "2", "--offline", "--json"]);
  assert.equal(again.code, 0, again.stderr);
  assert(!parseEvents(again.stdout).some(({ type }) => type === "instance.started"));

  const resumed = await callProgram(["run", now.file, ...now.places, "--offline", "--json"]);
  assert.equal(resumed.code, 0, resumed.stderr);
  const events = parseEvents(resumed.stdout);
  assert(events.some((event) => event.type === "frame.resumed" && event.frame === 2));
  const frames = events.flatMap((event) => event.type === "frame.finished" ? [event.frame] : []);
  assert.deepEqual(frames, [2, 3]);
}

Deno.test("at other mount points nothing is computed again, and what was begun goes on", async () => {
  await moves(weights === undefined ? workflow : withWeights, weights);
});
