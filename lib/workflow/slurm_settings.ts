/**
 * `run.slurm`: what jobs on a cluster ask Slurm for. Never in a key.
 * @module
 */
import { z } from "zod";
import { expects, problemIssue, settingsMap, wholeNumber } from "./fields.ts";
import type { Expectation } from "./wording.ts";

/** Options of sbatch that say which jobs there are and where they write: those are Metamer's to choose. */
const ownOptions = [
  ...["array", "chdir", "dependency", "error", "job-name", "kill-on-invalid-dep", "no-requeue"],
  ...["open-mode", "output", "parsable", "requeue", "signal", "test-only", "wait", "wrap"],
];

function text(expectation: Expectation, isRight: (text: string) => boolean) {
  return z.string().check((context) => {
    const found = context.value;
    if (isRight(found)) return;
    context.issues.push({
      ...problemIssue({ code: "wrong_type", expected: expectation, found }),
      input: found,
    });
  });
}

/** Names of the cluster: nothing that a line of a batch script could take for something else. */
const clusterName = text("slurm_name", (found) => /^[\w.,+:@-]+$/.test(found) && !found.startsWith("-"));

const time = z.union([
  wholeNumber(1),
  text("slurm_time", (found) => timeForSlurm(found) !== undefined),
], { error: expects("slurm_time") });

const gpus = z.union([
  wholeNumber(0),
  text("slurm_gpus", (found) => /^[A-Za-z][\w.-]*:[1-9]\d*$/.test(found)),
], {
  error: expects("slurm_gpus"),
});

const option = text("slurm_option", (found) => {
  const [, name] = /^--([a-z][a-z-]*)(=[^\0]*)?$/s.exec(found) ?? [];
  // sbatch takes the beginning of an option's name for the whole.
  return name !== undefined && !ownOptions.some((own) => own.startsWith(name));
});

const resources = {
  partition: clusterName.exactOptional().describe("Where the jobs run; `sinfo` lists the partitions."),
  account: clusterName.exactOptional().describe("Who is charged for them."),
  time: time.exactOptional().describe(
    "The longest that a job may take before it saves, ends and is queued again: minutes, or `12h`, `90m`, `2d`, `1-12:00:00`.",
  ),
  gpus: gpus.exactOptional().describe(
    "Graphics processors of a job: a number, or kind and number as `a100:1`.",
  ),
  cpus: wholeNumber(1).exactOptional().describe(
    "Processor cores of a job. Its engine has as many threads, unless `threads` says another number. Left out: as many as `threads`, else 1.",
  ),
  memory: text("slurm_memory", (found) => /^[1-9]\d*[KMGT]B?$/i.test(found)).exactOptional().describe(
    "Memory of a job, as `8G`.",
  ),
  per_task: wholeNumber(1).exactOptional().describe(
    "How many instances a job makes, one after another; 1 when left out, and `--per-task` goes before.",
  ),
  extra: z.array(option).exactOptional().describe(
    "Further options of sbatch, each whole: `[--constraint=a100, --mail-type=END]`.",
  ),
};

/** `run.slurm` */
export const slurmSettings = settingsMap({
  ...resources,
  stages: z.record(z.string(), settingsMap(resources)).exactOptional().describe(
    "By stage, what its jobs ask for instead.",
  ),
});

const resourcesMap = settingsMap(resources);

/** What jobs of one stage ask for. */
export type SlurmResources = z.infer<typeof resourcesMap>;

/** What jobs ask for, and where stages differ. */
export type SlurmSettings = z.infer<typeof slurmSettings>;

/** A length of time as Slurm reads it (minutes, or days-hours:minutes:seconds); undefined for what is none. */
export function timeForSlurm(time: string | number): string | undefined {
  if (typeof time === "number") return String(time);
  const [, number, unit] = /^([1-9]\d*)([mhd])$/.exec(time) ?? [];
  if (unit === "m") return number;
  if (unit === "h") return `${number}:00:00`;
  if (unit === "d") return `${number}-0`;
  return /^(\d+(:\d{2}){1,2}|\d+-\d+(:\d{2}){0,2})$/.test(time) && /[1-9]/.test(time) ? time : undefined;
}
