/**
 * Runs a plan: here the runner meets workers, encoders and the machine.
 * @module
 */
import { predictors } from "../../models/catalog.ts";
import { unofficialWarning } from "../../models/weights/weights_file.ts";
import { encodeViews } from "../../runner/encode_views.ts";
import { copyReport } from "../../runner/copy_report.ts";
import { leftToOthers } from "./shards.ts";
import { runPlan } from "../../runner/run_plan.ts";
import { Stopper, type StopSignal } from "../../runner/signals.ts";
import { runInWorker } from "../../runner/worker.ts";
import type { RunEvent } from "../../store/events.ts";
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import { findInstanceIndex } from "../../store/instance_index.ts";
import type { LockHolder } from "../../store/lock.ts";
import type { MeanResiduals } from "../../store/residuals.ts";
import type { Registered } from "../../store/manifest.ts";
import { specifyInstance } from "../../versions/specify.ts";
import { type ComputeOptions, devicesOf, engineOptions, workersOf } from "../engine_options.ts";
import { checkpointSeconds } from "./checkpoint_seconds.ts";
import { describeMachine, describeProcess } from "./machine.ts";
import { describeLittleSpace } from "../plan/disk.ts";
import { keepSpeeds } from "../plan/timing.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { specified } from "../plan/specified.ts";
import { describeMadeOtherwise } from "./made_otherwise.ts";
import { prepareRunFolder } from "./prepare_run_folder.ts";
import { describeProvenance } from "./provenance.ts";
import { readyEngine } from "./ready_engine.ts";
import { requireUsableWeights } from "./require_weights.ts";
import { encodersOf, reportsOf, residualsIn, tableIn, type TableResult, videosOf } from "./results.ts";
import { requireSameEngine } from "./same_engine.ts";
import { otherRuns, requireWritable } from "../usable_folder.ts";
import { version } from "../version.ts";

const worker = new URL("instance_worker.ts", import.meta.url);

/** How the machine is to be used. What is left out of the engine is the workflow's `run:`, else the engine's choice. */
export interface RunOptions extends ComputeOptions {
  /** False: end instead of waiting when another process holds all that is left. */
  readonly wait?: boolean;
  /** Refuse results that another engine, version, machine or number of threads has computed, or begun. */
  readonly sameEngine?: boolean;
  /** Is told what happens: the records of `events.jsonl`. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends the run when its `stop` is called. */
  readonly stop?: Stopper;
  /** What was registered, for the record. */
  readonly frozen?: Registered;
  /** For the record. */
  readonly command?: readonly string[];
}

/** How a run ended. */
export interface WorkflowOutcome {
  /** 0 when all is there; 130, 143 or 75 when SIGINT, SIGTERM or SIGUSR1 stopped it. */
  readonly code: number;
  /** What stopped it. */
  readonly signal?: StopSignal;
  /** Instances that this run computed. */
  readonly computed: readonly string[];
  /** Playable files, by instance and ending: `videos.metamer.mp4`. */
  readonly videos: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of syntheses, by instance, term and layer: ||G - G'||^2 / ||G'||^2, mean over the frames. */
  readonly residuals: Readonly<Record<string, MeanResiduals>>;
  /** Tables and what they come to, by instance. */
  readonly tables: Readonly<Record<string, TableResult>>;
  /** Pages, by instance. */
  readonly reports: Readonly<Record<string, string>>;
  /** A picture of targets and results side by side; of a shard, when it is the last one that is done. */
  readonly contactSheet?: string;
  /** Of a shard that is done: instances of other shards that are not finished. */
  readonly left?: readonly string[];
}

/**
 * Makes what the plan says is not there yet. Throws WorkflowError, MissingError or RunError when a stage cannot be finished; what
 * was finished stays, and the next run goes on from there.
 */
