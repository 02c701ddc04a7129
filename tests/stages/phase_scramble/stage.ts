/**
 * The kind `phase_scramble` without a runner.
 */
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import type { Frame, Size } from "../../../lib/frames/frame.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import type { Facts, StageContext, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { runPhaseScramble } from "../../../lib/stages/phase_scramble/run.ts";
import { colorRole, phaseScrambleSchema } from "../../../lib/stages/phase_scramble/schema.ts";
import type { StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { noPredictor } from "../../models/no_predictor.ts";

export const size: Size = { height: 11, width: 14 };

/** Frame `time` of the clip that is scrambled: noise, brighter to the right. */
export function clipFrame(time: number, { height, width } = size): Frame {
  const { data } = uniformNoise({ seed: 77, frame: time, purpose: "generated" }, height, width);
  return { height, width, data: data.map((value, i) => 0.4 * value + 0.6 * (i % (3 * width)) / (3 * width)) };
}

/** The same in 8 bits, as the store has it. */
export function clip(frames: number, frameAt: (time: number) => Frame = clipFrame): FrameSource {
  return {
    frames,
    frame(time) {
      if (time < 0 || time >= frames) throw new Error(`the clip has no frame ${time}`);
      const frame = frameAt(time);
      return Promise.resolve({ shape: [frame.height, frame.width, 3], data: frameToBytes(frame) });
    },
  };
}

/** What may be chosen of a run. */
export interface RunOptions {
  readonly frames?: number;
  readonly color?: VideoFacts["color"];
  readonly source?: FrameSource;
  /** Is told of the stage's events as they come; what it throws ends the run, as a kill would. */
  readonly onEvent?: (event: StageEvent) => void;
  readonly stopRequested?: () => boolean;
}

/** Runs the stage; `settings` as they stand in YAML. Resolves to the frames that are stored, and what was reported. */
export async function run(
  runs: string,
  settings: Readonly<Record<string, unknown>>,
  { frames = 5, color, source = clip(frames), onEvent, stopRequested = () => false }: RunOptions = {},
): Promise<{ readonly frames: readonly Frame[]; readonly events: readonly StageEvent[] }> {
  const events: StageEvent[] = [];
  const video: VideoFacts = { ...size, frames, fps: "25/1", ...(color !== undefined && { color }) };
  const facts: Facts = { videos: { video, [colorRole]: video }, models: {} };
  using store = await openInstanceFolder(instancePaths(runs, "phase_scramble-1"), {
    engine: () => undefined,
    onDamage: () => {},
  });
  const context: StageContext = {
    artifact: { made: "video", video },
    facts,
    folder: runs,
    inputs: { video: source, [colorRole]: source },
    store,
    checkpoints: createCheckpoints(store, () => {}, { every: 0 }),
    finished: () => Promise.reject(new Error("no records")),
    models: { ...noPredictor, open: () => Promise.reject(new Error("no model is needed")) },
    engine: () => Promise.reject(new Error("no engine is needed")),
    emit(event) {
      events.push(event);
      onEvent?.(event);
    },
    stopRequested,
  };
  await runPhaseScramble(phaseScrambleSchema.parse({ video: "clip", ...settings }), context);
  const stored = Array.from({ length: await store.finishedFrames(0) }, (_, time) => store.readFrame(time));
  return {
    frames: (await Promise.all(stored)).map(({ shape: [height = 0, width = 0], data }) => {
      if (data instanceof Uint8Array) throw new Error("8 bits are stored");
      return { height, width, data };
    }),
    events,
  };
}
