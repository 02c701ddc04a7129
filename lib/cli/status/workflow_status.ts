/**
 * What `status` tells.
 * @module
 */
import type { JobOutcome } from "../../slurm/outcomes.ts";
import type { InstanceProgress } from "../../store/instance_progress.ts";

/** An instance of a workflow. */
export interface InstanceStatus extends Omit<InstanceProgress, "state"> {
  /** What its folder says, and of one that is not done and at which nobody works, what became of its job. */
  readonly state: InstanceProgress["state"] | "queued" | "starting" | "not run" | "cancelled" | "ended";
  /** Its latest job on a cluster, while it is not done. */
  readonly outcome?: JobOutcome;
  /** Of the log of a job that failed, or ended without a result. */
  readonly lastLines?: readonly string[];
  /** `metamer[clip=street,seed=2]` */
  readonly name: string;
  readonly key: string;
  /** It makes a table instead of frames. */
  readonly makesTable?: true;
  /** What its table comes to. */
  readonly headline?: string;
}

/** A workflow. */
export interface WorkflowStatus {
  /** Of its folder among the results. */
  readonly name: string;
  /** The workflow's file; of one that is found by its results, as it was named from the folder of the results. */
  readonly file: string;
  readonly instances: readonly InstanceStatus[];
  /** Why nobody knows its instances. */
  readonly problem?: string;
  /** Why nobody knows about its jobs. */
  readonly queueProblem?: string;
}
