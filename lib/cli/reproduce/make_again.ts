/**
 * Makes recorded instances again, in a folder of results of their own.
 * @module
 */
import { dirname, join } from "node:path";
import { MissingError } from "../../errors.ts";
import type { EngineOptions } from "../../engines/engine.ts";
import { backendNames, engineNames, providerNames } from "../../engines/choices.ts";
import { type RunOutcome, runPlan } from "../../runner/run_plan.ts";
import type { Stopper } from "../../runner/signals.ts";
import { runInWorker } from "../../runner/worker.ts";
import { durableWrite, makeFolder } from "../../store/durable_write.ts";
import type { RunEvent } from "../../store/events.ts";
import { inspectInstance } from "../../store/instance_state.ts";
import { type InstancePaths, instancePaths, reproductionFolder } from "../../store/layout.ts";
import { readManifest } from "../../store/manifest.ts";
import { readBytesIfThere, sizeIfThere } from "../../store/presence.ts";
import type { Specification } from "../../store/specification.ts";
import { compareSpecifications, type Comparison, isEqual } from "../../versions/compare.ts";
import { specify } from "../../versions/specify.ts";
import { type LoadedWorkflow, loadWorkflowFrom } from "../load_workflow.ts";
import { type PlanOptions, planWorkflow, type WorkflowPlan } from "../plan/plan_workflow.ts";
import { specified } from "../plan/specified.ts";
import { checkpointSeconds } from "../run/checkpoint_seconds.ts";
import { describeMachine, describeProcess } from "../run/machine.ts";
import { describeProvenance } from "../run/provenance.ts";
import { readyEngine } from "../run/ready_engine.ts";
import { requireUsableWeights } from "../run/require_weights.ts";
import { otherRuns, requireWritable } from "../usable_folder.ts";
import { version } from "../version.ts";
import { type Recorded, requireClips } from "./recorded.ts";

const worker = new URL("../run/instance_worker.ts", import.meta.url);

/** How it is made again. What is left out of the engine is as it was recorded. */
export interface MakeAgainOptions
  extends EngineOptions, Pick<PlanOptions, "weights" | "offline" | "onDownload"> {
  readonly stop: Stopper;
  readonly command: readonly string[];
  readonly onEvent: (event: RunEvent) => void;
  /** Is told what there is to make, before it is made. */
  readonly onPlan: (plan: WorkflowPlan) => void;
}

/** What became of it. */
export type MadeAgain =
  | { readonly became: "changed"; readonly comparison: Comparison }
  | { readonly became: "made"; readonly place: string; readonly outcome: RunOutcome };

/**
 * Makes it again, unless what is here is not what was recorded. Throws MissingError for a clip or weights that are not here.
 */
export async function makeAgain(recorded: Recorded, options: MakeAgainOptions): Promise<MadeAgain> {
  await requireClips(recorded);
  const place = reproductionFolder(recorded.runs, recorded.name);
  const text = new TextEncoder().encode(JSON.stringify(recorded.specification.workflow, undefined, 2));
  const sources = { read: () => Promise.resolve(text), names: namesOf(recorded) };
  const loaded = await loadWorkflowFrom(sources, recorded.file, { out: place, name: "reproduction" });
  const only = recorded.instances.map(({ name }) => name);
  // One after the other, with the threads of the record.
  const planning = { ...options, fetchWeights: true, only, workers: 1 };
  const first = await plan(loaded, planning, recorded);
  const now = specify(specified(first), dirname(recorded.file));
  const comparison = compareSpecifications(recorded.specification, inOldStages(now, recorded));
  if (!isEqual(comparison)) return { became: "changed", comparison };

  await removeCompared(place);
  await requireWritable(place, otherRuns);
  await copyInputs(recorded, first, place);
  const second = await plan(loaded, planning, recorded);
  const { options: engine } = await readyEngine(second, engineAsRecorded(recorded, options));
  await requireUsableWeights(second);
  options.onPlan(second);
  return { became: "made", place, outcome: await run(second, recorded, { ...options, engine }) };
}

/** What was compared and kept is made anew; what was interrupted goes on. */
async function removeCompared(place: string): Promise<void> {
  if (await sizeIfThere(outcomePath(place)) !== undefined) await Deno.remove(place, { recursive: true });
}

/** Where the outcome of a comparison stands beside what was compared. */
export function outcomePath(place: string): string {
  return join(place, "reproduction.json");
}

