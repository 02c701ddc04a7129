/** Sweeps that are made by jobs of a real Slurm. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readEvents } from "../../lib/store/event_log.ts";
import { workflowPaths } from "../../lib/store/layout.ts";
import { bench, runProgram } from "../program/program.ts";
import { askSlurm, count, eventsOf, keysOf, madeBy } from "./on_slurm.ts";
import { startSlurm } from "./slurm.ts";
import { slurmTest } from "./slurm_test_case.ts";

function sweep(seeds: readonly number[], more = ""): string {
  return `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 8 }
stages:
  tiny:
    kind: synthesis
    matrix: { seed: [${seeds.join(", ")}] }
    seed: $seed
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 0
    frames: 2
${more}  features: { kind: features, videos: [clip, tiny] }
  report: { kind: report, of: [features] }
run: { threads: 1, slurm: { time: 10m } }
`;
}

slurmTest(
  "a sweep, its analysis and its report made by jobs are those of a local run, each made once, and none submitted again",
  async () => {
    await using slurm = await startSlurm();
    await using place = await bench();
    const file = await place.write("sweep.yaml", sweep([1, 2, 3, 4, 5, 6]));
    const [local, remote] = [join(place.folder, "local"), place.runs];
    const [here, there] = await Promise.all([
      runProgram(["run", file, "--out", local]),
      runProgram(["run", file, "--out", remote, "--executor", "slurm"], slurm.environment),
    ]);
    assert.equal(here.code, 0, here.stderr);
    assert.equal(there.code, 0, there.stdout + there.stderr);
    assert.match(
      there.stdout,
      /Submitted to Slurm: 8 instances\.[^]*\n {2}tiny: 6 instances, job 1\n {2}features: 1 instance, job/,
    );
    assert.match(
      there.stdout,
      /\(8 of 8\)\n[^]*Targets and results side by side:\n[^]*The report, for a browser:\n/,
    );

    const keys = await keysOf(remote, "sweep");
    assert.equal(keys.size, 9);
    assert.deepEqual(keys, await keysOf(local, "sweep"));
    for (const [name, key] of keys) {
      const events = await eventsOf(remote, key);
      assert.equal(count(events, "instance.started"), 1, name);
      assert.equal(count(events, "instance.finished"), 1, name);
      // A report tells when it was made.
      if (name !== "report") assert.deepEqual(await madeBy(remote, key), await madeBy(local, key), name);
    }
    const all = await readEvents(workflowPaths(remote, "sweep").events);
    const byJobs = new Set(all.flatMap((event) => {
      const isJob = event.type === "run.started" &&
        event.command.some((word) => word.startsWith("--slurm-task="));
      return isJob ? [event.run] : [];
    }));
    const working = all.filter(({ type }) => type === "instance.started" || type === "engine.opened");
    assert(working.length > 8 && working.every(({ run }) => byJobs.has(run)));

    const again = await runProgram(["run", file, "--out", remote, "--executor", "slurm"], slurm.environment);
    assert.equal(again.code, 0, again.stderr);
    assert.doesNotMatch(again.stdout, /Submitted/);
    assert.match(
      await askSlurm(slurm, "scontrol", "show", "job", "1_0"),
      /JobName=sweep:tiny:[^]*JobState=COMPLETED/,
    );
  },
);

slurmTest(
  "an instance that fails leaves the others; what needs it says why it was not run, and is all that is submitted again",
  async () => {
    await using slurm = await startSlurm();
    await using place = await bench();
    const each = "  each: { kind: reverse, matrix: { seed: [1, 2] }, video: tiny }\n";
    const file = await place.write("sweep.yaml", sweep([1, 2], each));
    const command = [
      "run",
      file,
      "--out",
      place.runs,
      "--only",
      "each",
      "--only",
      "features",
      "--executor",
      "slurm",
    ];
    const planned = await runProgram(["plan", file, "--out", place.runs, "--json"]);
    const keys = new Map(
      JSON.parse(planned.stdout).instances.map(({ name, key }: { name: string; key: string }) => [name, key]),
    );
    // A file where the frames' folder is to be.
    const obstacle = join(place.runs, "store", String(keys.get("tiny[seed=2]")), "frames");
    await Deno.mkdir(join(obstacle, ".."), { recursive: true });
    await Deno.writeTextFile(obstacle, "");

    const { code, stdout, stderr } = await runProgram(command, slurm.environment);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /each\[seed=1\]: finished/);
    assert.match(stdout, /\ntiny\[seed=2\]: failed: cannot write /);
    const told =
      /failed: tiny\[seed=2\] \(job 1_1\): cannot write [^]*\n {2}.*0_tiny_1\.txt\n( {4}.*\n)+not run, for want of tiny\[seed=2\]: each\[seed=2\], features\n/;
    assert.match(stderr, new RegExp(`^error: ${told.source}$`));
    const status = await runProgram(["status", file, "--out", place.runs], slurm.environment);
    assert.match(status.stdout, /\ntiny\[seed=2\] .* failed[^]*\neach\[seed=2\] .* not run/);
    assert.match(status.stdout, told);

    await Deno.remove(obstacle);
    const again = await runProgram(command, slurm.environment);
    assert.equal(again.code, 0, again.stderr);
    assert.match(
      again.stdout,
      /Submitted to Slurm: 3 instances\.[^]*\n {2}tiny: 1 instance, job \d+\n {2}each: 1 instance/,
    );
    for (const name of ["tiny[seed=1]", "each[seed=1]"]) {
      const events = await eventsOf(place.runs, String(keys.get(name)));
      assert.equal(count(events, "instance.started"), 1, name);
    }
  },
);
