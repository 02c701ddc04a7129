/** A sweep that is made by jobs of a real Slurm. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readEvents } from "../../lib/store/event_log.ts";
import { workflowPaths } from "../../lib/store/layout.ts";
import { bench } from "../program/bench.ts";
import { runProgram } from "../program/program.ts";
import { askSlurm, count, eventsOf, keysOf, madeBy } from "./on_slurm.ts";
import { startSlurm } from "./slurm.ts";
import { slurmTest } from "./slurm_test_case.ts";
import { sweep } from "./sweep_workflow.ts";

slurmTest(
  "a sweep, its analysis and its report made by jobs are those of a local run, each made once, and none submitted again",
  async () => {
    await using place = await bench();
    // Ends before the folder goes that its last job may still be writing into.
    await using slurm = await startSlurm();
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
