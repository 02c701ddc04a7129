/**
 * One instance, from the free lock to the manifest.
 * @module
 */
import { ProgramError, RunError } from "../errors.ts";
import type { Measurement } from "../plan/estimate.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { Digests } from "../store/digests.ts";
import { makeFolder } from "../store/durable_write.ts";
import { openEventLog, readEvents } from "../store/event_log.ts";
import type { EngineIdentityRecord, EventBody, Machine } from "../store/events.ts";
import { type FinishedFrame, readFrameRecords } from "../store/frame_records.ts";
import { inspectInstance } from "../store/instance_state.ts";
import { type InstancePaths, instancePaths, remakePaths } from "../store/layout.ts";
import { type HeldLock, type LockHolder, tryLock } from "../store/lock.ts";
import { writeManifest } from "../store/manifest.ts";
import { findResultFiles, removeResultFiles } from "../store/result_files.ts";
import { remakeAskedBy, replaceByRemake } from "../store/remake.ts";
import { meansOf } from "../store/residuals.ts";
import { removeStates } from "../store/saved_states.ts";
import { DamagedFrame } from "../store/stored_frame.ts";
import { composeManifest, type Provenance } from "./compose_manifest.ts";
import { writeKeyRecord } from "./key_record.ts";
import { recoverRecords } from "./recover_records.ts";
import { putInPlace, requireNoMoreFrames } from "./remake.ts";
import { type Report, type Reporter, reportFailure } from "./reporter.ts";
import { isStopped, type StopRequest } from "./signals.ts";
import { createTimeTeller, type TimeKnown } from "./time_left.ts";
import { type Equipment, orderFor, type WorkOrder } from "./work_order.ts";

/** Runs a stage's work elsewhere: `runInWorker` with its module, or a stand-in. */
export type DoWork = (order: WorkOrder, onEvent: (event: EventBody) => void) => Promise<void>;

/** What instances of one run have in common. */
export interface InstanceRun extends TimeKnown {
  readonly runs: string;
  readonly version: string;
  /** Asked when an instance was computed. */
  readonly provenance: (instance: PlannedInstance) => Promise<Omit<Provenance, "version">>;
  readonly me: LockHolder;
  readonly machine: Machine;
  readonly equipment: Equipment;
  readonly stop: StopRequest;
  readonly digests: Digests;
  readonly reporter: Reporter;
  readonly doWork: DoWork;
  /** Takes what was measured of this machine's speed. */
  readonly rememberSpeeds?: (measured: readonly Measurement[]) => Promise<void>;
}

/** What became of the attempt. */
export type InstanceOutcome =
  | { readonly became: "finished"; readonly computed: boolean }
  | { readonly became: "stopped" }
  | { readonly became: "held"; readonly by: LockHolder | undefined };

/** Frames that an instance is to have; undefined when it makes no video. */
export function wantedFrames({ artifact }: PlannedInstance): number | undefined {
  return artifact.made === "video" ? artifact.video.frames : undefined;
}

/**
 * Takes the instance's lock if it is free, computes what is missing, and writes the manifest.
 * Throws what the stage throws, after it was reported; DamagedFrame is not, for it may be mended.
 */
export async function runInstance(instance: PlannedInstance, run: InstanceRun): Promise<InstanceOutcome> {
  const place = instancePaths(run.runs, instance.key);
  const attempt = await tryLock(place.lock, run.me);
  if (!("lock" in attempt)) return { became: "held", by: attempt.heldBy };
  await using lock = attempt.lock;

  await replaceByRemake(place);
  // Another process may have made it again since it was planned.
  const isRemake = instance.remake !== undefined && (await remakeAskedBy(place)).length > 0;
  const paths = isRemake ? remakePaths(place) : place;

  // Another process may have finished it since it was planned.
  const state = await inspectInstance(paths, wantedFrames(instance), run.digests);
  if (state.status === "cached") return { became: "finished", computed: false };

  await makeFolder(paths.folder);
  using log = await openEventLog(paths.events);
  const report = run.reporter.about(instance, log);
  try {
    if (state.damaged.length > 0) await Deno.remove(paths.manifest);
    // Frames are checked, and their damage reported, by the worker that computes them again.
    for (const damage of state.damaged.filter(({ path }) => !path.startsWith("frames/"))) {
      report({ type: "damaged", ...damage, action: "made again" });
    }
    if (isRemake) await requireNoMoreFrames(instance, place, wantedFrames(instance), run.digests);
    const outcome = await compute(instance, run, { paths, lock, isRemake }, report);
    if (isRemake && outcome.became === "finished") await putInPlace(instance, run.runs, report);
    return outcome;
  } catch (error) {
    // Ctrl-C reaches ffmpeg as well, and the stage that waits for it fails: that is still a stop.
    if (isStopped(run.stop.flag) && error instanceof ProgramError) return { became: "stopped" };
    if (!(error instanceof DamagedFrame)) reportFailure(report, error);
    throw error;
  }
}

