/**
 * What a finished table comes to, by its `summary.json`.
 * @module
 */
import { z } from "zod";
import { RunError } from "../errors.ts";
import { readTextIfThere } from "../store/presence.ts";

const summarySchema = z.object({
  headline: z.string(),
  /** Of a match: each instance that was judged. */
  instances: z.array(z.object({
    instance: z.string(),
    verdict: z.string(),
    terms: z.record(z.string(), z.object({ verdict: z.string() })),
  })).optional(),
});

/** The same in brief. */
export interface TableSummary {
  /** In one line. */
  readonly headline: string;
  /** A line for each instance that was judged, where they are several: "tiny[seed=2]: fail (spatial_texture)". */
  readonly verdicts?: readonly string[];
}

/** The summary, or undefined where there is none. Throws RunError when it is damaged. */
export async function readTableSummary(path: string): Promise<TableSummary | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    const { headline, instances = [] } = summarySchema.parse(JSON.parse(text));
    const verdicts = instances.map(({ instance, verdict, terms }) => {
      const others = Object.entries(terms).filter(([, { verdict }]) => verdict !== "pass").map(([term]) =>
        term
      );
      return `${instance}: ${verdict}${others.length === 0 ? "" : ` (${others.join(", ")})`}`;
    });
    return { headline, ...(verdicts.length > 1 && { verdicts }) };
  } catch (error) {
    throw new RunError(`${path} is damaged; remove it, and run again`, { cause: error });
  }
}

/** The headline, or what is wrong with the summary; undefined where there is none. */
export async function readHeadline(path: string): Promise<string | undefined> {
  try {
    return (await readTableSummary(path))?.headline;
  } catch (error) {
    if (error instanceof RunError) return error.message;
    throw error;
  }
}
