/**
 * What `squeue` tells of tasks.
 * @module
 */

/** A task that Slurm has not done with. */
export interface QueuedTask {
  /** The array's number. */
  readonly job: string;
  readonly index: number;
  readonly name: string;
  readonly state: "queued" | "running";
  /** Why it does not run, in Slurm's word. */
  readonly reason?: string;
  /** Where it runs. */
  readonly node?: string;
}

/** The fields that `parseQueue` reads, for `squeue --format`. The reason stands last: it may be any text. */
export const queueFormat = "%F|%K|%T|%j|%N|%r";

/** States in which a task is over; in all others it runs or will. */
const over = new Set([
  ...["BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED"],
  ...["REVOKED", "TIMEOUT"],
]);

const waiting = new Set([
  "PENDING",
  "REQUEUED",
  "REQUEUE_FED",
  "REQUEUE_HOLD",
  "RESV_DEL_HOLD",
  "SPECIAL_EXIT",
]);

/** Reads lines of `squeue --noheader --array` in that format; lines of other jobs than arrays are passed over. */
export function parseQueue(text: string): readonly QueuedTask[] {
  return text.split("\n").flatMap((line): readonly QueuedTask[] => {
    const [, job, index, state = "", name = "", node = "", reason = ""] =
      /^(\d+)\|(\d+)\|([A-Z_]+)\|([^|]*)\|([^|]*)\|(.*)$/.exec(line) ?? [];
    if (job === undefined || over.has(state)) return [];
    const task = { job, index: Number(index), name };
    if (!waiting.has(state)) return [{ ...task, state: "running", ...(node !== "" && { node }) }];
    return [{ ...task, state: "queued", ...(reason !== "" && reason !== "None" && { reason }) }];
  });
}

/** Slurm's commonest reasons, in words. */
const words: Readonly<Record<string, string>> = {
  AssocGrpCpuLimit: "for your account uses as many processors as it may",
  AssocGrpGRES: "for your account uses as many GPUs as it may",
  AssocMaxJobsLimit: "for your account runs as many jobs as it may",
  BeginTime: "to go on in a minute or two",
  Dependency: "waiting for what it reads",
  JobArrayTaskLimit: "for as many tasks of its array run as may",
  JobHeldAdmin: "held by an administrator",
  JobHeldUser: "held; `scontrol release` lets it go",
  Licenses: "waiting for a license",
  MaxGRESPerAccount: "for your account uses as many GPUs as it may",
  PartitionDown: "for its partition is down",
  PartitionInactive: "for its partition takes no jobs now",
  PartitionTimeLimit: "for it asks for more time than its partition gives: change run.slurm.time",
  Priority: "for others are before it",
  QOSMaxCpuPerUserLimit: "for you use as many processors as you may",
  QOSMaxGRESPerUser: "for you use as many GPUs as you may",
  QOSMaxJobsPerUserLimit: "for you run as many jobs as you may",
  ReqNodeNotAvail: "for the nodes that it asks for are down or reserved",
  Resources: "waiting for a free node",
};

/** Slurm's reason as a person reads it, after "queued": "waiting for a free node (Resources)". */
export function reasonInWords(reason: string): string {
  const known = words[reason.replace(/,.*$/, "")];
  return known === undefined ? `for Slurm's reason ${reason}` : `${known} (${reason})`;
}
