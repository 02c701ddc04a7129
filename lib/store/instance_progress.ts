/**
 * How far an instance is while a process may be at work on it: what its folder and its lock say. Reads only.
 * @module
 */
import { type EarlyEnds, earlyEndsOf } from "./early_ends.ts";
import { readLastEvents } from "./event_log.ts";
import { type RunEvent, type Warning, warningsIn } from "./events.ts";
import { type FinishedFrame, readFrameRecords } from "./frame_records.ts";
import { type InstancePaths, remakePaths } from "./layout.ts";
import { findHolder, type LockHolder } from "./lock.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { remakeAskedBy } from "./remake.ts";
import { type Drift, driftOf, type MeanResiduals, meansOf, residualsOf } from "./residuals.ts";
import { hasState } from "./saved_states.ts";

/** What is going on with an instance. */
export interface InstanceProgress {
  /** begun: some of it is there, and nobody is at work. failed: as begun, for a reason that was reported. */
  readonly state: "done" | "in progress" | "begun" | "failed" | "waiting";
  readonly finishedFrames: number;
  /** Undefined when nothing says how many frames are wanted. */
  readonly wantedFrames?: number;
  readonly heldBy?: LockHolder | "somebody";
  /** Until it is finished, as the process at work last said, less what passed since. */
  readonly secondsLeft?: number;
  /** Until all of that process's run is finished, in the same way. */
  readonly runSecondsLeft?: number;
  /** Where the process at work is: frame, octave, iteration. */
  readonly at?: Extract<RunEvent, { type: "iteration" }>;
  /** Means over the frames that are finished. */
  readonly residuals?: MeanResiduals;
  /** How the first and the last of those differ. */
  readonly drift?: Drift;
  /** How many iterations the finished frames took, where rules ended octaves early. */
  readonly early?: EarlyEnds;
  /** Given when it is to be made again by `--force`: so many frames of the new result are there, whoever is at work. */
  readonly remade?: number;
  /** Where it was when it was stopped: the last iteration that was told. */
  readonly stoppedAt?: Extract<RunEvent, { type: "iteration" }>;
  /** Why it failed. */
  readonly failure?: string;
  /** Of a finished instance all that its manifest has, else those of late. */
  readonly warnings?: readonly Warning[];
}

/**
 * Looks at an instance's folder.
 * @param wanted how many frames it is to have; left out: as many as its manifest or its last run says
 */
export async function readProgress(
  paths: InstancePaths,
  { host, wanted, now = Date.now() }: {
    readonly host: string;
    readonly wanted?: number | undefined;
    readonly now?: number;
  },
): Promise<InstanceProgress> {
  const holder = await findHolder(paths.lock, host);
  const remake = await remakeInProgress(paths);
  // Who is at work on a new result is followed there; everybody else has what is there.
  const place = holder !== undefined && remake?.isLatest ? remake.paths : paths;
  const [events, records, manifest] = await Promise.all([
    readLastEvents(place.events),
    readFrameRecords(place.frameRecords),
    readManifest(place.manifest),
  ]);
  const finishedFrames = countInOrder(records);
  const lastFrame = events.findLast((event) => event.type === "frame.finished");
  const wantedFrames = wanted ?? (holder === undefined ? manifest?.video?.frames : undefined) ??
    lastFrame?.of;
  const failed = events.findLast(({ type }) => type === "instance.failed" || type === "instance.started");
  const begun = records.size > 0 || await hasState(place);
  const isDone = manifest !== undefined && (manifest.video?.frames ?? 0) >= (wanted ?? 0);
  const output = [...records.values()].filter(({ frame }) =>
    frame >= 0 && frame < (wantedFrames ?? Infinity)
  );
  const residuals = residualsSoFar(manifest, output);
  const drift = driftOf(output);
  const early = earlyEndsOf(output);
  const warnings = manifest?.warnings ?? warningsIn(events);
  const common = {
    finishedFrames: wantedFrames === undefined ? finishedFrames : Math.min(finishedFrames, wantedFrames),
    ...(wantedFrames !== undefined && { wantedFrames }),
    ...(residuals && { residuals }),
    ...(Object.keys(drift).length > 0 && { drift }),
    ...(early && { early }),
    ...(remake && { remade: remake.finishedFrames }),
    ...(warnings.length > 0 && { warnings }),
  };
  const last = events.findLast(({ type }) => type === "iteration" || type === "frame.finished");
  const at = last?.type === "iteration" ? last : undefined;
  if (holder !== undefined) {
    const { own, run } = timeLeft(last, now);
    return {
      ...common,
      state: "in progress",
      heldBy: holder,
      ...(own !== undefined && { secondsLeft: own }),
      ...(run !== undefined && { runSecondsLeft: run }),
      ...(at && { at }),
    };
  }
  if (isDone) return { ...common, state: "done" };
  const stopped = { ...common, ...(at && { stoppedAt: at }) };
  if (failed?.type === "instance.failed") return { ...stopped, state: "failed", failure: failed.text };
  return { ...stopped, state: begun ? "begun" : "waiting" };
}

/** A result that is to take the place of the one that is there; undefined where nobody has asked for it. */
async function remakeInProgress(paths: InstancePaths) {
  if ((await remakeAskedBy(paths)).length === 0) return undefined;
  const again = remakePaths(paths);
  const [records, now, before] = await Promise.all([
    readFrameRecords(again.frameRecords),
    readLastEvents(again.events),
    readLastEvents(paths.events),
  ]);
  const isLatest = (now.at(-1)?.at ?? "") > (before.at(-1)?.at ?? "");
  return { paths: again, finishedFrames: countInOrder(records), isLatest };
}

function countInOrder(records: ReadonlyMap<number, FinishedFrame>): number {
  let count = 0;
  while (records.has(count)) count++;
  return count;
}

function residualsSoFar(
  manifest: Manifest | undefined,
  output: readonly FinishedFrame[],
): MeanResiduals | undefined {
  const residuals = residualsOf(output) ?? manifest?.residuals;
  return residuals && meansOf(residuals);
}

/** In seconds, of the instance and of the run. */
function timeLeft(
  event: RunEvent | undefined,
  now: number,
): { readonly own?: number; readonly run?: number } {
  if (event?.type !== "iteration" && event?.type !== "frame.finished") return {};
  const { eta_seconds: own, run_eta_seconds: run = own } = event;
  if (own === undefined || run === undefined) return {};
  const passed = (now - Date.parse(event.at)) / 1000;
  return { own: Math.max(0, own - passed), run: Math.max(0, run - passed) };
}
