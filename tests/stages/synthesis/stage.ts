/**
 * The kind `synthesis` without a runner, with models that can be computed by hand.
 */
import type { Engine, EngineOptions } from "../../../lib/engines/engine.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import type { Size } from "../../../lib/frames/frame.ts";
import type { ModelSource } from "../../../lib/models/stream_model.ts";
import type { StageContext } from "../../../lib/plan/stage_kind.ts";
import { type CheckpointTimes, createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { allTargets, colorRole, startRole } from "../../../lib/stages/synthesis/roles.ts";
import { runSynthesis } from "../../../lib/stages/synthesis/run.ts";
import type { EventBody, StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import type { FrameColor, SynthesisSettings } from "../../../lib/synthesis/settings.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import { tinyModels, tinyStreams } from "../../synthesis/tiny_models.ts";
import { noPredictor } from "../../models/no_predictor.ts";

export const size: Size = { height: 16, width: 20 };

/** Both textures of one clip, two padding frames, one octave of two iterations. */
export const settings: SynthesisSettings = {
  streams: tinyStreams,
  targets: {
    spatial_texture: {
      weight: 1,
      layers: "default",
      targets: [{ video: "clip", share: 1, length: "strict" }],
    },
    temporal_texture: {
      weight: 1,
      layers: "default",
      targets: [{ video: "clip", share: 1, length: "strict" }],
    },
  },
  octaves: [{ octave: 0, scale: 1.5, iterations: 2, learning_rate: 0.01, total_variation: 0.1 }],
  blend: 0.95,
  padding: { frames: 2, order: "mirrored" },
  start_from: "noise",
  color_transfer: { video: "clip", variant: "pdf" },
  balance: "initial",
  normalization: "reference",
  resample: "original",
  optimizer: { name: "descent", normalize_gradient: true },
  seed: 1,
};

/** The paths of the instance that `run` fills. */
export function instanceOf(runs: string): ReturnType<typeof instancePaths> {
  return instancePaths(runs, "synthesis-1");
}

/** A clip of 8-bit noise; `read` is told of each frame that is read. */
export function clip(
  frames: number,
  read: (index: number) => void = () => {},
  { height, width } = size,
): FrameSource {
  return {
    frames,
    frame(index) {
      if (index < 0 || index >= frames) throw new Error(`the clip has no frame ${index}`);
      read(index);
      const frame = uniformNoise({ seed: 77, frame: index, purpose: "generated" }, height, width);
      return Promise.resolve({ shape: [height, width, 3], data: frameToBytes(frame) });
    },
  };
}

/** What a run did. */
export interface Outcome {
  /** The stored output frames. */
  readonly frames: readonly (Float32Array | Uint8Array)[];
  readonly events: readonly StageEvent[];
  /** The checkpoints. */
  readonly saved: readonly EventBody[];
  /** Numbers of the frames that were made by transitions. */
  readonly made: readonly number[];
  /** Frames read of each input, in order. */
  readonly read: Readonly<Record<string, readonly number[]>>;
  readonly openedEngine: boolean;
}

/** What may be chosen of a run. */
export interface RunOptions {
  readonly settings?: SynthesisSettings;
  readonly frames?: number;
  readonly color?: FrameColor;
  readonly inputs?: Readonly<Record<string, FrameSource>>;
  /** Of what is made. */
  readonly made?: Size;
  readonly models?: ModelSource;
  readonly engine?: EngineOptions;
  readonly stopAfter?: number;
  readonly watch?: (engine: Engine) => Engine;
  readonly checkpoints?: CheckpointTimes;
  /** Is told of the stage's events as they come; what it throws ends the run, as a kill would. */
  readonly onEvent?: (event: StageEvent) => void;
}

/** Runs the stage on clips of eight frames, or on the inputs given; stops after so many iterations. */
export async function run(
  runs: string,
  {
    settings: chosen = settings,
    frames = 3,
    color = "rgb",
    inputs = {},
    made = size,
    models = tinyModels,
    engine: engineOptions = { engine: "reference" },
    stopAfter = Infinity,
    watch,
    checkpoints = { every: 0 },
    onEvent,
  }: RunOptions = {},
): Promise<Outcome> {
  const events: StageEvent[] = [];
  const saved: EventBody[] = [];
  const read: Record<string, number[]> = {};
  const roles = [...allTargets(chosen).map(({ role }) => role), colorRole, startRole];
  const clips = Object.fromEntries(
    roles.map((role) => [role, clip(8, (index) => (read[role] ??= []).push(index))]),
  );
  let openedEngine = false;
  await using engine: Engine = await openEngine(engineOptions);
  using store = await openInstanceFolder(instanceOf(runs), {
    engine: () => engine.identity,
    onDamage: () => {},
  });
  const context: StageContext = {
    artifact: { made: "video", video: { ...made, frames, fps: "25/1", ...(color === "gray" && { color }) } },
    facts: { videos: {}, models: {} },
    folder: runs,
    inputs: { ...clips, ...inputs },
    store,
    checkpoints: createCheckpoints(store, (event) => void saved.push(event), checkpoints),
    models: { ...noPredictor, open: (name) => models.open(name) },
    engine() {
      openedEngine = true;
      return Promise.resolve(watch?.(engine) ?? engine);
    },
    emit(event) {
      events.push(event);
      onEvent?.(event);
    },
    finished: () => Promise.reject(new Error("no stage reads records here")),
    stopRequested: () => events.filter(({ type }) => type === "iteration").length >= stopAfter,
  };
  await runSynthesis(chosen, context);
  const stored = Array.from({ length: await store.finishedFrames(0) }, (_, index) => store.readFrame(index));
  return {
    frames: (await Promise.all(stored)).map(({ data }) => data),
    events,
    saved,
    made: events.flatMap((event) => event.type === "frame.finished" ? [event.frame] : []),
    read,
    openedEngine,
  };
}
