/** The Slurm that the other tests of this folder use. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { startSlurm } from "./slurm.ts";
import { slurmTest } from "./slurm_test_case.ts";

slurmTest("a Slurm of the tests' own runs a job and leaves nothing behind", async () => {
  let folder: string;
  {
    await using slurm = await startSlurm();
    folder = slurm.folder;
    const { success } = await new Deno.Command("sbatch", {
      args: ["--wait", "--output", `${folder}/job.txt`, "--wrap", "echo computed"],
      env: slurm.environment,
      stdout: "null",
    }).output();
    assert(success);
    assert.equal(await Deno.readTextFile(`${folder}/job.txt`), "computed\n");
  }
  assert(!existsSync(folder));
});
