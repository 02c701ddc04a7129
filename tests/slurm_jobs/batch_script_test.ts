import assert from "node:assert/strict";
import { join } from "node:path";
import { type BatchJob, batchScript, plainName } from "../../lib/slurm/batch_script.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const job: BatchJob = {
  workflow: "sweep",
  stage: "metamer",
  indices: [0, 1, 2, 5],
  resources: { partition: "gpu", account: "vision", time: "12h", gpus: "a100:1", cpus: 4, memory: "8gb" },
  program: ["deno", "run", "main.ts", "run", "--slurm-task=01X/0/"],
  options: ["sweep.yaml"],
  folder: "/opt/metamer",
  environment: { INIT_CWD: "/home/ada/my clips" },
};

Deno.test("the head of a batch script asks for what the workflow says", () => {
  assert.deepEqual(batchScript(job).split("\n").slice(0, 12), [
    "#!/bin/bash",
    "#SBATCH --job-name=sweep:metamer",
    "#SBATCH --array=0-2,5",
    "#SBATCH --signal=B:USR1@120",
    "#SBATCH --requeue",
    "#SBATCH --open-mode=append",
    "#SBATCH --partition=gpu",
    "#SBATCH --account=vision",
    "#SBATCH --time=12:00:00",
    "#SBATCH --gpus=a100:1",
    "#SBATCH --cpus-per-task=4",
    "#SBATCH --mem=8G",
  ]);
});

Deno.test("nothing of a name reaches a line of the script", () => {
  assert.equal(plainName("a\n#SBATCH --wrap='b' $(c):d_1-e.f"), "a__SBATCH_--wrap__b____c_:d_1-e.f");
});

/** Runs a script whose program is a shell's, beside a scontrol that writes down what it is told. */
async function runScript(program: string, signal?: Deno.Signal) {
  await using folder = await temporaryFolder();
  const [scontrol, told] = [join(folder.path, "scontrol"), join(folder.path, "told")];
  await Deno.writeTextFile(scontrol, `#!/bin/sh\necho "$@" > '${told}'\nexit 1\n`, { mode: 0o755 });
  const script = batchScript({
    ...job,
    folder: folder.path,
    program: ["bash", "-c", program, "--task="],
    options: [],
  });
  const child = new Deno.Command("bash", {
    args: ["-c", script],
    env: {
      PATH: `${folder.path}:${Deno.env.get("PATH")}`,
      SLURM_ARRAY_JOB_ID: "12",
      SLURM_ARRAY_TASK_ID: "3",
    },
    stdout: "piped",
  }).spawn();
  let printed = "";
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    printed += piece;
    if (signal !== undefined && piece.includes("ready")) child.kill(signal);
  }
  const { code } = await child.status;
  const requeued = await Deno.readTextFile(told).catch(() => "");
  return { code, printed, requeued: requeued.trim() };
}

Deno.test("a batch script hands its task's index to the program and ends with its code", async () => {
  assert.deepEqual(await runScript('echo "$0"; exit 3'), { code: 3, printed: "--task=3\n", requeued: "" });
});

Deno.test("SIGUSR1 reaches the program, which saves and ends with 75; then the task is queued again", async () => {
  const saving = `trap 'sleep 0.2; echo saving; exit 75' USR1; echo ready; while :; do sleep 0.05; done`;
  const { code, printed, requeued } = await runScript(saving, "SIGUSR1");
  assert.equal(requeued, "requeue 12_3");
  assert.match(printed, /^ready\nsaving\nSaved; queued again to go on\.\n/);
  assert.equal(code, 75);
});

Deno.test("a program that dies of SIGUSR1 before it listens is queued again, too", async () => {
  assert.equal((await runScript("kill -USR1 $$")).requeued, "requeue 12_3");
});

Deno.test("SIGTERM reaches the program, and a cancelled task is not queued again", async () => {
  const saving = `trap 'echo saving; exit 143' TERM; echo ready; while :; do sleep 0.05; done`;
  const { code, printed, requeued } = await runScript(saving, "SIGTERM");
  assert.deepEqual([code, printed, requeued], [143, "ready\nsaving\n", ""]);
});
