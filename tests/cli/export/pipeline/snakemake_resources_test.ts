import assert from "node:assert/strict";
import { snakemakeResources } from "../../../../lib/cli/export/pipeline/snakemake_resources.ts";

Deno.test("what a workflow asks Slurm for is asked of Snakemake in its own words", () => {
  const resources = snakemakeResources({
    partition: "gpu",
    account: "vision",
    time: "1-12:00:30",
    gpus: "a100:2",
    memory: "8G",
    cpus: 4,
    extra: ["--constraint=fast", "--qos=long", "--mail-user=it's me"],
  }, 2000);
  assert.deepEqual(resources, {
    mem_mb: 8192,
    runtime: 36 * 60 + 1,
    gpu: 2,
    gpu_model: "a100",
    slurm_partition: "gpu",
    slurm_account: "vision",
    constraint: "fast",
    qos: "long",
    slurm_extra: `'--mail-user=it'\\''s me'`,
  });
  assert.deepEqual(snakemakeResources({}, 2000), { mem_mb: 2000 });
});

Deno.test("lengths of time are minutes, rounded up", () => {
  const minutes = (time: string | number) => snakemakeResources({ time }, 1)["runtime"];
  const times = [15, "15m", "2h", "2d", "1:30", "1:00:00", "1-0", "2-1:30"];
  assert.deepEqual(times.map(minutes), [15, 15, 120, 2880, 2, 60, 1440, 2970]);
});

Deno.test("amounts of memory are megabytes, rounded up", () => {
  const megabytes = (memory: string) => snakemakeResources({ memory }, 1)["mem_mb"];
  assert.deepEqual(["1K", "500M", "8G", "8gb", "1T"].map(megabytes), [1, 500, 8192, 8192, 1048576]);
});
