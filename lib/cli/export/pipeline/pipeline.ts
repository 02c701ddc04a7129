/**
 * A plan as other engines take it: jobs that make one instance each, and what each of them needs.
 * @module
 */
import type { PlannedInstance } from "../../../plan/planned_instance.ts";

/** What a job may use of a machine. */
export interface JobResources {
  /** Of the engine. */
  readonly threads: number;
  /** In MB. */
  readonly memory: number;
}

/** A job that makes one instance. */
export interface Job {
  /** `metamer[clip=street,seed=2]` */
  readonly instance: string;
  /** A name of letters, digits, `-` and `_` alone, which no other job has. */
  readonly plainName: string;
  readonly kind: string;
  /** Of the instance, in the store. */
  readonly key: string;
  /** Instances that must be finished before. */
  readonly needs: readonly string[];
  /** Files that it reads itself: a clip, images, a model of the user's own. From the working folder. */
  readonly files: readonly string[];
  readonly resources: JobResources;
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
}

/**
 * How much memory is asked for, in MB: a frame of 360 x 640 with VGG-19 and MSOE takes 2.4 GB; without a network it is
 * mostly the program itself.
 */
const memory = { withModels: 4000, without: 2000 };

/** Threads where the workflow does not say them: of more, each gains less. */
const usualThreads = 4;

/** The jobs that make the instances of a plan. */
export function jobsOf(
  instances: readonly PlannedInstance[],
  { files, plainNames, threads = usualThreads }: {
    /** What each reads itself, by its name. */
    readonly files: ReadonlyMap<string, readonly string[]>;
    /** Of each that has a matrix, by its name. */
    readonly plainNames: ReadonlyMap<string, string>;
    /** Of the engine; left out: four. */
    readonly threads?: number;
  },
): readonly Job[] {
  return instances.map(({ name, kind, key, inputs, models }) => ({
    instance: name,
    plainName: plainNames.get(name) ?? name,
    kind,
    key,
    needs: [...new Set(inputs.map((input) => input.name))],
    files: files.get(name) ?? [],
    resources: models.length > 0
      ? { threads, memory: memory.withModels }
      : { threads: 1, memory: memory.without },
  }));
}