async function plan(
  loaded: LoadedWorkflow,
  options: PlanOptions,
  { specification: { weights } }: Recorded,
): Promise<WorkflowPlan> {
  try {
    return await planWorkflow(loaded, options);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    const wanted = Object.entries(weights).map(([name, sha256]) => `\n  ${name} was sha256 ${sha256}`);
    throw new MissingError(error.message + wanted.join(""), { cause: error });
  }
}

/** What each instance was called, by its name in the recorded workflow. */
function namesOf({ specification: { instances } }: Recorded): ReadonlyMap<string, string> {
  return new Map(Object.entries(instances).map(([name, { written }]) => [written, name]));
}

/** The recorded workflow has no matrices: its instances belong to the stages that they were of. */
function inOldStages(now: Specification, { specification: recorded }: Recorded): Specification {
  const instances = Object.entries(now.instances).map((
    [name, instance],
  ) => [name, { ...instance, stage: recorded.instances[name]?.stage ?? instance.stage }]);
  return { ...now, instances: Object.fromEntries(instances) };
}

/** What is only read is taken from the recorded results where it is whole; it is copied, so that nothing can be written there. */
async function copyInputs(
  recorded: Recorded,
  { instances, loaded }: WorkflowPlan,
  place: string,
): Promise<void> {
  const wanted = new Set(recorded.instances.map(({ manifest }) => manifest.key));
  for (const { key, artifact } of instances.filter(({ key }) => !wanted.has(key))) {
    const from = instancePaths(recorded.runs, key);
    const frames = artifact.made === "video" ? artifact.video.frames : undefined;
    const { status } = await inspectInstance(from, frames, loaded.digests);
    if (status === "cached") await copyInstance(from, instancePaths(place, key));
  }
}

async function copyInstance(from: InstancePaths, to: InstancePaths): Promise<void> {
  const outputs = (await readManifest(from.manifest))?.outputs ?? [];
  await makeFolder(to.frames);
  // The manifest last: with it, the copy counts as finished.
  for (const path of [...outputs.map(({ path }) => path), "frames.jsonl", "instance.json", "manifest.json"]) {
    const bytes = await readBytesIfThere(join(from.folder, path));
    if (bytes === undefined) continue;
    await makeFolder(dirname(join(to.folder, path)));
    await durableWrite(join(to.folder, path), bytes);
  }
}

async function run(
  { loaded, instances, weights, offline, timing }: WorkflowPlan,
  recorded: Recorded,
  { command, stop, onEvent, engine }: Omit<MakeAgainOptions, "engine"> & { readonly engine: EngineOptions },
): Promise<RunOutcome> {
  return await runPlan(instances, {
    runs: loaded.runs,
    log: join(loaded.runs, "events.jsonl"),
    command,
    version,
    provenance: () => describeProvenance(recorded.file),
    me: describeProcess(command),
    machine: describeMachine(),
    equipment: {
      weights,
      offline,
      engine,
      checkpointEvery: checkpointSeconds(loaded.workflow.run),
    },
    wait: true,
    stop,
    digests: loaded.digests,
    doWork: (order, onEvent) => runInWorker(worker, order, onEvent),
    speeds: timing.speeds,
    // Nobody watches it: it is compared.
    encodeViews: () => Promise.resolve(),
    show: onEvent,
  });
}

/** The engine, its provider, threads and convolutions by which the recorded frames were made last, where nothing else is asked for. */
function engineAsRecorded({ instances }: Recorded, asked: EngineOptions): EngineOptions {
  const recorded = instances.flatMap(({ manifest }) => manifest.sessions).findLast(({ engine }) => engine)
    ?.engine;
  const name = engineNames.find((known) => known === recorded?.name);
  // What the engine hands the work to is recorded as one thing, whatever each calls it.
  const provider = name === "onnxruntime"
    ? providerNames.find((known) => known === recorded?.provider)
    : undefined;
  const backend = name === "tensorflow"
    ? backendNames.find((known) => known === recorded?.provider)
    : undefined;
  const isOwn = asked.engine === undefined || asked.engine === name;
  const {
    engine = name,
    provider: chosen = isOwn ? provider : undefined,
    backend: chosenBackend = isOwn ? backend : undefined,
    device,
    threads = recorded?.threads,
    exact = recorded && recorded.convolution === "direct",
  } = asked;
  return {
    ...(engine !== undefined && { engine }),
    ...(chosen !== undefined && { provider: chosen }),
    ...(chosenBackend !== undefined && { backend: chosenBackend }),
    ...(device !== undefined && { device }),
    ...(threads !== undefined && { threads }),
    ...(exact !== undefined && { exact }),
  };
}
