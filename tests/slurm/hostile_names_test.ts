/** Paths and names that would leave their quoting if they could. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bench } from "../program/bench.ts";
import { project, runProgram, tinyWorkflow } from "../program/program.ts";
import { askSlurm } from "./on_slurm.ts";
import { startSlurm } from "./slurm.ts";
import { slurmTest } from "./slurm_test_case.ts";

slurmTest(
  "spaces, quotes, newlines, patterns and commands in paths, names and settings stay what they are",
  async () => {
    await using place = await bench();
    // Ends before the folder goes that its last job may still be writing into.
    await using slurm = await startSlurm();
    const folder = `a 'b' "c" $(touch pwned) \`touch pwned\`;\n#SBATCH --wrap=false\n\\%A %j & é`;
    const clip = "$(touch pwned)'.yaml";
    const file = await place.write(
      join(folder, clip),
      tinyWorkflow.replace("iterations: 20", "iterations: 2"),
    );
    const out = join(place.folder, `${folder} runs`);
    const name = "x'; touch pwned; $(touch pwned) `touch pwned` %A_%a &";
    const title = `title=it's "$(touch pwned)"`;
    const options = ["--out", out, "--name", name, "--set", title];

    const direct = await runProgram(["run", file, ...options, "--executor", "slurm"], slurm.environment);
    assert.equal(direct.code, 0, direct.stdout + direct.stderr);
    assert.match(direct.stdout, /tiny: finished \(1 of 1\)/);
    const told = await askSlurm(slurm, "scontrol", "show", "job", "1_0");
    assert.match(told, /JobName=x___touch_pwned___\S*:tiny:\w{26}:0\n/);

    const by = [...options, "--set", "stages.tiny.seed=5"];
    const scripts = await runProgram(["run", file, ...by, "--executor", "slurm", "--script-only"]);
    assert.equal(scripts.code, 0, scripts.stderr);
    const submissions = Array.fromAsync(Deno.readDir(join(out, name, "slurm")), ({ name }) => name);
    const submit = join(out, name, "slurm", (await submissions).sort().at(-1) ?? "", "submit.sh");
    const command = { args: [submit], env: slurm.environment, cwd: place.folder };
    const submitted = await new Deno.Command("bash", command).output();
    assert(submitted.success, new TextDecoder().decode(submitted.stderr));
    const twice = await new Deno.Command("bash", command).output();
    assert.equal(new TextDecoder().decode(twice.stdout), "These jobs were submitted before.\n");
    const watched = await runProgram(["run", file, ...by, "--executor", "slurm"], slurm.environment);
    assert.equal(watched.code, 0, watched.stdout + watched.stderr);
    assert.match(watched.stdout, /Not submitted again, for Slurm has them: 1\./);

    for (const where of [place.folder, project]) {
      const conditions = ["-name", "node_modules", "-prune", "-o", "-name", "pwned*", "-print"];
      const found = await new Deno.Command("find", { args: [where, ...conditions] }).output();
      assert.equal(new TextDecoder().decode(found.stdout), "");
    }
  },
);
