/** Exported Snakefiles, run by Snakemake. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clip } from "../program/program.ts";
import { eventsOf, keysOf, madeBy } from "../slurm/on_slurm.ts";
import { startSlurm } from "../slurm/slurm.ts";
import { whyNoSlurm } from "../slurm/slurm_installed.ts";
import { type Lab, lab, requireLocalResults, sweep } from "./lab.ts";
import { schedulerTest } from "./scheduler_test_case.ts";

/** A clip from a file, and what is made of it. */
const small = (file: string) =>
  `metamer: 1
videos:
  natural: { file: ${JSON.stringify(file)} }
stages:
  backwards: { kind: reverse, video: natural }
  shuffled: { kind: frame_shuffle, matrix: { seed: [1, 2] }, video: natural, seed: $seed }
  features: { kind: features, videos: [natural, backwards] }
`;

async function snakemake(place: Lab, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await place.call(["snakemake", "--cores", "2", ...options]);
  assert.equal(code, 0, stdout + stderr);
  return stdout + stderr;
}

/** The jobs that Snakemake would run, as it lists them. */
async function jobsToRun(place: Lab): Promise<readonly string[]> {
  const told = await snakemake(place, "--dry-run");
  const wildcards = told.matchAll(/^rule \w+:\n(?: {4}.*\n)*? {4}wildcards: instance=(\S+)/gm);
  return [...wildcards].map(([, instance = ""]) => instance).sort();
}

schedulerTest(
  "Snakemake makes a sweep as a local run makes it, each once; a second call does nothing",
  async (programs) => {
    await using place = await lab(programs);
    await place.write("sweep.yaml", sweep);
    const told = await place.metamer("export", "sweep.yaml", "--as", "snakemake");
    assert.equal(told, "Snakefile: 8 jobs; run them with\n  snakemake --cores all\n");
    await snakemake(place);
    assert.match(await snakemake(place), /Nothing to be done/);
    await requireLocalResults(place, "sweep");
    assert.match(
      await Deno.readTextFile(join(place.folder, "runs/sweep/snakemake/overview.log")),
      /All of it is there already\.\n[^]*Targets and results side by side:\n[^]*The report, for a browser:\n/,
    );
    assert.match((await place.call(["snakemake", "--dag"])).stdout, /^digraph snakemake_dag \{/);
    const { stdout, stderr } = await place.call(["snakemake", "--lint"]);
    const lints = new Set([...(stdout + stderr).matchAll(/^ +\* (.*):$/gm)].map(([, lint]) => lint));
    // Metamer's own software is fetched in the versions that deno.lock names.
    assert.deepEqual([...lints], ["Specify a conda environment or container for each rule."]);
  },
);

schedulerTest(
  "a clip that changes, and a workflow that is edited and exported again, are made again with what reads them alone",
  async (programs) => {
    await using place = await lab(programs);
    await place.write("natural.y4m", clip(6));
    await place.write("a.yaml", small("natural.y4m"));
    await place.metamer("export", "a.yaml", "--as", "snakemake");
    await snakemake(place);
    assert.deepEqual(await jobsToRun(place), []);

    await place.write("a.yaml", small("natural.y4m").replace("seed: [1, 2]", "seed: [1, 3]"));
    const refused = await place.call(["snakemake", "--cores", "1"]);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /a\.yaml\n *not as when this Snakefile was written; write it again:\n.* export a\.yaml --as snakemake --force\n/,
    );
    await place.metamer("export", "a.yaml", "--as", "snakemake", "--force");
    assert.deepEqual(await jobsToRun(place), ["shuffled-3"]);
    await snakemake(place);

    await place.write("natural.y4m", clip(7));
    assert.deepEqual(await jobsToRun(place), ["backwards", "features", "shuffled-1", "shuffled-3"]);
    await snakemake(place);
    await place.metamer("clean", "--out", "runs", "--yes");
    assert.deepEqual(await jobsToRun(place), []);
  },
);

schedulerTest(
  "what more frames are wanted of, and what was removed from the store, is made by jobs of its own",
  async (programs) => {
    await using place = await lab(programs);
    const short = sweep.replace("[1, 2, 3]", "[1, 2]").replace(", more: 6", "").replace(
      "frames: 2 }",
      "frames: 3 }",
    );
    await place.write("sweep.yaml", short);
    await place.metamer("export", "sweep.yaml", "tiny", "--as", "snakemake");
    await snakemake(place);
    assert.deepEqual(await jobsToRun(place), []);

    await place.write("sweep.yaml", short.replace(/frames: 2$/m, "frames: 3"));
    await place.metamer("export", "sweep.yaml", "tiny", "--as", "snakemake", "--force");
    assert.deepEqual(await jobsToRun(place), ["tiny-1-few", "tiny-2-few"]);
    await snakemake(place);
    assert.deepEqual(await jobsToRun(place), []);

    const runs = join(place.folder, "runs");
    const key = (await keysOf(runs, "sweep")).get("tiny[seed=2,iterations=few]") ?? "";
    await Deno.remove(join(runs, "store", key), { recursive: true });
    assert.deepEqual(await jobsToRun(place), ["tiny-2-few"]);
    await snakemake(place);
    assert.deepEqual(await jobsToRun(place), []);
  },
);

