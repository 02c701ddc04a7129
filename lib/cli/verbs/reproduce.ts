/**
 * `reproduce RECORD`: makes a recorded result again, elsewhere, and says whether it is the same.
 * @module
 */
import type { z } from "zod";
import { stopOnSignals, Stopper } from "../../runner/signals.ts";
import { durableWrite } from "../../store/durable_write.ts";
import { unlessAbsent } from "../../store/presence.ts";
import { compareSpecifications, type Comparison, isEqual } from "../../versions/compare.ts";
import { describeComparison } from "../diff/describe.ts";
import { readSide } from "../diff/side.ts";
import { openDisplay } from "../display/open_display.ts";
import type { Output } from "../display/output.ts";
import { fetched } from "../display/wording.ts";
import { runOptionsSchema, withEngineOptions } from "../options.ts";
import { describePlan } from "../plan/table.ts";
import { makeAgain, outcomePath } from "../reproduce/make_again.ts";
import { findRecorded, type Recorded } from "../reproduce/recorded.ts";
import { compareReproduction, describeReproduction } from "../reproduce/verdict.ts";
import { runsFolder } from "../runs_folder.ts";
import { terminalWidth, type Verb } from "./verb.ts";

const optionsSchema = runOptionsSchema.pick({
  ...{ out: true, weights: true, offline: true, json: true, threads: true, exact: true },
  ...{ engine: true, provider: true, backend: true, device: true },
});

/** Adds `reproduce`. */
export const reproduceVerb: Verb = (program, { args, output, finish }) => {
  withEngineOptions(program.command("reproduce"))
    .description("make a result again from its record, in a place of its own, and say whether it is the same")
    .argument("<record>", "a manifest.json, a folder among the results, or the workflow's name or file")
    .option("--out <folder>", "folder of the results (METAMER_RUNS; otherwise runs)")
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)")
    .option("--offline", "never fetch weights")
    .option("--json", "write the outcome as JSON")
    .action(async (record: string, options: unknown) => {
      const chosen = { ...terminalWidth(output), ...optionsSchema.parse(options), command: args };
      finish(await reproduce(record, chosen, output));
    });
};

/** Options of `reproduce`. */
interface ReproduceOptions extends z.infer<typeof optionsSchema> {
  readonly columns?: number;
  /** For the record. */
  readonly command: readonly string[];
}

/** Returns the exit code: 1 when something changed or came out different; throws WorkflowError, MissingError or RunError. */
async function reproduce(text: string, options: ReproduceOptions, output: Output): Promise<number> {
  const recorded = await findRecorded(text, runsFolder(options.out));
  const edited = await changesInFile(text, recorded, options);
  if (edited !== undefined) return tellChanged(edited, options, output);

  using display = openDisplay(options.json === true ? { ...output, write: () => undefined } : output, false);
  const stop = new Stopper();
  using _signals = stopOnSignals(stop, () => {
    display.say("stopping after the iteration in progress; Ctrl-C again stops at once");
  });
  const made = await makeAgain(recorded, {
    ...options,
    stop,
    onDownload: ({ fileName, received, bytes }) => display.progress(fetched(fileName, received, bytes)),
    onPlan: (plan) => display.say(describePlan(plan, output.columns)),
    onEvent: display.show,
  });
  if (made.became === "changed") return tellChanged(made.comparison, options, output);
  const { place, outcome } = made;
  if (outcome.code !== 0) return outcome.code;

  const reproduction = await compareReproduction(recorded, place);
  const isKept = reproduction.verdict !== "identical";
  const json = JSON.stringify({ v: 1, ...reproduction, ...(isKept && { place }) }, undefined, 2) + "\n";
  if (isKept) await durableWrite(outcomePath(place), json);
  else await Deno.remove(place, { recursive: true });
  output.write(
    options.json === true
      ? json
      : describeReproduction(reproduction, isKept ? place : undefined, output.columns) + "\n",
  );
  return reproduction.verdict === "different" ? 1 : 0;
}

/** A workflow's file may have been edited since it ran: then what it says now is not what was recorded. */
async function changesInFile(
  text: string,
  { specification }: Recorded,
  options: ReproduceOptions,
): Promise<Comparison | undefined> {
  const isFile = (await unlessAbsent(text, () => Deno.stat(text)))?.isFile === true;
  if (!isFile || text.endsWith(".json")) return undefined;
  const comparison = compareSpecifications(specification, (await readSide(text, options)).specification);
  return isEqual(comparison) ? undefined : comparison;
}

function tellChanged(comparison: Comparison, { json, columns }: ReproduceOptions, output: Output): number {
  output.write(
    json === true
      ? JSON.stringify({ v: 1, verdict: "changed", ...comparison }, undefined, 2) + "\n"
      : `What is here is not what was recorded; nothing was made.\n${
        describeComparison(comparison, [], columns)
      }\n`,
  );
  return 1;
}
