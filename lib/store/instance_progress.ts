/**
 * How far an instance is while a process may be at work on it: what its folder and its lock say. Reads only.
 * @module
 */
import { type EarlyEnds, earlyEndsOf } from "./early_ends.ts";
import { readLastEvents } from "./event_log.ts";
import { type RunEvent, type Warning, warningsIn } from "./events.ts";
import { type FinishedFrame, readFrameRecords } from "./frame_records.ts";
import type { InstancePaths } from "./layout.ts";
import { findHolder, type LockHolder } from "./lock.ts";
import { type Manifest, readManifest } from "./manifest.ts";
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
  /** Where the process at work is: frame, octave, iteration. */
  readonly at?: Extract<RunEvent, { type: "iteration" }>;
  /** Means over the frames that are finished. */
  readonly residuals?: MeanResiduals;
  /** How the first and the last of those differ. */
  readonly drift?: Drift;
  /** How many iterations the finished frames took, where rules ended octaves early. */
  readonly early?: EarlyEnds;
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
  const [holder, events, records, manifest] = await Promise.all([
    findHolder(paths.lock, host),
    readLastEvents(paths.events),
    readFrameRecords(paths.frameRecords),
    readManifest(paths.manifest),
  ]);
  const finishedFrames = countInOrder(records);
  const lastFrame = events.findLast((event) => event.type === "frame.finished");
  const wantedFrames = wanted ?? (holder === undefined ? manifest?.video?.frames : undefined) ??
    lastFrame?.of;
  const failed = events.findLast(({ type }) => type === "instance.failed" || type === "instance.started");
  const begun = records.size > 0 || await hasState(paths);
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
    ...(warnings.length > 0 && { warnings }),
  };
  if (holder !== undefined) {
    const last = events.findLast(({ type }) => type === "iteration" || type === "frame.finished");
    const secondsLeft = timeLeft(last, now);
    const at = last?.type === "iteration" ? last : undefined;
    return {
      ...common,
      state: "in progress",
      heldBy: holder,
      ...(secondsLeft !== undefined && { secondsLeft }),
      ...(at && { at }),
    };
  }
  if (isDone) return { ...common, state: "done" };
  if (failed?.type === "instance.failed") return { ...common, state: "failed", failure: failed.text };
  return { ...common, state: begun ? "begun" : "waiting" };
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

function timeLeft(event: RunEvent | undefined, now: number): number | undefined {
  if (event?.type !== "iteration" && event?.type !== "frame.finished") return undefined;
  if (event.eta_seconds === undefined) return undefined;
  return Math.max(0, event.eta_seconds - (now - Date.parse(event.at)) / 1000);
}
