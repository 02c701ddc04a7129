/**
 * What of a video's stream a scientist has to know beside its size: how it is turned, how its frames lie in time, how its
 * values follow light, and whether it has transparency that is not read.
 * @module
 */
import { z } from "zod";
import type { ProbedStream } from "./ffprobe.ts";
import { hasAlpha } from "./pixel_format.ts";

/** Traits that are worth telling; what is absent is as usual. */
export const streamTraitsSchema = z.readonly(z.object({
  /** Clockwise, in degrees: how frames are turned before they are shown. */
  turn: z.union([z.literal(90), z.literal(180), z.literal(270)]).exactOptional(),
  /** Two moments in every frame: "tt", "bb", "tb" or "bt", by which field is stored and which is shown first. */
  interlaced: z.string().exactOptional(),
  /** Frames are unevenly spaced in time: the shortest and the longest step from one to the next, in seconds. */
  uneven: z.readonly(z.object({ shortest: z.number(), longest: z.number() })).exactOptional(),
  /** A curve other than those of usual video: "smpte2084" (PQ), "arib-std-b67" (HLG), "linear" ... */
  curve: z.string().exactOptional(),
  /** Transparency is stored beside the colors, where ffmpeg's decoders of VP8 and VP9 do not look. */
  hiddenAlpha: z.literal(true).exactOptional(),
}));

/** Traits of a stream. */
export type StreamTraits = z.infer<typeof streamTraitsSchema>;

/** Curves that are, for our purposes, sRGB's: players show them alike. */
const usualCurves = new Set([
  "",
  "unknown",
  "bt709",
  "smpte170m",
  "bt470bg",
  "bt470m",
  "iec61966-2-1",
  "bt2020-10",
  "bt2020-12",
]);

const rotationSchema = z.object({
  side_data_list: z.array(z.looseObject({ rotation: z.coerce.number().optional() })).optional(),
  tags: z.looseObject({ rotate: z.coerce.number().optional() }).optional(),
});

const tagsSchema = z.object({ tags: z.record(z.string(), z.unknown()) });

/**
 * Reads the traits from what ffprobe prints.
 * @param times when each frame is shown, in seconds
 */
export function streamTraits(stream: ProbedStream, times: readonly number[] = []): StreamTraits {
  const interlaced = text(stream, "field_order");
  const isInterlaced = /^(tt|bb|tb|bt)$/.test(interlaced);
  // Of interlaced video each packet may be one of two fields.
  const uneven = isInterlaced ? undefined : unevenSteps(times);
  const curve = text(stream, "color_transfer");
  return {
    ...turnOf(stream),
    ...(isInterlaced && { interlaced }),
    ...(uneven !== undefined && { uneven }),
    ...(!usualCurves.has(curve) && { curve }),
    ...(hasHiddenAlpha(stream) && { hiddenAlpha: true }),
  };
}

function hasHiddenAlpha(stream: ProbedStream): boolean {
  const tags = tagsSchema.safeParse(stream).data?.tags ?? {};
  const isTold = Object.entries(tags).some(([name, value]) => /^alpha_mode$/i.test(name) && value === "1");
  return isTold && !hasAlpha(text(stream, "pix_fmt"));
}

function text(stream: ProbedStream, name: string): string {
  const value = stream[name];
  return value === undefined ? "" : String(value);
}

/** ffprobe tells the turn of the picture against the clock; the older tag tells it with the clock. */
function turnOf(stream: ProbedStream): Pick<StreamTraits, "turn"> {
  const { side_data_list: sides = [], tags } = rotationSchema.safeParse(stream).data ?? {};
  const against = sides.find(({ rotation }) => rotation !== undefined)?.rotation;
  const clockwise = against !== undefined ? -against : tags?.rotate ?? 0;
  const turn = ((Math.round(clockwise / 90) * 90) % 360 + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? { turn } : {};
}

/** Steps that differ by more than the milliseconds to which containers round. */
function unevenSteps(times: readonly number[]): StreamTraits["uneven"] {
  const ordered = times.toSorted((a, b) => a - b);
  const steps = ordered.slice(1).map((time, index) => time - (ordered[index] ?? 0)).sort((a, b) => a - b);
  const [shortest = 0, longest = 0] = [steps.at(0), steps.at(-1)];
  return longest - shortest > Math.max(0.0025, 0.25 * shortest)
    ? { shortest: Number(shortest.toFixed(6)), longest: Number(longest.toFixed(6)) }
    : undefined;
}
