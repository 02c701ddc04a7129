/** What docs/clusters.md tells users to type, and the container that it speaks of. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "../temporary_folder.ts";
import { project, runProgram } from "./program.ts";

const readme = await Deno.readTextFile(join(project, "README.md"));
const page = await Deno.readTextFile(join(project, "docs", "clusters.md"));
const container = await Deno.readTextFile(join(project, "containers", "metamer.def"));

/** With which code a command ends where there is no Slurm. */
const trials: Readonly<Record<string, number>> = {
  "run workflows/seeds.yaml --executor slurm": 3,
  "run workflows/seeds.yaml --executor slurm --script-only": 0,
  "status workflows/seeds.yaml": 0,
  "cancel workflows/seeds.yaml": 0,
};

const prefix = "    npx -y deno@2.9.6 task ";
const commands = page.split("\n").filter((line) => line.startsWith(prefix)).map((line) =>
  line.slice(prefix.length)
);

Deno.test("every command of the page about clusters is tried here, or is one of the README's", () => {
  const ours = commands.filter((command) => !readme.includes(`\n${prefix}${command}\n`));
  assert.deepEqual(ours.toSorted(), Object.keys(trials).toSorted());
});

for (const [command, code] of Object.entries(trials)) {
  Deno.test(`clusters: ${command}`, async () => {
    await using folder = await temporaryFolder();
    const args = [...command.split(" "), "--out", join(folder.path, "runs")];
    // No cluster is asked.
    const ended = await runProgram(args, { PATH: "" });
    assert.equal(ended.code, code, `${ended.stdout}\n${ended.stderr}`);
  });
}

Deno.test("jobs in the page's batch scripts have options that there are", async () => {
  await using folder = await temporaryFolder();
  const jobs = page.split("\n").flatMap((line) =>
    /^srun .*?(?:task|metamer\.sif) (run .*)$/.exec(line)?.[1] ?? []
  );
  assert.equal(jobs.length, 2);
  for (const job of jobs) {
    // One more than the array has: it is refused when all options are understood, and before anything is made.
    const text = job.replace("$SLURM_ARRAY_TASK_ID", "9").replace("sweep.yaml", "workflows/seeds.yaml");
    const ended = await runProgram([...text.split(" "), "--out", join(folder.path, "runs")]);
    assert.deepEqual([ended.code, ended.stderr], [2, "--shard 9/8: error: the last of 8 shards is 8/8\n"]);
  }
});

Deno.test("the container has the Deno of the README, and copies files that are there", async () => {
  const version = /deno@([0-9.]+)/.exec(readme)?.[1];
  assert.match(
    container,
    new RegExp(`^ {4}npm install --global deno@${version?.replaceAll(".", "\\.")}$`, "m"),
  );
  const copied = [...container.matchAll(/^ {4}(\S+) \/opt\/metamer\//gm)].map(([, name = ""]) => name);
  assert(copied.includes("deno.lock") && copied.includes("lib"));
  for (const name of copied) await Deno.stat(join(project, name));
});
