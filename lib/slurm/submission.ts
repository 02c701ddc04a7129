/**
 * `runs/<workflow>/slurm/<submission>/`: what was submitted together. The record and the scripts are written before Slurm is
 * told, the number of each array after: what has none was not submitted, or nobody heard Slurm's answer.
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import { durableWrite, makeFolder } from "../store/durable_write.ts";
import { workflowPaths } from "../store/layout.ts";
import { entriesIfThere, readTextIfThere } from "../store/presence.ts";

const instanceSchema = z.object({
  name: z.string(),
  key: z.string(),
  /** Keys of what it reads and what was to be made. */
  needs: z.array(z.string()),
});

const arraySchema = z.object({
  stage: z.string(),
  /** What Slurm calls it: no other array has that name, whatever becomes of numbers. */
  name: z.string(),
  /** Its files are `<script>.sbatch`, `<script>.job` and `logs/<script>_<index>.txt`. */
  script: z.string(),
  tasks: z.array(z.object({ index: z.int(), instances: z.array(instanceSchema) })),
});

const submissionSchema = z.object({ v: z.literal(1), at: z.string(), arrays: z.array(arraySchema) });

/** What was submitted together, in the order of submission. */
export type SubmissionRecord = z.infer<typeof submissionSchema>;

/** A submission, with the numbers that Slurm gave its arrays. */
export interface Submission {
  /** A ULID: later ones stand after earlier ones. */
  readonly id: string;
  /** Tasks that `cancel` took out of the queue, as 12_3. */
  readonly cancelled: ReadonlySet<string>;
  readonly arrays: readonly (SubmissionRecord["arrays"][number] & { readonly job?: string })[];
}

/** The file that lists what was cancelled, a task a line. */
export const cancelledList = "cancelled";

/** Where a submission's files are. */
export function submissionFolder(runs: string, workflow: string, id: string): string {
  return join(workflowPaths(runs, workflow).folder, "slurm", id);
}

/** What a task wrote. */
export function logPath(folder: string, script: string, index: number): string {
  return `${logBeginning(folder, script)}${index}.txt`;
}

/** The beginning of the paths of an array's logs, before the index. */
export function logBeginning(folder: string, script: string): string {
  return join(folder, "logs", `${script}_`);
}

/** True where `sbatch --output` can name files in that folder: it has signs of its own. */
export function canHoldOutput(folder: string): boolean {
  return !/[%\\]/.test(folder);
}

/** Writes a submission's record and scripts, by their names. Throws RunError when that cannot be written. */
export async function writeSubmission(
  folder: string,
  record: SubmissionRecord,
  scripts: Readonly<Record<string, string>>,
): Promise<void> {
  await makeFolder(join(folder, "logs"));
  for (const [name, text] of Object.entries(scripts)) await durableWrite(join(folder, name), text);
  await durableWrite(join(folder, "submission.json"), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Keeps the number that Slurm gave to an array. */
export async function recordJob(folder: string, script: string, job: string): Promise<void> {
  await durableWrite(join(folder, `${script}.job`), `${job}\n`);
}

/** Keeps that tasks of a submission were cancelled, beside those that were before. */
export async function recordCancelled(folder: string, tasks: Iterable<string>): Promise<void> {
  const all = (await readCancelled(folder)).union(new Set(tasks));
  await durableWrite(join(folder, cancelledList), [...all, ""].join("\n"));
}

async function readCancelled(folder: string): Promise<ReadonlySet<string>> {
  const text = await readTextIfThere(join(folder, cancelledList)) ?? "";
  return new Set(text.split("\n").filter((line) => line !== ""));
}

/** A submission; undefined when there is none of that name, or its record is damaged. */
export async function readSubmission(
  runs: string,
  workflow: string,
  id: string,
): Promise<Submission | undefined> {
  const folder = submissionFolder(runs, workflow, id);
  const record = parsed(await readTextIfThere(join(folder, "submission.json")));
  if (record === undefined) return undefined;
  const arrays = await Promise.all(record.arrays.map(async (array) => {
    const job = (await readTextIfThere(join(folder, `${array.script}.job`)))?.trim();
    return job !== undefined && /^\d+$/.test(job) ? { ...array, job } : array;
  }));
  return { id, cancelled: await readCancelled(folder), arrays };
}

/** A workflow's submissions, the earliest first. */
export async function readSubmissions(runs: string, workflow: string): Promise<readonly Submission[]> {
  const entries = await entriesIfThere(join(workflowPaths(runs, workflow).folder, "slurm"));
  const ids = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  const found = await Promise.all(ids.map((id) => readSubmission(runs, workflow, id)));
  return found.flatMap((submission) => submission ?? []);
}

function parsed(text: string | undefined): SubmissionRecord | undefined {
  try {
    return submissionSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return undefined;
  }
}
