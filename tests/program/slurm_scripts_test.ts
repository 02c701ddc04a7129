/** What needs no Slurm: scripts, options, and what is said where it is missing. Jobs run in tests/slurm. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bench, callProgram } from "./bench.ts";
import { runProgram, tinyWorkflow } from "./program.ts";

/** Where nothing is found. */
const withoutSlurm = { PATH: "/nowhere" };

const sweep = tinyWorkflow.replace(
  "kind: synthesis",
  "kind: synthesis\n    matrix: { seed: [1, 2, 3] }\n    seed: $seed",
) + `  measured: { kind: features, matrix: { seed: [1, 2, 3] }, videos: [clip, tiny] }
  compared: { kind: features, videos: [clip, tiny] }
run:
  slurm: { partition: gpu, time: 2h, cpus: 3, stages: { compared: { partition: short, extra: ["--constraint=a b"] } } }
`;

Deno.test("without Slurm a submission is refused with what to do, and nothing is written", async () => {
  await using place = await bench();
  const file = await place.write("sweep.yaml", sweep);
  const run = ["run", file, "--out", place.runs, "--executor", "slurm"];
  const { code, stderr } = await runProgram(run, withoutSlurm);
  assert.equal(code, 3);
  assert.match(
    stderr,
    /^error: there is no sbatch in PATH: stand on a machine of the cluster .* --script-only .*\n$/,
  );
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);
});

Deno.test("options that do not go together with where instances are made are refused", async () => {
  const problems = [
    [["--per-task", "2"], "--per-task: error: it is about jobs, as --executor slurm makes them\n"],
    [["--script-only"], "--script-only: error: it is about jobs, as --executor slurm makes them\n"],
    [
      ["--executor", "slurm", "--shard", "1/2"],
      "--shard: error: --executor slurm shares the work out itself\n",
    ],
    [
      ["--executor", "slurm", "--workers", "2"],
      "--workers: error: with --executor slurm each job makes one instance at a time, on the cores that it gets\n",
    ],
  ] as const;
  for (const [options, problem] of problems) {
    const { code, stderr } = await callProgram(["run", "sweep.yaml", ...options]);
    assert.deepEqual([code, stderr], [2, problem]);
  }
});

Deno.test("the engine of jobs is not looked for where they are submitted, and float16 that it would not compute is refused there", async () => {
  await using place = await bench();
  const file = await place.write("sweep.yaml", sweep);
  const run = ["run", file, "--out", place.runs, "--only", "tiny", "--executor", "slurm"];
  // A library that this machine lacks, or a provider that has no build for it.
  const elsewhere = await runProgram([...run, "--provider", "tensorrt", "--dry-run"], withoutSlurm);
  assert.equal(elsewhere.code, 0, elsewhere.stderr);
  for (const how of ["--script-only", "--dry-run"]) {
    const set = ["--set", "stages.tiny.precision=float16"];
    const { code, stderr } = await runProgram([...run, how, ...set], withoutSlurm);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^stages\.tiny\.precision: error: the provider cpu of onnxruntime /);
  }
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);
});

Deno.test("where jobs are told of another folder of results, that is where they write what they say", async () => {
  await using place = await bench();
  const told = sweep.replace("cpus: 3,", 'cpus: 3, extra: ["--export=ALL,METAMER_RUNS=/scratch/runs"],');
  const file = await place.write("sweep.yaml", told);
  const run = ["run", file, "--only", "tiny", "--executor", "slurm", "--script-only"];
  const submitScript = async (...more: readonly string[]) => {
    const written = await runProgram([...run, ...more], { ...withoutSlurm, METAMER_RUNS: place.runs });
    return await Deno.readTextFile(/ bash (\S+)\n$/.exec(written.stdout)?.[1] ?? written.stderr);
  };
  assert.match(
    await submitScript(),
    / --chdir=\/scratch\/runs\/sweep\/slurm\/\w+ --output=logs\/0_tiny_%a\.txt /,
  );
  assert.doesNotMatch(await submitScript("--out", place.runs), / --chdir=\/scratch/);
});

Deno.test("--script-only writes batch scripts and one that submits them in order; their tasks make what was submitted, or nothing", async () => {
  await using place = await bench();
  const file = await place.write("sweep.yaml", sweep);
  const options = ["--out", place.runs, "--frames", "2"];
  const written = await runProgram(
    ["run", file, ...options, "--executor", "slurm", "--script-only"],
    withoutSlurm,
  );
  assert.equal(written.code, 0, written.stderr);
  assert.match(
    written.stdout,
    /Written to be submitted: 7 instances\.\n[^]*Submit them with:\n {2}bash \S+submit\.sh\n$/,
  );
  const submissions = join(place.runs, "sweep", "slurm");
  const [id = ""] = await Array.fromAsync(Deno.readDir(submissions), ({ name }) => name);
  const read = (name: string) => Deno.readTextFile(join(submissions, id, name));

  const submit = (await read("submit.sh")).split("\n").filter((line) => line.includes("sbatch"));
  assert.deepEqual(submit.map((line) => line.replaceAll(join(submissions, id), "HERE")), [
    "job0=$(sbatch --parsable --chdir=HERE --output=logs/0_tiny_%a.txt HERE/0_tiny.sbatch)",
    'job1=$(sbatch --parsable --chdir=HERE --output=logs/1_measured_%a.txt "--dependency=aftercorr:${job0}" ' +
    "--kill-on-invalid-dep=yes HERE/1_measured.sbatch)",
    "job2=$(sbatch --parsable '--constraint=a b' --chdir=HERE --output=logs/2_compared_%a.txt " +
    '"--dependency=afterok:${job0}" --kill-on-invalid-dep=yes HERE/2_compared.sbatch)',
  ]);
  assert.match(
    await read("0_tiny.sbatch"),
    /\n#SBATCH --partition=gpu\n#SBATCH --time=2:00:00\n#SBATCH --cpus-per-task=3\n/,
  );
  assert.match(await read("0_tiny.sbatch"), / --threads=3 .* --frames 2 &\n/);
  assert.match(await read("2_compared.sbatch"), /\n#SBATCH --array=0\n[^]*\n#SBATCH --partition=short\n/);

  const task = (...more: readonly string[]) => callProgram(["run", file, ...options, ...more]);
  const changed = await task(`--slurm-task=${id}/0/1`, "--set", "stages.tiny.padding=0");
  assert.equal(changed.code, 1);
  assert.match(
    changed.stderr,
    /^error: tiny\[seed=2\]: the workflow, or what it reads, was changed after this was submitted/,
  );
  assert.equal((await task(`--slurm-task=${id}/0/3`)).code, 2);
  const made = await task(`--slurm-task=${id}/0/1`);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /\nDone: tiny\[seed=2\]\.\n$/);

  await Deno.writeTextFile(join(submissions, id, "0_tiny.job"), "12\n");
  const status = await runProgram(["status", file, ...options], withoutSlurm);
  assert.equal(status.code, 0);
  assert.match(status.stdout, /2 of 8 done[^]*\nits jobs are not known: there is no squeue in PATH/);
});
