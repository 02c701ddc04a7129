/**
 * What is said at the end of what was not made.
 * @module
 */
import { MissingError, RunError } from "../../errors.ts";
import { outcomesOf } from "../../slurm/outcomes.ts";
import { describeOutcomes } from "./describe.ts";
import { failureOf, type Followed } from "./follow.ts";
import { lastLinesOf } from "./log_tail.ts";

/** One error for all of it: what failed, what was not run for it, and what another process should have made. */
export async function notMade(
  { unfinished, jobs }: {
    readonly unfinished: readonly Pick<Followed["unfinished"][number], "name" | "key">[];
    readonly jobs: Followed["jobs"];
  },
  results: { readonly runs: string },
): Promise<RunError | MissingError> {
  const failures = new Map(
    await Promise.all(unfinished.map(async ({ key }) => [key, await failureOf({ key }, results)] as const)),
  );
  const stored = unfinished.map(({ name, key }) => {
    const failure = failures.get(key)?.text;
    return { name, key, isDone: false, ...(failure !== undefined && { failure }) };
  });
  const outcomes = outcomesOf(stored, jobs);
  const told = await Promise.all(stored.map(async ({ name, key }) => {
    const outcome = outcomes.get(key);
    return outcome === undefined ? [] : [{ name, outcome, lastLines: await lastLinesOf(outcome) }];
  }));
  const elsewhere = stored.filter(({ key }) => !outcomes.has(key)).map(({ name, failure }) =>
    failure === undefined
      ? `not made by the process that had begun it: ${name}; the same command submits it`
      : `failed in another process: ${name}: ${failure}`
  );
  const failed = stored.flatMap(({ key }) =>
    ["failed", undefined].includes(outcomes.get(key)?.became) ? failures.get(key) ?? [] : []
  );
  const codes = new Set(failed.map(({ code }) => code));
  const text = [...describeOutcomes(told.flat()), ...elsewhere].join("\n");
  return codes.size === 1 && codes.has(3) ? new MissingError(text) : new RunError(text);
}
