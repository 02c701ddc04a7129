/**
 * Kinds that make a video of others, without a runner.
 */
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import type { Facts, StageContext, StageKind, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import type { EventBody, StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { FrameSource, StoredArray } from "../../../lib/store/stage_store.ts";
import { noiseClip } from "../../controls/clips.ts";
import { noPredictor } from "../../models/no_predictor.ts";

/** A video, stored in 8 bits as decoded clips are, or in float32. */
export interface TestVideo {
  readonly source: FrameSource;
  readonly facts: VideoFacts;
}

/** Noise. */
export function video(
  { height = 9, width = 12, frames = 5, seed = 1, stored = "uint8", ...facts }: Partial<VideoFacts> & {
    readonly seed?: number;
    readonly stored?: "uint8" | "float32";
  } = {},
): TestVideo {
  const gray = facts.color === "gray";
  const clip = noiseClip({ height, width, frames, seed, range: [0.1 * seed, 0.6 + 0.1 * seed], gray });
  const shape = [height, width, 3];
  const data = (frame: Frame) => stored === "uint8" ? frameToBytes(frame) : frame.data;
  return {
    source: { frames, frame: (time) => Promise.resolve({ shape, data: data(clip[time]!) }) },
    facts: { height, width, frames, fps: "25/1", ...facts },
  };
}

/** What a run left. */
export interface Outcome {
  readonly frames: readonly StoredArray[];
  readonly events: readonly StageEvent[];
  readonly saved: readonly EventBody[];
}

/**
 * Runs a kind on videos by role.
 * @param stopAfter how often the stage may ask whether it should stop
 */
export async function run<Settings>(
  kind: StageKind<Settings>,
  runs: string,
  videos: Readonly<Record<string, TestVideo>>,
  written: Readonly<Record<string, unknown>>,
  { stopAfter = Infinity, names = {} }: {
    readonly stopAfter?: number;
    readonly names?: Readonly<Record<string, string>>;
  } = {},
): Promise<Outcome> {
  const settings = kind.schema.parse(written);
  const facts: Facts = {
    videos: Object.fromEntries(Object.entries(videos).map(([role, { facts }]) => [role, facts])),
    models: {},
    names,
  };
  const problems: string[] = [];
  kind.check(settings, facts, (path, { code }) => void problems.push(`${path.join(".")} ${code}`));
  if (problems.length > 0) throw new Error(problems.join());
  const events: StageEvent[] = [];
  const saved: EventBody[] = [];
  let asked = 0;
  const none = () => {
    throw new Error("a control needs no engine and no model");
  };
  using store = await openInstanceFolder(instancePaths(runs, `${kind.name}-1`), {
    engine: () => undefined,
    onDamage: () => {},
  });
  const context: StageContext = {
    artifact: kind.makes(settings, facts),
    facts,
    folder: runs,
    inputs: Object.fromEntries(Object.entries(videos).map(([role, { source }]) => [role, source])),
    store,
    checkpoints: createCheckpoints(store, (event) => void saved.push(event), { every: 0 }),
    finished: () => Promise.reject(new Error("no records")),
    models: { ...noPredictor, open: none },
    engine: none,
    emit: (event) => void events.push(event),
    stopRequested: () => asked++ >= stopAfter,
  };
  const work = await kind.load();
  await work(settings, context);
  const frames: StoredArray[] = [];
  for (let index = 0; index < await store.finishedFrames(0); index++) {
    frames.push(await store.readFrame(index));
  }
  return { frames, events, saved };
}
