/**
 * A plan as other engines take it: jobs that make one instance each, and what each of them needs.
 * @module
 */
import type { PlannedInstance } from "../../../plan/planned_instance.ts";
import type { SlurmResources } from "../../../workflow/slurm_settings.ts";
import type { RunSettings } from "../../../workflow/top_level.ts";

/** What a job asks a cluster for. */
export interface Demand {
  /** Of the engine, and of the processor. */
  readonly threads: number;
  /** In MB, where the workflow does not say it. */
  readonly memory: number;
  /** What the workflow asks Slurm for. */
  readonly slurm: SlurmResources;
}

/** A job that makes one instance. */
export interface Job extends Demand {
  /** `metamer[clip=street,seed=2]` */
  readonly instance: string;
  /** A name of letters, digits, `-` and `_` alone, which no other job has. */
  readonly plainName: string;
  readonly kind: string;
  /** Of the instance, in the store. */
  readonly key: string;
  /** How many are wanted, of one that makes a video. */
  readonly frames?: number;
  /** Instances of other jobs that must be finished before. */
  readonly needs: readonly string[];
  /** Files that it reads: clips, images, models of the user's own. From the working folder. */
  readonly files: readonly string[];
}

/** The jobs of a workflow, and how they are started. All paths are from the working folder. */
export interface Pipeline {
  /** The workflow's file. */
  readonly workflow: string;
  /** Name of its own folder among the results. */
  readonly name: string;
  /** Folder of the results. */
  readonly runs: string;
  /** What stands before a verb of the program in a shell: `npx -y deno@2.9.6 task`. */
  readonly program: string;
  /** Arguments of `run` that each job has beside its `--only`, the file among them. */
  readonly run: readonly string[];
  /** The stage that all this is made for; left out: all stages. */
  readonly only?: string;
  /** The command that writes the pipeline again, for a shell. */
  readonly writtenBy: string;
  /** The texts that the workflow was read from, and the sha256 of each: an edit calls for another pipeline. */
  readonly sources: readonly { readonly path: string; readonly sha256: string }[];
  /** Each after those that it needs. */
  readonly jobs: readonly Job[];
  /** Of a last job, which finds all of it there. */
  readonly overview: Demand;
}

/**
 * How much memory is asked for, in MB: a frame of 360 x 640 with VGG-19 and MSOE takes 2.4 GB; without a network it is
 * mostly the program itself.
 */
const memory = { withModels: 4000, without: 2000 };

/**
 * The jobs that make the instances of a plan. A video has none: the first job that reads it decodes as many frames as are read,
 * which a job of its own would not know.
 */
export function jobsOf(
  instances: readonly PlannedInstance[],
  { files, plainNames, run }: {
    /** What each reads itself, by its name. */
    readonly files: ReadonlyMap<string, readonly string[]>;
    /** Of each that has a matrix, by its name. */
    readonly plainNames: ReadonlyMap<string, string>;
    readonly run: RunSettings;
  },
): readonly Job[] {
  const made = instances.filter(({ section }) => section === "stages");
  const hasJob = new Set(made.map(({ name }) => name));
  return made.map(({ name, stage, kind, key, artifact, inputs, models }) => {
    const reads = [...new Set(inputs.map((input) => input.name))];
    const videos = reads.filter((read) => !hasJob.has(read));
    return {
      instance: name,
      plainName: plainNames.get(name) ?? name,
      kind,
      key,
      ...(artifact.made === "video" && { frames: artifact.video.frames }),
      needs: reads.filter((read) => hasJob.has(read)),
      files: [...new Set([name, ...videos].flatMap((reader) => files.get(reader) ?? []))],
      ...demandOf(run, { stage, hasModels: models.length > 0 }),
    };
  });
}

/** What a job of a stage asks for, or one of no stage. Without a number of threads it is one, as of a run's own jobs. */
export function demandOf(
  { threads, slurm: { stages = {}, ...common } = {} }: RunSettings,
  { stage, hasModels = false }: { readonly stage?: string; readonly hasModels?: boolean } = {},
): Demand {
  const slurm = { ...common, ...(stage !== undefined && stages[stage]) };
  return {
    threads: threads ?? slurm.cpus ?? 1,
    memory: hasModels ? memory.withModels : memory.without,
    slurm,
  };
}
