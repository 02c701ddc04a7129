/** Jobs that Slurm interrupts. */
import assert from "node:assert/strict";
import { bench } from "../program/bench.ts";
import { interrupt, runProgram, start } from "../program/program.ts";
import { askSlurm, count, eventsOf, keysOf, madeBy, until } from "./on_slurm.ts";
import { startSlurm } from "./slurm.ts";
import { slurmTest } from "./slurm_test_case.ts";

/** One render that ends soon, and one that would take an hour. Slurm gives both a minute. */
const workflow = `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 8 }
stages:
${
  Object.entries({ short: 2000, long: 1_000_000 }).map(([name, iterations]) =>
    `  ${name}:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: ${iterations}, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 0
    frames: 1
`
  ).join("")
}run: { threads: 1, checkpoint_every: 0.1, slurm: { time: 1 } }
`;

slurmTest(
  "requeued and timed-out jobs go on from what they saved, Ctrl-C leaves them running, and cancel ends them",
  async () => {
    await using place = await bench();
    // Ends before the folder goes that its last job may still be writing into.
    await using slurm = await startSlurm();
    const file = await place.write("renders.yaml", workflow);
    const { runs } = place;
    const run = ["run", file, "--out", runs, "--executor", "slurm"];
    const whole = runProgram(["run", file, "--out", `${runs}/local`, "--only", "short"]);
    const submitting = await interrupt(
      start(run, slurm.environment),
      "SIGINT",
      (text) => text.includes("Ctrl-C leaves"),
    );
    assert.equal(submitting.code, 130);
    assert.match(
      submitting.printed,
      /\nThe jobs go on without this terminal\.[^]*task status [^]*task cancel /,
    );
    const keys = await keysOf(runs, "renders");
    const events = async (name: string) => await eventsOf(runs, keys.get(name) ?? "");

    await until("the short render is at work", async () => count(await events("short"), "iteration") > 5);
    const job = /short: 1 instance, job (\d+)/.exec(submitting.printed)?.[1];
    assert.equal(await askSlurm(slurm, "scontrol", "requeue", `${job}_0`), "");
    await until(
      "the short render is queued again",
      async () =>
        /PENDING/.test(await askSlurm(slurm, "squeue", "--noheader", "--format=%T", `--jobs=${job}`)),
    );
    const waiting = await runProgram(["status", file, "--out", runs], slurm.environment);
    assert.match(
      waiting.stdout,
      /\n(queued, to go on in a minute or two \(BeginTime\): |running: .*)short \(job \d+_0/,
    );
    const watching = start(run, slurm.environment);
    const printed = new Response(watching.stdout).text();

    await until(
      "the time of the long render is over and it has gone on",
      async () => count(await events("long"), "frame.resumed") > 0,
    );
    await until(
      "the short render is finished",
      async () => count(await events("short"), "instance.finished") > 0,
    );
    await whole;
    const local = await keysOf(`${runs}/local`, "renders");
    assert.equal(local.get("short"), keys.get("short"));
    assert.deepEqual(
      await madeBy(runs, keys.get("short") ?? ""),
      await madeBy(`${runs}/local`, keys.get("short") ?? ""),
    );
    for (const name of ["short", "long"]) requireNothingRepeated(name, await events(name));

    const cancelled = await runProgram(["cancel", file, "--out", runs], slurm.environment);
    assert.match(
      cancelled.stdout,
      /^Cancelled 1 job of renders: (1 running, 0 queued; those that ran save and end|0 running, 1 queued\.)/,
    );
    assert.match(
      await printed,
      /Not submitted again, for Slurm has them: 2\.\n[^]*\nshort: finished \(1 of 2\)\n/,
    );
    assert.equal((await watching.status).code, 1);
    assert.match(await new Response(watching.stderr).text(), /^error: cancelled: long \(job \d+_0\)\n$/);
    const status = await runProgram(["status", file, "--out", runs], slurm.environment);
    assert.match(status.stdout, /\nlong +0 of 1 +cancelled/);
    // More than twice where a slow machine's time was over for it, too.
    assert(count(await events("short"), "instance.started") >= 2);
  },
);

/** Throws an AssertionError when an iteration was made again from before what was saved, or nothing was saved. */
function requireNothingRepeated(name: string, events: Awaited<ReturnType<typeof eventsOf>>): void {
  let saved = 0;
  let resumed = 0;
  for (const event of events) {
    if (event.type === "checkpoint.saved") saved = event.iteration ?? saved;
    if (event.type === "iteration") {
      assert(event.iteration > saved || resumed === 0, `${name} made ${event.iteration} again`);
    }
    if (event.type !== "frame.resumed") continue;
    assert.equal(event.iteration, saved, name);
    resumed = event.iteration;
  }
  assert(resumed > 0, `${name} went on`);
}
