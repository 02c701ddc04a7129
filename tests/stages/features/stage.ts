/**
 * The kind `features` without a runner.
 */
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import type { Facts, StageContext, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { runFeatures } from "../../../lib/stages/features/run.ts";
import { featuresSchema } from "../../../lib/stages/features/schema.ts";
import type { EventBody, StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { noPredictor } from "../../models/no_predictor.ts";

/** A video, what is known of it, and what its matrix says. */
export interface Clip {
  readonly source: FrameSource;
  readonly facts: VideoFacts;
  readonly factors?: Readonly<Record<string, string>>;
}

/** A clip whose values are a function of row, column, channel and time, stored in 8 bits. */
export function clip(
  frames: number,
  valueAt: (row: number, column: number, time: number) => number,
  { height = 16, width = 20, fps = "25/1" }: Partial<VideoFacts> = {},
): Clip {
  const frame = (time: number) => {
    const data = Float32Array.from({ length: height * width * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return valueAt(Math.floor(pixel / width), pixel % width, time);
    });
    return Promise.resolve({ shape: [height, width, 3], data: frameToBytes({ height, width, data }) });
  };
  return { source: { frames, frame }, facts: { height, width, frames, fps } };
}

/** Stripes that move to the right, so many pixels per frame. */
export function stripes(frames: number, speed = 1, contrast = 0.4, facts?: Partial<VideoFacts>): Clip {
  const valueAt = (row: number, column: number, time: number) =>
    0.5 + contrast * Math.sin((2 * Math.PI * (column - speed * time)) / 10) * Math.cos(row / 3);
  return clip(frames, valueAt, facts);
}

const interval = z.object({
  count: z.number(),
  mean: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
});

const difference = z.object({
  mean_difference: z.number(),
  correlation: z.number().optional(),
  earth_movers_distance: z.number(),
});

const slopes = z.object({ spatial: z.number().optional(), temporal: z.number().optional() });

const summarySchema = z.object({
  headline: z.string(),
  reference: z.string(),
  cautions: z.array(z.string()),
  conditions: z.array(z.object({
    condition: z.string(),
    videos: z.array(z.string()),
    over: z.string(),
    features: z.record(z.string(), z.object({ mean: interval, mean_difference: interval.optional() })),
    luminance_distance: interval.optional(),
  })),
  videos: z.array(z.object({
    video: z.string(),
    reference: z.string().optional(),
    frames: z.number(),
    features: z.record(z.string(), z.object({ count: z.number(), mean: z.number() })),
    slopes,
    beside_reference: z.object({
      features: z.record(z.string(), difference),
      luminance_distance: z.number(),
      slopes,
    }).optional(),
  })),
  charts: z.record(z.string(), z.unknown()),
});

/** What a run left. */
export interface Outcome {
  readonly rows: readonly { video: string; frame: number; feature: string; value: number }[];
  readonly spectra: readonly {
    video: string;
    spectrum: string;
    frequency: number;
    unit: string;
    value: number;
  }[];
  readonly summary: z.infer<typeof summarySchema>;
  /** The files' texts. */
  readonly files: readonly string[];
  readonly events: readonly StageEvent[];
  /** The checkpoints. */
  readonly saved: readonly EventBody[];
}

/** Measures clips, by condition and by name. Resolves to undefined when it was stopped. */
export async function measure(
  runs: string,
  conditions: Readonly<Record<string, Readonly<Record<string, Clip>>>>,
  { stopAfter = Infinity, checkpointEvery = 0 } = {},
): Promise<Outcome | undefined> {
  const named = Object.entries(conditions).flatMap(([label, clips], index) =>
    Object.entries(clips).map(([name, clip], at) => ({
      role: `videos.${index}.${label}.${at}`,
      name,
      clip,
    }))
  );
  const byRole = <Value>(of: (entry: typeof named[number]) => Value) =>
    Object.fromEntries(named.map((entry) => [entry.role, of(entry)]));
  const facts: Facts = {
    videos: byRole(({ clip }) => clip.facts),
    models: {},
    names: byRole(({ name }) => name),
    factors: byRole(({ clip }) => clip.factors ?? {}),
  };
  const paths = instancePaths(runs, "features-1");
  const events: StageEvent[] = [];
  const saved: EventBody[] = [];
  using store = await openInstanceFolder(paths, { engine: () => undefined, onDamage: () => {} });
  const context: StageContext = {
    artifact: { made: "table" },
    facts,
    folder: runs,
    inputs: byRole(({ clip }) => clip.source),
    store,
    checkpoints: createCheckpoints(store, (event) => void saved.push(event), { every: checkpointEvery }),
    finished: () => Promise.reject(new Error("no records")),
    models: { ...noPredictor, open: () => Promise.reject(new Error("no model is needed")) },
    engine: () => Promise.reject(new Error("no engine is needed")),
    emit: (event) => void events.push(event),
    stopRequested: () => events.length >= stopAfter,
  };
  await runFeatures(featuresSchema.parse({ videos: Object.keys(conditions) }), context);
  if (events.length >= stopAfter) return undefined;
  const names = ["table.csv", "spectra.csv", "summary.json"];
  const files = await Promise.all(names.map((name) => Deno.readTextFile(`${paths.folder}/${name}`)));
  const [table = "", spectra = "", summary = ""] = files;
  return {
    rows: read(table).map(({ video = "", frame, feature = "", value }) => (
      { video, frame: Number(frame), feature, value: Number(value) }
    )),
    spectra: read(spectra).map(({ video = "", spectrum = "", frequency, unit = "", value }) => (
      { video, spectrum, frequency: Number(frequency), unit, value: Number(value) }
    )),
    summary: summarySchema.parse(JSON.parse(summary)),
    files,
    events,
    saved,
  };
}

function read(table: string): Record<string, string>[] {
  return parse(table, { columns: true, record_delimiter: "\r\n" });
}
