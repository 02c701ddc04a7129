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
  const { success, stdout, stderr } = await slurm("sbatch", ["--parsable", ...args]);
  const [job] = /^\d+/.exec(stdout.trim()) ?? [];
  if (!success || job === undefined) throw new RunError(`sbatch: ${firstWords(stderr)}`);
  return job;
}

/**
 * The tasks of these jobs that Slurm has not done with. Throws RunError when its controller does not answer, and MissingError
 * without Slurm.
 */
export async function squeue(jobs: readonly string[]): Promise<readonly QueuedTask[]> {
  if (jobs.length === 0) return [];
  const { success, stdout, stderr } = await slurm("squeue", [
    ...["--noheader", "--array", `--format=${queueFormat}`, `--jobs=${jobs.join(",")}`],
  ]);
  // It says so when it has forgotten all of them.
  if (!success && !/invalid job id/i.test(stderr)) throw new RunError(`squeue: ${firstWords(stderr)}`);
  return parseQueue(stdout);
}

/** The largest index that an array may have here. */
export async function largestIndex(): Promise<number> {
  const { stdout } = await slurm("scontrol", ["show", "config"]);
  const [, size] = /^MaxArraySize\s*=\s*(\d+)/m.exec(stdout) ?? [];
  return Number(size ?? usualArraySize) - 1;
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

async function slurm(program: string, args: readonly string[]): Promise<Answer> {
  try {
    const command = new Deno.Command(program, { args: [...args], stdin: "null" });
    const { success, stdout, stderr } = await command.output();
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
