/**
 * A synthesis of clips in which there is little or nothing to see, quick enough to try every combination of settings.
 */
import type { Engine } from "../../../lib/engines/engine.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import type { ModelSource } from "../../../lib/models/stream_model.ts";
import type { StageContext } from "../../../lib/plan/stage_kind.ts";
import { runSynthesis } from "../../../lib/stages/synthesis/run.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import type { StageEvent } from "../../../lib/store/events.ts";
import type { FrameSource, StageStore, StoredArray } from "../../../lib/store/stage_store.ts";
import type { SynthesisSettings } from "../../../lib/synthesis/settings.ts";
import { allTargets, colorRole, startRole } from "../../../lib/stages/synthesis/roles.ts";
import { settings } from "./stage.ts";
import { noPredictor } from "../../models/no_predictor.ts";

const size = { height: 24, width: 26 };

/** A clip that repeats some frames. */
function clipOf(frames: readonly Frame[], count = frames.length): FrameSource {
  return {
    frames: count,
    frame(index) {
      const frame = frames[index % frames.length];
      if (frame === undefined || index >= count) throw new Error(`the clip has no frame ${index}`);
      return Promise.resolve({ shape: [frame.height, frame.width, 3], data: frame.data });
    },
  };
}

function uniform(...color: readonly number[]): Frame {
  const data = new Float32Array(size.height * size.width * 3).map((_, i) => color[i % color.length] ?? NaN);
  return { ...size, data };
}

function textured(frame: number): Frame {
  return uniformNoise({ seed: 5, frame, purpose: "generated" }, size.height, size.width);
}

/** By what they show. */
const clips: Readonly<Record<string, FrameSource>> = {
  black: clipOf([uniform(0)], 3),
  white: clipOf([uniform(1)], 3),
  "one color": clipOf([uniform(1, 0.25, 0)], 3),
  static: clipOf([textured(0)], 3),
  "two frames": clipOf([textured(0), textured(1)]),
  "black, then white": clipOf([uniform(0), uniform(1)]),
};

function storeInMemory(): StageStore & { readonly frames: ReadonlyMap<number, StoredArray> } {
  const frames = new Map<number, StoredArray>();
  const nothing = () => Promise.resolve(undefined);
  return {
    frames,
    finishedFrames(first) {
      let count = 0;
      while (frames.has(first + count)) count++;
      return Promise.resolve(count);
    },
    readFrame(index) {
      const frame = frames.get(index);
      return frame ? Promise.resolve(frame) : Promise.reject(new Error(`no frame ${index}`));
    },
    writeFrame: (index, frame) => Promise.resolve(void frames.set(index, frame)),
    removePadding: nothing,
    readState: nothing,
    writeState: nothing,
    removeState: nothing,
    writeTable: nothing,
    writeReport: nothing,
    arrayRows: () => Promise.resolve(0),
    openArray: () => Promise.reject(new Error("a synthesis has no arrays")),
    readArray: () => Promise.reject(new Error("a synthesis has no arrays")),
    writeArray: nothing,
    removeArray: nothing,
  };
}

const starts = ["noise", "target", "gray", "clip"];
const balances = ["initial", "target", "none"] as const;
const optimizers: readonly SynthesisSettings["optimizer"][] = [
  { name: "descent", normalize_gradient: true },
  { name: "descent", normalize_gradient: "per_channel" },
  { name: "descent", normalize_gradient: false },
  { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  { name: "lbfgs", history: 3 },
];
const variants = ["pdf", "pdf_regrain", "mean_std_lab"] as const;

/** A clip, and settings under which something could be divided by zero. */
export interface Combination {
  /** Of clip, start, balance and optimizer among what there is of each. */
  readonly indices: readonly [number, number, number, number];
  readonly clip: string;
  readonly change: Pick<SynthesisSettings, "start_from" | "balance" | "optimizer" | "color_transfer">;
}

/** Every clip under every start, balance and optimizer, with the color transfers in turn. */
export const combinations: readonly Combination[] = Object.keys(clips).flatMap((clip, i) =>
  starts.flatMap((start_from, j) =>
    balances.flatMap((balance, k) =>
      optimizers.map((optimizer, l): Combination => {
        const variant = variants[(i + j + l) % variants.length] ?? "pdf";
        const color_transfer = { video: "clip", variant };
        return { indices: [i, j, k, l], clip, change: { start_from, balance, optimizer, color_transfer } };
      })
    )
  )
);

/** Runs the combinations with every term that the streams allow; what is wrong with what came of them, in words. */
export async function faultsOf(
  streams: Partial<SynthesisSettings["streams"]>,
  tried: readonly Combination[],
  tools: { readonly engine: Engine; readonly models: ModelSource },
): Promise<string[]> {
  const target = {
    weight: 1,
    layers: "default",
    targets: [{ video: "clip", share: 1, length: "strict" }],
  } as const;
  const found: string[] = [];
  for (const { clip, change } of tried) {
    const chosen: SynthesisSettings = {
      ...settings,
      streams: { spatial: "none", temporal: "none", ...streams },
      targets: {
        ...(streams.spatial && { spatial_content: target, spatial_texture: target }),
        ...(streams.temporal && { temporal_content: target, temporal_texture: target }),
      },
      padding: { frames: 1, order: "mirrored" },
      ...change,
    };
    const source = clips[clip];
    if (source === undefined) throw new Error(`no clip ${clip}`);
    const faults = await synthesize(chosen, source, tools).then(faultsIn, (error) => [String(error)]);
    found.push(...faults.map((fault) => `${clip}, ${JSON.stringify(change)}: ${fault}`));
  }
  return found;
}

interface Made {
  readonly frames: readonly StoredArray[];
  readonly events: readonly StageEvent[];
}

function faultsIn({ frames, events }: Made): string[] {
  const found: string[] = [];
  for (const [index, { data }] of frames.entries()) {
    if (!data.every((value) => value >= 0 && value <= 1)) found.push(`frame ${index} is not within [0, 1]`);
  }
  const warnings = events.flatMap((event) => event.type === "warning" ? [event] : []);
  const kinds = warnings.map(({ code, text }) => code === "term_left_out" ? text.split(" ")[0] : code);
  if (new Set(kinds).size < kinds.length) found.push(`warnings given twice: ${kinds}`);
  for (const event of events) {
    const written = JSON.stringify(event);
    if (/:null|NaN|Infinity/.test(written)) found.push(`an event holds what is no number: ${written}`);
  }
  return found;
}

/** Makes as many frames as the clip has; the clip is every target, the colors, and what `start_from` names. */
async function synthesize(
  settings: SynthesisSettings,
  clip: FrameSource,
  { engine, models }: { readonly engine: Engine; readonly models: ModelSource },
): Promise<Made> {
  const events: StageEvent[] = [];
  const store = storeInMemory();
  const roles = [...allTargets(settings).map(({ role }) => role), colorRole, startRole];
  const context: StageContext = {
    artifact: { made: "video", video: { ...size, frames: clip.frames, fps: "25/1" } },
    facts: { videos: {}, models: {} },
    folder: "",
    inputs: Object.fromEntries(roles.map((role) => [role, clip])),
    store,
    checkpoints: createCheckpoints(store, () => {}, { every: 0 }),
    models: { ...noPredictor, open: (name) => models.open(name) },
    engine: () => Promise.resolve(engine),
    emit: (event) => void events.push(event),
    finished: () => Promise.reject(new Error("no stage reads records here")),
    stopRequested: () => false,
  };
  await runSynthesis(settings, context);
  return { frames: Array.from(store.frames.values()), events };
}
