import { whyNoSlurm } from "../slurm/slurm_installed.ts";
import { pythonPrograms } from "./python_programs.ts";

const programs = await pythonPrograms();
const missing = "missing" in programs ? `without Snakemake and DVC: ${programs.missing}` : undefined;
const withoutSlurm = missing ?? (await whyNoSlurm());

/** Folder of `snakemake` and `dvc`. */
const folder = "missing" in programs ? "" : programs.folder;

/** A test that needs Snakemake or DVC, and is given the folder where they are; without them it is skipped by name, with the reason. */
export function schedulerTest(
  name: string,
  run: (programs: string) => Promise<void>,
  { slurm = false }: { readonly slurm?: boolean } = {},
): void {
  const reason = slurm ? withoutSlurm : missing;
  Deno.test({
    name: reason === undefined ? name : `${name} (${reason})`,
    ignore: reason !== undefined,
    fn: () => run(folder),
  });
}
