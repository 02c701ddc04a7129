/** Kinds of stages that cost nothing and whose results are known without running them. */
import { resolve } from "node:path";
import { z } from "zod";
import { bindKind, type BoundKind } from "../../../lib/plan/bound_kind.ts";
import type { Facts, StageContext, StageKind, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import type { StoredArray } from "../../../lib/store/stage_store.ts";

/** Every stub clip is so long. */
export const clipFrames = 6;

/** The value of a clip's frame; `content` is the one byte that tells the file from another. */
export function clipValue(content: number, frame: number): number {
  return (13 * content + 5 * frame) % 256;
}

/** The value of a painted frame: it follows from the one before it, which is the seed for the first. */
export function paintedValue(seed: number, before: number, source: number): number {
  return (31 * before + 7 * seed + source) % 251;
}

/** The table of a video with these values. */
export function tableOf(values: readonly number[]): string {
  return ["frame,value", ...values.map((value, frame) => `${frame},${value}`), ""].join("\n");
}

/** A clip's frame as it is stored. */
export function clipFrame(value: number): StoredArray {
  return { shape: [1, 1, 3], data: new Uint8Array(3).fill(value) };
}

/** A painted frame as it is stored. */
export function paintedFrame(value: number): StoredArray {
  return { shape: [1, 1, 3], data: new Float32Array(3).fill(value) };
}

const size = { height: 1, width: 1, fps: "25/1" };

interface ClipSettings {
  readonly file: string;
}

const clipKind: StageKind<ClipSettings> = {
  ...{ name: "video", summary: "A file of one byte.", format: 1, artifact: "video", files: ["file"] },
  schema: z.strictObject({ file: z.string() }),
  references: () => [],
  write: (settings) => settings,
  async inspect({ file }, folder, _report, digest) {
    const video = { ...size, frames: clipFrames };
    return { video, digests: { file: await digest(resolve(folder, file)) }, details: {} };
  },
  check() {},
  makes: (_settings, { inspected }) => madeVideo(inspected?.video?.frames ?? 0),
  keyed: (_settings, { inspected }) => ({ files: inspected?.digests ?? {} }),
  work: () => [],
  deviations: () => [],
  load: () =>
    Promise.resolve(async ({ file }, context) => {
      const [content = 0] = await Deno.readFile(resolve(context.folder, file));
      await writeFrames(context, (frame) => Promise.resolve(clipFrame(clipValue(content, frame))));
    }),
};

interface PaintedSettings {
  readonly source: string;
  readonly seed: number;
  readonly frames: number;
}

const paintedKind: StageKind<PaintedSettings> = {
  ...{ name: "painted", summary: "Frames that follow from one another.", format: 1, artifact: "video" },
  schema: z.strictObject({ source: z.string(), seed: z.number(), frames: z.int() }),
  references: ({ source }) => [{ path: ["source"], name: source, wants: "video" }],
  write: (settings) => settings,
  check() {},
  makes: (settings) => madeVideo(settings.frames),
  reads: ({ frames }) => ({ source: frames }),
  keyed: ({ seed }) => ({ seed }),
  work: () => [],
  deviations: () => [],
  load: () =>
    Promise.resolve(({ seed }, context) =>
      writeFrames(context, async (frame) => {
        const before = frame === 0 ? seed : (await context.store.readFrame(frame - 1)).data[0];
        const source = (await context.inputs.source?.frame(frame))?.data[0];
        return paintedFrame(paintedValue(seed, before ?? NaN, source ?? NaN));
      })
    ),
};

interface TableSettings {
  readonly of: string;
}

const tableKind: StageKind<TableSettings> = {
  ...{ name: "listed", summary: "The values of a video in a table.", format: 1, artifact: "table" },
  schema: z.strictObject({ of: z.string() }),
  references: ({ of }) => [{ path: ["of"], name: of, wants: "video" }],
  write: (settings) => settings,
  check() {},
  makes: () => ({ made: "table" }),
  keyed: (_settings, facts) => ({ frames: framesOf(facts, "of") }),
  work: () => [],
  deviations: () => [],
  load: () =>
    Promise.resolve(async (_settings, { inputs: { of }, store }) => {
      const values: number[] = [];
      for (let frame = 0; frame < (of?.frames ?? 0); frame++) {
        values.push((await of?.frame(frame))?.data[0] ?? NaN);
      }
      await store.writeTable("table.csv", tableOf(values));
      await store.writeTable("summary.json", JSON.stringify({ frames: values.length }));
    }),
};

/** The kind of a video. */
export const stubVideoKind: BoundKind = bindKind(clipKind);

/** The kinds of stages. */
export const stubKinds: readonly BoundKind[] = [bindKind(paintedKind), bindKind(tableKind)];

function madeVideo(frames: number): { readonly made: "video"; readonly video: VideoFacts } {
  return { made: "video", video: { ...size, frames } };
}

function framesOf({ videos }: Facts, role: string): number {
  return videos[role]?.frames ?? 0;
}

async function writeFrames(
  { artifact, store, emit, stopRequested }: StageContext,
  make: (frame: number) => Promise<StoredArray>,
): Promise<void> {
  const of = artifact.made === "video" ? artifact.video.frames : 0;
  const next = () => store.finishedFrames(0);
  for (let frame = await next(); frame < of && !stopRequested(); frame = await next()) {
    await store.writeFrame(frame, await make(frame), { seconds: 0 });
    emit({ type: "frame.finished", frame, of, seconds: 0 });
  }
}
