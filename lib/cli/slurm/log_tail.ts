/**
 * The end of what a job wrote.
 * @module
 */
import type { JobOutcome } from "../../slurm/outcomes.ts";
import { readTextIfThere } from "../../store/presence.ts";

const mostLines = 5;

/** The last lines of the log, without empty ones, of a job that failed or ended without a result. */
export async function lastLinesOf({ became, job }: JobOutcome): Promise<readonly string[]> {
  if (became !== "failed" && became !== "ended") return [];
  const text = await readTextIfThere(job.log) ?? "";
  return text.split("\n").filter((line) => line.trim() !== "").slice(-mostLines);
}
