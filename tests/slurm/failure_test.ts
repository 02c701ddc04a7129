/** A sweep of which one instance fails. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bench } from "../program/bench.ts";
import { runProgram } from "../program/program.ts";
import { count, eventsOf } from "./on_slurm.ts";
import { startSlurm } from "./slurm.ts";
import { slurmTest } from "./slurm_test_case.ts";
import { sweep } from "./sweep_workflow.ts";

slurmTest(
  "an instance that fails leaves the others; what needs it says why it was not run, and is all that is submitted again",
  async () => {
    await using place = await bench();
    // Ends before the folder goes that its last job may still be writing into.
    await using slurm = await startSlurm();
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