schedulerTest(
  "a render that is stopped with Snakemake by Ctrl-C, then killed, goes on from its checkpoints to the same bytes",
  async (programs) => {
    await using place = await lab(programs);
    const long = sweep.replace("[1, 2, 3]", "[1]").replace("few: 4, more: 6", "many: 300")
      .replace("threads: 1", "threads: 1, checkpoint_every: 0.01");
    await place.write("long.yaml", long);
    await place.metamer("export", "long.yaml", "--as", "snakemake");
    const runs = join(place.folder, "runs");
    const name = "tiny[seed=1,iterations=many]";
    const saved = async () => {
      const key = (await keysOf(runs, "long").catch(() => new Map<string, string>())).get(name);
      const events = key === undefined ? [] : await eventsOf(runs, key);
      return events.filter(({ type }) => type === "checkpoint.saved").length;
    };
    for (const signal of ["INT", "KILL"] as const) {
      const before = await saved();
      const process = place.start(["setsid", "snakemake", "--cores", "2"]);
      const output = Promise.all([new Response(process.stdout).text(), new Response(process.stderr).text()]);
      while (await saved() < before + 2) await new Promise((resolve) => setTimeout(resolve, 50));
      // All that Snakemake has started, as a terminal does it.
      await place.call(["kill", `-${signal}`, "--", `-${process.pid}`]);
      await process.status;
      await output;
      assert.ok(!existsSync(join(runs, "long/snakemake/synthesis/tiny-1-many.finished")));
    }
    await snakemake(place, "--unlock");
    await snakemake(place, "--rerun-incomplete");
    const keys = await keysOf(runs, "long");
    const events = await eventsOf(runs, keys.get(name) ?? "");
    const resumed = events.flatMap((event) => event.type === "frame.resumed" ? [event.iteration] : []);
    assert.equal(resumed.length, 2);
    assert.ok(resumed.every((iteration) => iteration > 0));
    await place.metamer("run", "long.yaml", "--out", "local");
    for (const key of keys.values()) {
      if (!key.startsWith("report")) {
        assert.deepEqual(await madeBy(runs, key), await madeBy(join(place.folder, "local"), key), key);
      }
    }
  },
);

schedulerTest("hostile names of files and folders cannot leave their quoting", async (programs) => {
  await using place = await lab(programs);
  const hostile = `it's "a" $(touch pwned) \`touch pwned\` ; touch pwned; \\`;
  await place.write(`${hostile}.y4m`, clip(6));
  const workflow = `${hostile} {wildcards.instance} {x}\ntouch pwned\n.yaml`;
  await place.write(workflow, small(`${hostile}.y4m`));
  const options = ["--name", "it's $(touch pwned) `touch pwned`", "--out", hostile];
  await place.metamer("export", workflow, "--as", "snakemake", ...options);
  await snakemake(place);
  assert.match(await snakemake(place), /Nothing to be done/);
  assert.ok(
    existsSync(join(place.folder, hostile, "it's $(touch pwned) `touch pwned`/stages/features/table.csv")),
  );
  assert.ok(!existsSync(join(place.folder, "pwned")));
});

schedulerTest(
  "on a cluster Snakemake makes the same by jobs of Slurm, each once; a second call does nothing",
  async (programs) => {
    await using slurm = await startSlurm();
    await using place = await lab(programs);
    await place.write("sweep.yaml", sweep);
    await place.metamer("export", "sweep.yaml", "--as", "snakemake");
    // Snakemake's jobs do not hand SLURM_CONF on to srun, which looks in /etc then.
    const srun = `#!/bin/sh\nSLURM_CONF='${slurm.environment["SLURM_CONF"]}' exec /usr/bin/srun "$@"\n`;
    await Deno.writeTextFile(join(place.folder, "../bin/srun"), srun, { mode: 0o755 });
    const seconds = [
      "--slurm-init-seconds-before-status-checks",
      "1",
      "--seconds-between-status-checks",
      "1",
    ];
    const command = [
      "snakemake",
      "--executor",
      "slurm",
      "--jobs",
      "8",
      "--slurm-status-command",
      "squeue",
      ...seconds,
    ];
    const first = await place.call(command, slurm.environment);
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.match(first.stderr, /has been submitted with SLURM jobid/);
    const second = await place.call(command, slurm.environment);
    assert.match(second.stdout + second.stderr, /Nothing to be done/);
    await requireLocalResults(place, "sweep");
  },
  await whyNoSlurm(),
);
