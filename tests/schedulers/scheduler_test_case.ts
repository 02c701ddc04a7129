import { pythonPrograms } from "./python_programs.ts";

const programs = await pythonPrograms();

/**
 * A test that needs Snakemake or DVC, and is given the folder where they are; without them it is skipped by name, with the reason.
 * @param also why it is to be skipped all the same
 */
export function schedulerTest(
  name: string,
  run: (programs: string) => Promise<void>,
  also?: string,
): void {
  const { folder = "", missing } = programs;
  const reason = missing === undefined ? also : `without Snakemake and DVC: ${missing}`;
  Deno.test({
    name: reason === undefined ? name : `${name} (${reason})`,
    ignore: reason !== undefined,
    fn: () => run(folder),
  });
}
