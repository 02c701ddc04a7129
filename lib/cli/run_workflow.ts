/**
 * Runs a plan: here the runner meets workers, encoders and the machine.
 * @module
 */
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { unofficialWarning } from "../models/weights/weights_file.ts";
import { type Encoders, encodeViews, removeOutdatedViews, viewPath } from "../runner/encode_views.ts";
import { runPlan } from "../runner/run_plan.ts";
import { Stopper, type StopSignal } from "../runner/signals.ts";
import { runInWorker } from "../runner/worker.ts";
import type { RunEvent } from "../store/events.ts";
import { workflowPaths } from "../store/layout.ts";
import { writeRunFolder } from "../store/run_folder.ts";
import { resolvedYaml } from "../workflow/resolved.ts";
import { encoders } from "./encoders.ts";
import { describeMachine, describeProcess } from "./machine.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";
import { describeProvenance } from "./provenance.ts";
import { version } from "./version.ts";

const worker = new URL("instance_worker.ts", import.meta.url);

/** How the machine is to be used. */
export interface RunOptions {
  /** What computes; left out: the workflow's `run.engine`, else ONNX Runtime. */
  readonly engine?: "onnxruntime" | "reference";
  /** Threads of the engine; left out: the workflow's `run.threads`, else the engine's choice. */
  readonly threads?: number;
  /** False: end instead of waiting when another process holds all that is left. */
  readonly wait?: boolean;
  /** Is told what happens: the records of `events.jsonl`. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends the run when its `stop` is called. */
  readonly stop?: Stopper;
  /** For the record. */
  readonly command?: readonly string[];
}

/** How a run ended. */
export interface WorkflowOutcome {
  /** 0 when all is there; 130 or 143 when a signal stopped it. */
  readonly code: number;
  /** What stopped it. */
  readonly signal?: StopSignal;
  /** Instances that this run computed. */
  readonly computed: readonly string[];
  /** Playable files, by instance and ending: `videos.metamer.mp4`. */
  readonly videos: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Makes what the plan says is not there yet. Throws WorkflowError, MissingError or RunError when a stage cannot be finished; what
 * was finished stays, and the next run goes on from there.
 */
export async function runWorkflow(plan: WorkflowPlan, options: RunOptions = {}): Promise<WorkflowOutcome> {
  const { loaded: { path, name, runs, workflow, digests, findings }, instances } = plan;
  const paths = workflowPaths(runs, name);
  const text = await Deno.readTextFile(path);
  const resolved = resolvedYaml(workflow, paths.folder);
  await removeOutdatedViews(instances, { runs, workflow: name, encoders });
  await writeRunFolder(runs, {
    name,
    file: path,
    text,
    resolved,
    instances,
    others: workflow.instances.map(({ name }) => name),
  });
  await findings.save();

  const command = options.command ?? ["runWorkflow", path];
  const me = describeProcess(command);
  const engine = options.engine ?? workflow.run.engine;
  const threads = options.threads ?? workflow.run.threads;
  // Asked at the beginning, for a render may take days and its workflow be edited meanwhile.
  const isAllThere = instances.every(({ status }) => status === "cached");
  const provenance = isAllThere ? undefined : await describeProvenance(path);
  const outcome = await runPlan(instances, {
    runs,
    log: paths.events,
    command,
    version,
    provenance: async () => provenance ?? await describeProvenance(path),
    me,
    machine: describeMachine(),
    equipment: {
      weights: plan.weights,
      offline: plan.offline,
      ...(engine !== undefined && { engine }),
      ...(threads !== undefined && { threads }),
    },
    warnings: unofficialModels(plan),
    wait: options.wait ?? true,
    stop: options.stop ?? new Stopper(),
    digests,
    doWork: (order, onEvent) => runInWorker(worker, order, onEvent),
    encodeViews: (instance, reporter) =>
      encodeViews(instance, { runs, workflow: name, encoders: encodersOf(instance), me }, reporter),
    show: options.onEvent ?? (() => undefined),
  });
  return { ...outcome, videos: outcome.code === 0 ? videosOf(plan) : {} };
}

/** A clip is there to be looked at beside what was made of it; the lossless file of it is the user's own. */
function encodersOf({ section }: PlannedInstance): Encoders {
  const { mp4 } = encoders;
  return section === "videos" && mp4 !== undefined ? { mp4 } : encoders;
}

function videosOf({ loaded: { name, runs }, instances }: WorkflowPlan): WorkflowOutcome["videos"] {
  const made = instances.filter(({ section, artifact }) => section === "stages" && artifact.made === "video");
  return Object.fromEntries(made.map((instance) => {
    const paths = Object.keys(encoders).map((
      ending,
    ) => [ending, viewPath(runs, name, instance.name, ending)]);
    return [instance.name, Object.fromEntries(paths)];
  }));
}

function unofficialModels({ instances }: WorkflowPlan): { readonly code: string; readonly text: string }[] {
  const models = new Map(instances.flatMap(({ models }) => models).map((model) => [model.name, model]));
  return [...models.values()].flatMap((model) => {
    const text = unofficialWarning(model.name, model);
    return text === undefined ? [] : [{ code: "unofficial_weights", text }];
  });
}
