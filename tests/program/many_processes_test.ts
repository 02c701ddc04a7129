/** Several `run`s on one store, as in the jobs of an array. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readEvents } from "../../lib/store/event_log.ts";
import { readInstanceIndex } from "../../lib/store/instance_index.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { bench, callProgram } from "./bench.ts";
import { interrupt, parseEvents, runProgram, start, tinyWorkflow } from "./program.ts";

/** Six renders of one clip. */
const sweep = tinyWorkflow
  .replace("kind: synthesis", "kind: synthesis\n    matrix: { seed: [1, 2, 3, 4, 5, 6] }\n    seed: $seed")
  .replace("iterations: 20", "iterations: 5")
  .replace("padding: 1\n    frames: 4", "padding: 0\n    frames: 2");

Deno.test("jobs of an array make their shards at the same time, each instance once, and say what is left to others", async () => {
  await using place = await bench();
  const file = await place.write("sweep.yaml", sweep);
  const job = (shard: string) => ["run", file, "--out", place.runs, "--shard", shard];
  const first = await callProgram(job("3/3"));
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^Shard 3\/3 makes 3 of the 7 instances\.\n/);
  assert.match(
    first.stdout,
    /Shard 3\/3 is done\. The run is not complete; left to other shards:\n( {2}tiny\[seed=[1245]\]\n){4}$/,
  );
  const others = await Promise.all([job("1/3"), job("2/3")].map((args) => runProgram(args)));
  for (const { code, stderr } of others) assert.equal(code, 0, stderr);
  assert(others.some(({ stdout }) => /so are the others: the run is complete\.\n$/.test(stdout)));

  const index = await readInstanceIndex(join(place.runs, "sweep", "instances.json"));
  const names = Object.keys(index?.instances ?? {});
  assert.equal(names.length, 7);
  for (const [name, { key }] of Object.entries(index?.instances ?? {})) {
    const events = await readEvents(join(place.runs, "store", key, "events.jsonl"));
    assert.equal(events.filter(({ type }) => type === "instance.started").length, 1, name);
    assert.equal(events.filter(({ type }) => type === "instance.finished").length, 1, name);
  }
  assert.ok((await Deno.stat(join(place.runs, "sweep", "contact_sheet.png"))).size > 0);
  const whole = await place.events(file);
  assert(!whole.some(({ type }) => type === "instance.started" || type === "contact_sheet.made"));
});

Deno.test("a shard that there cannot be is refused with what would be right", async () => {
  await using place = await bench();
  const file = await place.write("sweep.yaml", sweep);
  const problems = [
    ["0/3", "shards are counted from 1: the first is 1/3"],
    ["4/3", "the last of 3 shards is 3/3"],
    ["x", "it must be the number of a shard and how many there are, such as 2/3"],
  ] as const;
  await Promise.all(problems.map(async ([shard, problem]) => {
    const { code, stderr } = await callProgram(["run", file, "--out", place.runs, "--shard", shard]);
    assert.deepEqual([code, stderr], [2, `--shard ${shard}: error: ${problem}\n`]);
  }));
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);
});

Deno.test("of two runs on one instance the second says who holds it and waits, or with --no-wait ends", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 4000"));
  const command = ["run", file, "--out", place.runs];
  const holder = start([...command, "--json"]);
  const begun = Promise.withResolvers<void>();
  let isEnough = false;
  const holding = interrupt(holder, "SIGTERM", (printed) => {
    if (printed.includes('"type":"iteration"')) begun.resolve();
    return isEnough;
  });
  await begun.promise;
  const refused = await callProgram([...command, "--no-wait"]);
  const waited = await interrupt(start(command), "SIGINT", (printed) => printed.includes("; waiting\n"));
  isEnough = true;
  assert.equal((await holding).code, 143);

  const held = `tiny is held (by \\S+ )?on \\S+ \\(process ${holder.pid}, since [^)]+\\): run .*--json`;
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, new RegExp(`^error: ${held}\n$`));
  assert.equal(waited.code, 130);
  assert.match(waited.printed, new RegExp(`\n${held}; waiting\n`));
});

Deno.test("--workers divides the threads, Ctrl-C saves all that is at work, and run.workers says the same", async () => {
  await using place = await bench();
  const longer = sweep.replace("iterations: 5", "iterations: 400");
  const file = await place.write("sweep.yaml", longer);
  const command = ["run", file, "--out", place.runs, "--json", "--workers", "2", "--threads", "5"];
  const atWork = (printed: string) =>
    new Set(printed.matchAll(/"type":"iteration".*?"instance":"([^"]+)"/g).map(([, name]) => name));
  const stopped = await interrupt(start(command), "SIGINT", (printed) => atWork(printed).size === 2);
  assert.equal(stopped.code, 130);
  const saved = parseEvents(stopped.printed).filter(({ type }) => type === "checkpoint.saved");
  assert.deepEqual(new Set(saved.map(({ instance }) => instance)), atWork(stopped.printed));
  const threads = (events: readonly RunEvent[]) =>
    new Set(events.flatMap((event) => event.type === "engine.opened" ? [event.engine.threads] : []));
  assert.deepEqual(threads(parseEvents(stopped.printed)), new Set([2]));

  const set = ["run.workers=3", "run.threads=2"].flatMap((setting) => ["--set", setting]);
  const three = sweep.replace("[1, 2, 3, 4, 5, 6]", "[1, 2, 3]");
  const short = await place.events(await place.write("short.yaml", three), "--frames", "1", ...set);
  assert.deepEqual(threads(short), new Set([1]));
  assert.equal(short.filter(({ type }) => type === "instance.finished").length, 3);
});