async function compute(
  instance: PlannedInstance,
  run: InstanceRun,
  { paths, lock, isRemake }: {
    readonly paths: InstancePaths;
    readonly lock: HeldLock;
    readonly isRemake: boolean;
  },
  report: Report,
): Promise<InstanceOutcome> {
  const started = performance.now();
  await writeKeyRecord(paths, instance);
  const { made } = instance.artifact;
  if (made !== "video") await removeResultFiles(paths.folder, made);
  report({ type: "instance.started", ...run.machine, ...(isRemake && { forced: true }) });
  await recoverRecords(paths, report);
  const before = await readFrameRecords(paths.frameRecords);

  const frames = wantedFrames(instance) ?? 0;
  const time = createTimeTeller(instance, run);
  await run.doWork(orderFor(instance, run, isRemake), (event) => {
    lock.requireHeld();
    report(time.withTimeLeft(event));
    if (event.type === "engine.opened") reportChangedEngine(event.engine, before, report);
  });
  await rememberSpeeds(run, time.measured());

  const seconds = (performance.now() - started) / 1000;
  const records = await finishedInOrder(paths, frames);
  const files = made === "video" ? undefined : await findResultFiles(paths.folder, made);
  if (records.length < frames || (made !== "video" && files === undefined)) {
    if (isStopped(run.stop.flag)) return { became: "stopped" };
    throw new Error(
      made !== "video"
        ? `${instance.name}: the stage returned without its ${made}`
        : `${instance.name}: the stage returned with ${records.length} of ${frames} frames finished`,
    );
  }
  const events = await readEvents(paths.events);
  const provenance = { version: run.version, ...await run.provenance(instance) };
  const manifest = composeManifest(instance, records, events, provenance, files && { files, seconds });
  lock.requireHeld();
  await writeManifest(paths.manifest, manifest);
  await removeStates(paths);
  report({
    type: "instance.finished",
    seconds: (performance.now() - started) / 1000,
    ...(manifest.residuals && { residuals: meansOf(manifest.residuals) }),
  });
  return { became: "finished", computed: true };
}

/** They are only a memory: that there is no room for it is no reason to fail. */
async function rememberSpeeds(run: InstanceRun, measured: readonly Measurement[]): Promise<void> {
  try {
    await run.rememberSpeeds?.(measured);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
  }
}

/** Frames 0, 1, 2 ... up to the first that is not finished. */
async function finishedInOrder(paths: InstancePaths, frames: number): Promise<FinishedFrame[]> {
  const records = await readFrameRecords(paths.frameRecords);
  const inOrder: FinishedFrame[] = [];
  for (let index = 0; index < frames; index++) {
    const record = records.get(index);
    if (record === undefined) break;
    inOrder.push(record);
  }
  return inOrder;
}

function reportChangedEngine(
  engine: EngineIdentityRecord,
  before: ReadonlyMap<number, FinishedFrame>,
  report: Report,
): void {
  const last = Math.max(...before.keys());
  const earlier = before.get(last)?.engine;
  if (earlier === undefined) return;
  const [from, to] = [describeEngine(earlier), describeEngine(engine)];
  if (from !== to) report({ type: "engine.changed", from, to, frame: last + 1 });
}

function describeEngine(
  { name, version, provider, device, precision, threads, convolution, arithmetic }: EngineIdentityRecord,
): string {
  return `${name} ${version}, ${provider} on ${device}, ${precision}, ${threads} threads, ` +
    `${convolution} convolutions, arithmetic ${arithmetic}`;
}
