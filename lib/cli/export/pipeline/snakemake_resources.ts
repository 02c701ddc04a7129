/**
 * What jobs ask for, in the words of Snakemake and of its executor for Slurm.
 * @module
 */
import { shellWords } from "../../../slurm/shell_word.ts";
import { type SlurmResources, timeForSlurm } from "../../../workflow/slurm_settings.ts";

/** By Snakemake's names. */
export type SnakemakeResources = Readonly<Record<string, number | string>>;

/** Options of sbatch that have a name of their own there; the executor takes no others for them. */
const named: Readonly<Record<string, string>> = {
  "--constraint": "constraint",
  "--qos": "qos",
  "--clusters": "clusters",
  "--gres": "gres",
};

/** Slurm counts memory in MiB and calls them MB, as Snakemake does. */
const megabytes: Readonly<Record<string, number>> = { K: 1 / 1024, M: 1, G: 1024, T: 1024 ** 2 };

/** The resources of a job that asks Slurm for these; `memory` in MB is for those that do not say it. */
export function snakemakeResources(slurm: SlurmResources, memory: number): SnakemakeResources {
  const { partition, account, time, gpus, extra = [] } = slurm;
  const options = extra.map((option) => option.split(/=(.*)/s));
  const others = extra.filter((_, index) => named[options[index]?.[0] ?? ""] === undefined);
  return {
    mem_mb: slurm.memory === undefined ? memory : megabytesOf(slurm.memory),
    ...(time !== undefined && { runtime: minutesOf(time) }),
    ...gpusOf(gpus),
    ...(partition !== undefined && { slurm_partition: partition }),
    ...(account !== undefined && { slurm_account: account }),
    ...Object.fromEntries(options.flatMap(([option = "", value = ""]) => {
      const name = named[option];
      return name === undefined ? [] : [[name, value]];
    })),
    ...(others.length > 0 && { slurm_extra: shellWords(others) }),
  };
}

/** "8G" */
function megabytesOf(memory: string): number {
  const [, number, unit = "M"] = /^(\d+)([KMGT])B?$/i.exec(memory) ?? [];
  return Math.ceil(Number(number) * (megabytes[unit.toUpperCase()] ?? 1));
}

/** 2 or "a100:1" */
function gpusOf(gpus: SlurmResources["gpus"]): SnakemakeResources {
  if (gpus === undefined || gpus === 0) return {};
  if (typeof gpus === "number") return { gpu: gpus };
  const [model = "", number] = gpus.split(":");
  return { gpu: Number(number), gpu_model: model };
}

/** Of what Slurm reads: minutes, minutes:seconds, hours:minutes:seconds, or days-hours with or without these. */
function minutesOf(time: string | number): number {
  const [, days, rest = ""] = /^(?:(\d+)-)?(.*)$/.exec(timeForSlurm(time) ?? "") ?? [];
  const numbers = rest.split(":").map(Number);
  const [hours, minutes, seconds] = days !== undefined
    ? numbers
    : numbers.length === 3
    ? numbers
    : [0, ...numbers];
  return Math.ceil(
    Number(days ?? 0) * 24 * 60 + (hours ?? 0) * 60 + (minutes ?? 0) + (seconds ?? 0) / 60,
  );
}
