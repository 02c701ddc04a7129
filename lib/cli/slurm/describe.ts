/**
 * Jobs in words.
 * @module
 */
import { reasonInWords } from "../../slurm/queue.ts";
import type { InstanceJob } from "../../slurm/jobs.ts";
import type { JobOutcome } from "../../slurm/outcomes.ts";
import { fromHere } from "../from_here.ts";
import { commandLine } from "../invocation.ts";
import { sameInstances, sameResults, watchingCommand } from "./task_arguments.ts";
import type { Submitted } from "./submit.ts";

/** More names than these are not listed one by one. */
const mostNamed = 3;

/** More logs than these are not shown. */
const mostLogs = 3;

/** "12_3" */
export function jobName({ job, index }: Pick<InstanceJob, "job" | "index">): string {
  return `${job}_${index}`;
}

/** What was submitted. */
export function describeSubmitted({ folder, arrays, left }: Submitted): string {
  const isSubmitted = arrays.every(({ job }) => job !== undefined);
  const logs = isSubmitted ? ` Logs: ${fromHere(folder)}/logs` : "";
  const told = describeArrays(isSubmitted ? "Submitted to Slurm" : "Written to be submitted", arrays, logs);
  return left.length === 0 ? told : `${told}\nNot submitted any more: ${shortList(left)}.`;
}

/** "Submitted to Slurm: 27 instances.", and below it an array a line: "metamer: 27 instances in 9 tasks, job 812". */
export function describeArrays(what: string, arrays: Submitted["arrays"], more = ""): string {
  const counts = arrays.map(({ tasks }) => tasks.flatMap(({ instances }) => instances).length);
  const sum = counts.reduce((sum, count) => sum + count, 0);
  const lines = arrays.map(({ stage, tasks, job }, array) => {
    const instances = counts[array] ?? 0;
    const grouped = tasks.length === instances ? "" : ` in ${counted(tasks.length, "task")}`;
    return `  ${stage}: ${counted(instances, "instance")}${grouped}${
      job === undefined ? "" : `, job ${job}`
    }`;
  });
  return [`${what}: ${counted(sum, "instance")}.${more}`, ...lines].join("\n");
}

/** What else can be done about jobs that go on by themselves. */
export function describeGoingOn(command: readonly string[]): string {
  return [
    "The jobs go on without this terminal. How far they are:",
    `  ${commandLine(["status", ...sameInstances(command)])}`,
    "To watch them again (what is missing is submitted, and nothing twice):",
    `  ${commandLine(watchingCommand(command))}`,
    "To cancel them:",
    `  ${commandLine(["cancel", ...sameResults(command)])}`,
  ].join("\n");
}

/** An instance that is not done, and the end of its log. */
export interface NamedOutcome {
  readonly name: string;
  readonly outcome: JobOutcome;
  readonly lastLines: readonly string[];
}

/**
 * What became of instances that are not done, those that share it in one line: "queued, waiting for a free node (Resources):
 * metamer[seed=1] (job 12_1) and 25 more". Below those that ended stand the last lines of their logs.
 */
export function describeOutcomes(outcomes: readonly NamedOutcome[]): readonly string[] {
  const together = Map.groupBy(outcomes, ({ outcome }) => inWords(outcome).join(": "));
  return [...together.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const [what, why] = inWords(first.outcome);
    const names = shortList(group.map(({ name, outcome }) => named(name, outcome)));
    const logs = group.filter(({ lastLines }) => lastLines.length > 0).slice(0, mostLogs);
    return [
      `${what}: ${names}${why === undefined ? "" : `: ${why}`}`,
      ...logs.flatMap(({ outcome: { job }, lastLines }) => [
        `  ${fromHere(job.log)}`,
        ...lastLines.map((line) => `    ${line}`),
      ]),
    ];
  });
}

/** What stands before the names, and what after. */
function inWords(outcome: JobOutcome): readonly [before: string, after?: string] {
  switch (outcome.became) {
    case "queued": {
      const { reason } = outcome.job;
      return [reason === undefined ? "queued" : `queued, ${reasonInWords(reason)}`];
    }
    case "running":
      return ["running"];
    case "not run":
      return [`not run, for want of ${shortList(outcome.because)}`];
    case "failed":
      return ["failed", outcome.failure];
    case "cancelled":
      return ["cancelled"];
    case "ended":
      return ["ended without a result (killed, out of memory, or its node lost)"];
  }
}

function named(name: string, { became, job }: JobOutcome): string {
  if (became === "not run") return name;
  const node = became === "running" && job.node !== undefined ? ` on ${job.node}` : "";
  return `${name} (job ${jobName(job)}${node})`;
}

function shortList(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** "1 task", "2 tasks" */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
