/**
 * `clean`: removes results that no workflow names any more, and what dead processes have left. Asks first.
 * @module
 */
import { z } from "zod";
import { WorkflowError } from "../../errors.ts";
import { findRemovables } from "../clean/find.ts";
import { removeAll } from "../clean/remove.ts";
import { describeRemovables } from "../clean/table.ts";
import { dataSize } from "../display/data_size.ts";
import type { Output } from "../display/output.ts";
import { describeProcess } from "../run/machine.ts";
import { runsFolder } from "../runs_folder.ts";
import { otherRuns, requireUsable } from "../usable_folder.ts";
import type { Verb } from "./verb.ts";

const optionsSchema = z.object({
  out: z.string().exactOptional(),
  views: z.boolean().exactOptional(),
  yes: z.boolean().exactOptional(),
  dryRun: z.boolean().exactOptional(),
});

/** Adds `clean`. */
export const cleanVerb: Verb = (program, { args, output, finish }) => {
  program.command("clean")
    .description("remove results that no workflow in the folder names any more, and leftovers; asks first")
    .option("--out <folder>", "folder of the results (METAMER_RUNS; otherwise runs)")
    .option("--views", "remove all videos and contact sheets, too; the next run makes them again")
    .option("--yes", "do not ask")
    .option("--dry-run", "list what would go, and remove nothing")
    .action(async (options: unknown) => {
      finish(await clean(args, optionsSchema.parse(options), output));
    });
};

/** Returns the exit code; throws WorkflowError when nobody can be asked, and RunError. */
async function clean(
  command: readonly string[],
  { out, views = false, yes = false, dryRun = false }: z.infer<typeof optionsSchema>,
  output: Output,
): Promise<number> {
  const runs = runsFolder(out);
  await requireUsable(runs, otherRuns);
  const found = await findRemovables(runs, { views });
  output.write(`${describeRemovables(runs, found, output.columns)}\n`);
  if (found.free.length === 0 || dryRun) return 0;
  if (!yes && !Deno.stdin.isTerminal()) {
    throw new WorkflowError("clean: error: nobody can be asked here, and nothing was removed; add --yes");
  }
  if (!yes && !confirm("Remove them?")) {
    output.write("Nothing was removed.\n");
    return 0;
  }
  const { bytes, kept } = await removeAll(runs, found.free, describeProcess(command));
  for (const { path } of kept) output.write(`kept: ${path}, which is in use by now\n`);
  output.write(`${dataSize(bytes)} freed\n`);
  return 0;
}
