import assert from "node:assert/strict";
import { join } from "node:path";
import { arrayName, type BatchJob, batchScript } from "../../lib/slurm/batch_script.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const job: BatchJob = {
  name: "sweep:metamer:01X:0",
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
    "#SBATCH --job-name=sweep:metamer:01X:0",
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
  assert.equal(
    arrayName("a\n#SBATCH --wrap='b' $(c)", "d_1-e.f", "01X:2"),
    "a__SBATCH_--wrap__b____c_:d_1-e.f:01X:2",
  );
});

/** Runs a script whose program is a shell's, beside a scontrol that writes down what it is told. */
async function runScript(
  program: string,
  { signal, cancelled = [], restarts = 0 }: {
    readonly signal?: Deno.Signal;
    readonly cancelled?: readonly string[];
    readonly restarts?: number;
  } = {},
) {
  await using folder = await temporaryFolder();
  const [scontrol, told] = [join(folder.path, "scontrol"), join(folder.path, "told")];
  await Deno.writeTextFile(scontrol, `#!/bin/sh\necho "$@" > '${told}'\nexit 1\n`, { mode: 0o755 });
  // Slurm starts a script in the folder of its submission.
  const submission = await Deno.makeTempDir({ dir: folder.path });
  await Deno.writeTextFile(join(submission, "cancelled"), cancelled.map((task) => `${task}\n`).join(""));
  const script = batchScript({
    ...job,
    folder: folder.path,
    program: ["bash", "-c", program, "--task="],
    options: [],
  });
  const child = new Deno.Command("bash", {
    args: ["-c", script],
    cwd: submission,
    env: {
      PATH: `${folder.path}:${Deno.env.get("PATH")}`,
      SLURM_ARRAY_JOB_ID: "12",
      SLURM_ARRAY_TASK_ID: "3",
      SLURM_RESTART_COUNT: String(restarts),
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
  const { code, printed, requeued } = await runScript(saving, { signal: "SIGUSR1" });
  assert.equal(requeued, "requeue 12_3");
  assert.match(printed, /^ready\nsaving\nSaved; queued again to go on\.\n/);
  assert.equal(code, 75);
});

Deno.test("a program that dies of SIGUSR1 before it listens is queued again, too", async () => {
  assert.equal((await runScript("kill -USR1 $$")).requeued, "requeue 12_3");
});

Deno.test("a program that never comes to listen in the time of its job is not queued again for ever", async () => {
  const { code, printed, requeued } = await runScript("kill -USR1 $$", { restarts: 3 });
  assert.deepEqual([code, requeued], [138, ""]);
  assert.match(printed, /The time of the job was over four times before it had begun: /);
});

Deno.test("a task that is cancelled while it saves is not queued again", async () => {
  assert.equal((await runScript("exit 75", { cancelled: ["12_30", "112_3"] })).requeued, "requeue 12_3");
  const { code, printed, requeued } = await runScript("exit 75", { cancelled: ["12_2", "12_3"] });
  assert.deepEqual([code, printed, requeued], [75, "Cancelled.\n", ""]);
});

Deno.test("SIGTERM reaches the program, and a cancelled task is not queued again", async () => {
  const saving = `trap 'echo saving; exit 143' TERM; echo ready; while :; do sleep 0.05; done`;
  const { code, printed, requeued } = await runScript(saving, { signal: "SIGTERM" });
  assert.deepEqual([code, printed, requeued], [143, "ready\nsaving\n", ""]);
});
