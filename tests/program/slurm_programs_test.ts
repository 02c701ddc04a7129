/** Submissions to programs that stand for Slurm's, and answer as a busy cluster does. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { existsSync } from "node:fs";
import { bench } from "./bench.ts";
import { runProgram, start, tinyWorkflow } from "./program.ts";

const workflow = `${tinyWorkflow}  measured: { kind: features, videos: [clip, tiny] }
  compared: { kind: features, videos: [tiny] }
run:
  slurm: { partition: gpu, time: 2h }
`;

/** `sbatch` writes down each call, and fails or waits for the array whose script this names. */
const sbatch = `#!/bin/sh
case "$*" in *--version*) exit 0;; esac
calls=$(cat "$SLURM_FOLDER/calls" 2>/dev/null | wc -l)
echo "$*" >> "$SLURM_FOLDER/calls"
case "$*" in
  *"$LATE"*) echo "sbatch: error: Batch job submission failed: Socket timed out" >&2; exit 1;;
  *"$SLOW"*) touch "$SLURM_FOLDER/slow"; sleep 1;;
esac
echo "$((100 + calls))"
`;

/** Of all arrays whose number is asked for, or that sbatch was called for, squeue says that they wait. */
const squeue = `#!/bin/sh
number=100
while read -r call; do
  name=$(echo "$call" | sed 's/.*--job-name=\\([^ ]*\\).*/\\1/')
  echo "$number|0|PENDING|$name||Resources"
  number=$((number + 1))
done < "$SLURM_FOLDER/calls"
`;

const nothing = "/nothing/";

/** A cluster, and a way to call the program on it. */
async function cluster({ late = nothing, slow = nothing } = {}) {
  await using stack = new AsyncDisposableStack();
  const place = stack.use(await bench());
  for (
    const [name, text] of Object.entries({ sbatch, squeue, scontrol: "#!/bin/sh\n", scancel: "#!/bin/sh\n" })
  ) {
    await Deno.writeTextFile(join(place.folder, name), text, { mode: 0o755 });
  }
  const environment = {
    PATH: `${place.folder}:${Deno.env.get("PATH")}`,
    ...{ SLURM_FOLDER: place.folder, LATE: late, SLOW: slow },
  };
  const file = await place.write("sweep.yaml", workflow);
  const args = ["run", file, "--out", place.runs, "--executor", "slurm", "--no-wait"];
  const owned = stack.move();
  return {
    place,
    args,
    run: (more = {}) => runProgram(args, { ...environment, ...more }),
    start: () => start(args, environment),
    calls: async () => (await Deno.readTextFile(join(place.folder, "calls"))).trim().split("\n"),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const posix = { ignore: Deno.build.os === "windows" };

Deno.test(
  "what Slurm has taken is not submitted again, although its answer came too late",
  posix,
  async () => {
    await using slurm = await cluster({ late: "1_measured" });
    const first = await slurm.run();
    assert.equal(first.code, 1);
    assert.equal(
      first.stderr,
      "error: measured was not submitted: sbatch: Batch job submission failed: Socket timed out\n" +
        "submitted before that, and left in the queue: tiny (job 100)\n",
    );
    const second = await slurm.run({ LATE: nothing });
    assert.equal(second.code, 0, second.stderr);
    assert.match(
      second.stdout,
      /\nNot submitted again, for Slurm has them: 2\.\nSubmitted to Slurm: 1 instance\.[^\n]*\n {2}compared: 1 instance, job 102\n/,
    );
    const calls = await slurm.calls();
    assert.equal(calls.length, 3);
    // What the environment wishes (SBATCH_PARTITION) would go before what a script says, but not before this.
    assert.match(calls[0] ?? "", / --partition=gpu --time=2:00:00 /);
    assert.match(calls[2] ?? "", / --dependency=afterok:100_0 /);
  },
);

Deno.test(
  "Ctrl-C while jobs are submitted ends that after the array at hand, and says which stages are left",
  posix,
  async () => {
    await using slurm = await cluster({ slow: "1_measured" });
    const child = slurm.start();
    while (!existsSync(join(slurm.place.folder, "slow"))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const { code, stdout } = await child.output();
    assert.equal(code, 130);
    assert.match(
      new TextDecoder().decode(stdout),
      /\nSubmitted to Slurm: 2 instances\.[^\n]*\n {2}tiny: 1 instance, job 100\n {2}measured: 1 instance, job 101\nNot submitted any more: compared\.\n/,
    );
  },
);
