/**
 * The kind `match` without a runner, with models that can be computed by hand.
 */
import { openEngine } from "../../../lib/engines/open.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import type { Facts, Goal, StageContext, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { type Row, rowSchema } from "../../../lib/stages/match/rows.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { runMatch } from "../../../lib/stages/match/run.ts";
import { matchSchema } from "../../../lib/stages/match/schema.ts";
import type { EventBody, StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { tinyModels } from "../../synthesis/tiny_models.ts";
import { noPredictor } from "../../models/no_predictor.ts";

export const size = { height: 12, width: 15 };

/** A clip whose values are a function of pixel and time, stored in 8 bits. */
export function clip(frames: number, valueAt: (pixel: number, time: number) => number): FrameSource {
  const { height, width } = size;
  return {
    frames,
    frame(time) {
      if (time < 0 || time >= frames) throw new Error(`the clip has no frame ${time}`);
      const data = Float32Array.from({ length: height * width * 3 }, (_, i) => valueAt(i, time));
      return Promise.resolve({ shape: [height, width, 3], data: frameToBytes({ height, width, data }) });
    },
  };
}

/** Noise of its own at each time, of a contrast that changes slowly: what is near in time is alike. */
export function breathing(frames: number, seed = 77): FrameSource {
  const { height, width } = size;
  const noise = Array.from(
    { length: frames },
    (_, frame) => uniformNoise({ seed, frame, purpose: "generated" }, height, width).data,
  );
  return clip(
    frames,
    (i, time) => 0.5 + (noise[0]![i]! - 0.5) * (0.1 + 0.8 * time / frames) + 0.001 * noise[time]![i]!,
  );
}

/** Both textures of one clip. */
export const goal: Goal = {
  normalization: "reference",
  terms: [
    {
      term: "spatial_texture",
      model: "stage.0.streams.spatial",
      layers: { color: 1, square: 1 },
      targets: [{ role: "stage.0.target", share: 1, length: "strict" }],
    },
    {
      term: "temporal_texture",
      model: "stage.0.streams.temporal",
      layers: { change: 1 },
      targets: [{ role: "stage.0.target", share: 1, length: "strict" }],
    },
  ],
};

/** What a run left. */
export interface Outcome {
  readonly rows: readonly Row[];
  readonly table: string;
  readonly summary: z.infer<typeof summarySchema>;
  readonly summaryText: string;
  readonly events: readonly StageEvent[];
  /** The checkpoints. */
  readonly saved: readonly EventBody[];
}

const layer = z.object({
  verdict: z.string(),
  residual: z.object({ mean: z.number() }),
  ceiling: z.object({ mean: z.number() }).optional(),
  nulls: z.record(z.string(), z.object({ quantile: z.number(), tells: z.boolean() })),
});

const summarySchema = z.object({
  headline: z.string(),
  verdict: z.string(),
  instances: z.array(z.object({
    instance: z.string(),
    judged: z.string(),
    terms: z.record(z.string(), z.object({ verdict: z.string(), layers: z.record(z.string(), layer) })),
    luminance: z.record(z.string(), z.number()),
    contrast: z.record(z.string(), z.number()),
    drift: z.record(z.string(), z.number()),
    flicker: z.record(z.string(), z.number()),
  })),
  charts: z.record(z.string(), z.unknown()),
});

/** Judges `frames` by `target`. Resolves to undefined when it was stopped. */
export async function match(
  runs: string,
  {
    frames,
    target,
    others = {},
    goal: wanted = goal,
    settings = {},
    stopAfter = Infinity,
    checkpointEvery = 0,
  }: {
    readonly frames: FrameSource;
    readonly target: FrameSource;
    readonly others?: Readonly<Record<string, FrameSource>>;
    readonly goal?: Goal;
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly stopAfter?: number;
    readonly checkpointEvery?: number;
  },
): Promise<Outcome | undefined> {
  const nulls = Object.entries(others).map(([name, source], index) => (
    { name, role: `null.${index}`, source }
  ));
  const inputs: Record<string, FrameSource> = {
    "stage.0": frames,
    "stage.0.target": target,
    ...Object.fromEntries(nulls.map(({ role, source }) => [role, source])),
  };
  const paths = instancePaths(runs, "match-1");
  const events: StageEvent[] = [];
  const saved: EventBody[] = [];
  await using engine = await openEngine({ engine: "reference" });
  using store = await openInstanceFolder(paths, { engine: () => engine.identity, onDamage: () => {} });
  const context: StageContext = {
    artifact: { made: "table" },
    facts: await factsOf(inputs, wanted, nulls),
    folder: runs,
    inputs,
    store,
    checkpoints: createCheckpoints(store, (event) => void saved.push(event), { every: checkpointEvery }),
    models: { ...noPredictor, ...tinyModels },
    engine: () => Promise.resolve(engine),
    emit: (event) => void events.push(event),
    finished: () => Promise.reject(new Error("no stage reads records here")),
    stopRequested: () => events.length >= stopAfter,
  };
  const names = nulls.map(({ name }) => name);
  await runMatch(matchSchema.parse({ stage: "made", null: names, ...settings }), context);
  if (events.length >= stopAfter) return undefined;
  const [table, summaryText] = await Promise.all(
    ["table.csv", "summary.json"].map((file) => Deno.readTextFile(`${paths.folder}/${file}`)),
  );
  if (table === undefined || summaryText === undefined) throw new Error("two files were read");
  const summary = summarySchema.parse(JSON.parse(summaryText));
  return { rows: rowsOf(table), table, summary, summaryText, events, saved };
}

async function factsOf(
  inputs: Readonly<Record<string, FrameSource>>,
  wanted: Goal,
  nulls: readonly { readonly name: string; readonly role: string }[],
): Promise<Facts> {
  const videos: Record<string, VideoFacts> = {};
  for (const [role, { frames }] of Object.entries(inputs)) videos[role] = { ...size, frames, fps: "25/1" };
  const models = ["colors", "changes"] as const;
  const [spatial, temporal] = await Promise.all(models.map(async (name) => {
    const { declaration } = await tinyModels.open(name);
    return declaration;
  }));
  const video = videos["stage.0"];
  if (spatial === undefined || temporal === undefined || video === undefined) throw new Error("no facts");
  return {
    videos,
    models: { "stage.0.streams.spatial": spatial, "stage.0.streams.temporal": temporal },
    goals: { "stage.0": { ...wanted, video } },
    names: {
      "stage.0": "made",
      "stage.0.target": "clip",
      ...Object.fromEntries(nulls.map(({ role, name }) => [role, name])),
    },
  };
}

function rowsOf(table: string): readonly Row[] {
  const read: Record<string, string>[] = parse(table, { columns: true, record_delimiter: "\r\n" });
  return read.map(({ instance = "", frame, term, layer, measure, of = "", draw, value }) => ({
    instance,
    frame: Number(frame),
    ...(term && { term }),
    ...(layer && { layer }),
    measure: rowSchema.shape.measure.parse(measure),
    of,
    ...(draw && { draw: Number(draw) }),
    value: Number(value),
  }));
}