export async function runWorkflow(plan: WorkflowPlan, options: RunOptions = {}): Promise<WorkflowOutcome> {
  const { loaded: { path, name, runs, workflow, digests }, instances, sharedOut = instances } = plan;
  const paths = workflowPaths(runs, name);
  await requireWritable(runs, otherRuns);
  const devices = devicesOf(options, plan.loaded);
  const { options: engine, note } = await readyEngine(plan, engineOptions(options, plan.loaded), devices);
  await requireUsableWeights(plan);
  const command = options.command ?? ["runWorkflow", path];
  const me = describeProcess(command);
  const stop = options.stop ?? new Stopper();
  if (options.sameEngine === true) await requireSameEngine(plan, engine, me);
  const madeOtherwise = await describeMadeOtherwise(plan, options);
  const damagedIndex = (await findInstanceIndex(paths.instances))?.problem;
  await prepareRunFolder(plan, me);
  // Asked at the beginning, for a render may take days and its workflow be edited meanwhile.
  const isAllThere = instances.every(({ status }) => status === "cached");
  const provenance = isAllThere ? undefined : await describeProvenance(path);
  const residuals: Record<string, MeanResiduals> = {};
  let contactSheet: string | undefined;
  let left: readonly string[] = [];
  const outcome = await runPlan(instances, {
    runs,
    log: paths.events,
    command,
    version,
    provenance: async ({ name, key }) => ({
      ...provenance ?? await describeProvenance(path),
      ...(options.frozen && { frozen: options.frozen }),
      specification: specifyInstance(specified(plan), name, instancePaths(runs, key).folder),
    }),
    ...(options.frozen && { frozen: options.frozen.hash }),
    me,
    machine: describeMachine(),
    equipment: {
      weights: plan.weights,
      offline: plan.offline,
      engine,
      checkpointEvery: checkpointSeconds(workflow.run),
    },
    warnings: [
      ...describeDamagedIndex(paths.instances, damagedIndex),
      ...unofficialModels(plan),
      ...describeLittleSpace(plan).map((text) => ({ code: "little_space", text })),
      ...(note === undefined ? [] : [{ code: "provider", text: note }]),
      ...madeOtherwise,
    ],
    wait: options.wait ?? true,
    workers: workersOf(options, plan.loaded),
    ...(devices && { devices }),
    stop,
    digests,
    doWork: (order, onEvent) => runInWorker(worker, order, onEvent),
    speeds: plan.timing.speeds,
    rememberSpeeds: (measured) => keepSpeeds(plan.loaded, engine, measured),
    async encodeViews(instance, reporter) {
      const views = { runs, workflow: name, me, signal: stop.abort };
      await encodeViews(instance, { ...views, encoders: encodersOf(instance) }, reporter);
      await copyReport(instance, { ...views, digests }, reporter);
      const found = await residualsIn(instance, runs);
      if (found !== undefined) residuals[instance.name] = found;
      reporter.about(instance)({
        type: "instance.ready",
        videos: Object.values(videosOf(instance, plan.loaded)),
        ...(found && { residuals: found }),
      });
    },
    async afterwards(report) {
      left = await leftToOthers(plan);
      if (left.length > 0) return;
      const { problem, path, made } = await tryContactSheet({ ...plan, instances: sharedOut }, me);
      if (problem !== undefined) report({ type: "warning", code: "no_contact_sheet", text: problem });
      if (path !== undefined && made === true) report({ type: "contact_sheet.made", path });
      contactSheet = path;
    },
    show: options.onEvent ?? (() => undefined),
  });
  const isDone = outcome.code === 0;
  return {
    ...outcome,
    videos: isDone ? resultsOf(plan) : {},
    residuals: isDone ? residuals : {},
    tables: isDone ? await tablesOf(plan) : {},
    reports: isDone ? reportsOf(plan) : {},
    ...(contactSheet && { contactSheet }),
    ...(isDone && plan.sharedOut && { left }),
  };
}

function resultsOf({ loaded, instances }: WorkflowPlan): WorkflowOutcome["videos"] {
  const made = instances.filter(({ section, artifact }) => section === "stages" && artifact.made === "video");
  return Object.fromEntries(made.map((instance) => [instance.name, videosOf(instance, loaded)]));
}

async function tablesOf({ loaded, instances }: WorkflowPlan): Promise<WorkflowOutcome["tables"]> {
  const tables: Record<string, TableResult> = {};
  for (const instance of instances) {
    const table = await tableIn(instance, loaded);
    if (table !== undefined) tables[instance.name] = table;
  }
  return tables;
}

/** No run fails for its contact sheet, whatever is wrong with it. */
async function tryContactSheet(
  plan: WorkflowPlan,
  me: LockHolder,
): Promise<{ readonly path?: string; readonly made?: boolean; readonly problem?: string }> {
  try {
    const { makeContactSheet } = await import("../contact_sheet/contact_sheet.ts");
    return await makeContactSheet(plan, me) ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    return { problem: `the contact sheet could not be made: ${reason}` };
  }
}

function describeDamagedIndex(path: string, problem: string | undefined) {
  if (problem === undefined) return [];
  const text =
    `${path} was damaged: ${problem}; it is written anew from the workflow and the links beside it`;
  return [{ code: "damaged_index", text }];
}

function unofficialModels({ instances }: WorkflowPlan): { readonly code: string; readonly text: string }[] {
  const models = new Map(instances.flatMap(({ models }) => models).map((model) => [model.name, model]));
  return [...models.values()].flatMap((model) => {
    const text = unofficialWarning(model.name, model, predictors.get(model.name)?.weights);
    return text === undefined ? [] : [{ code: "unofficial_weights", text }];
  });
}
