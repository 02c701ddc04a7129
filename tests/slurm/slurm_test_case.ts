import { whyNoSlurm } from "./slurm_installed.ts";

const missing = await whyNoSlurm();
if (missing !== undefined) console.log(`skipped, without Slurm: ${missing}`);

/** A test that needs a Slurm; where there is none, it is skipped by name, with the reason. */
export function slurmTest(name: string, run: () => Promise<void>): void {
  Deno.test({
    name: missing === undefined ? name : `${name} (${missing})`,
    ignore: missing !== undefined,
    fn: run,
  });
}
