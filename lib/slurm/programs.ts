/**
 * Slurm's own programs.
 * @module
 */
import { MissingError, RunError } from "../errors.ts";
import { parseQueue, type QueuedTask, queueFormat } from "./queue.ts";

/** What sbatch allows when it is not told otherwise: indices below 1001. */
const usualArraySize = 1001;

/** Throws MissingError where jobs cannot be submitted. */
export async function requireSlurm(): Promise<void> {
  await slurm("sbatch", ["--version"]);
}

/** Submits a script and returns the number of its job. Throws RunError in Slurm's words, and MissingError without Slurm. */
export async function sbatch(args: readonly string[]): Promise<string> {
  // In a group of its own: Ctrl-C does not end it between Slurm's yes and its number.
  const { success, stdout, stderr } = await slurm("sbatch", ["--parsable", ...args], { detached: true });
  const [job] = /^\d+/.exec(stdout.trim()) ?? [];
  if (!success || job === undefined) throw new RunError(`sbatch: ${firstWords(stderr)}`);
  return job;
}

/**
 * The tasks of these arrays that Slurm has not done with: asked for by number, or by name while it may have some whose number
 * nobody knows. Throws RunError when its controller does not answer, and MissingError without Slurm.
 */
export async function squeue(
  arrays: readonly { readonly name: string; readonly job?: string }[],
): Promise<readonly QueuedTask[]> {
  if (arrays.length === 0) return [];
  const numbers = arrays.flatMap(({ job }) => job ?? []);
  const asked = numbers.length === arrays.length
    ? `--jobs=${numbers.join(",")}`
    : `--name=${arrays.map(({ name }) => name).join(",")}`;
  const { success, stdout, stderr } = await slurm("squeue", [
    ...["--noheader", "--array", `--format=${queueFormat}`, asked],
  ]);
  // It says so when it has forgotten all of them.
  if (!success && !/invalid job id/i.test(stderr)) throw new RunError(`squeue: ${firstWords(stderr)}`);
  return parseQueue(stdout);
}

/** The largest index that an array may have here. Throws RunError on a cluster without arrays. */
export async function largestIndex(): Promise<number> {
  const { stdout } = await slurm("scontrol", ["show", "config"]);
  const [, size] = /^MaxArraySize\s*=\s*(\d+)/m.exec(stdout) ?? [];
  const largest = Number(size ?? usualArraySize) - 1;
  if (largest < 0) throw new RunError("this Slurm takes no job arrays (its MaxArraySize is 0)");
  return largest;
}

/** Cancels jobs, or tasks of them as 12_3. What runs is told by SIGTERM and, after the cluster's KillWait, killed. */
export async function scancel(jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  const { success, stderr } = await slurm("scancel", jobs);
  if (!success && !/invalid job id/i.test(stderr)) throw new RunError(`scancel: ${firstWords(stderr)}`);
}

interface Answer {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

async function slurm(
  program: string,
  args: readonly string[],
  { detached = false }: { readonly detached?: boolean } = {},
): Promise<Answer> {
  try {
    const command = new Deno.Command(program, {
      ...{ args: [...args], detached },
      ...{ stdin: "null", stdout: "piped", stderr: "piped" },
    });
    // By spawn(), for output() does not detach.
    const { success, stdout, stderr } = await command.spawn().output();
    const decoder = new TextDecoder();
    return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } catch (error) {
    // Of a program that is nowhere in PATH, Deno knows no permission.
    if (!(error instanceof Deno.errors.NotFound) && !(error instanceof Deno.errors.NotCapable)) throw error;
    throw new MissingError(
      `there is no ${program} in PATH: stand on a machine of the cluster from which jobs are submitted` +
        (program === "sbatch" ? ", or write the scripts here with --script-only and submit them there" : ""),
    );
  }
}

function firstWords(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim().replace(/^\w+: (error: )?/, "")).filter(Boolean);
  return lines.slice(0, 2).join("; ") || "it ended without a word";
}
