/**
 * What fitting does to the frames of a file.
 * @module
 */
import type { Facts } from "../../plan/stage_kind.ts";
import { videoDetailsSchema } from "./details.ts";
import type { VideoEntry } from "./schema.ts";

/** Shapes differ by less when a side was rounded to whole pixels. */
const visible = 0.02;

/** Sentences for the manifest: frames that were enlarged or whose shape changed. */
export function videoDeviations({ fit }: VideoEntry, { inspected }: Facts): string[] {
  const details = videoDetailsSchema.safeParse(inspected?.details);
  if (inspected === undefined || !details.success || details.data.kind === "generated") return [];
  const { height, width } = inspected.video;
  const file = details.data;
  const [down, across] = [height / file.height, width / file.width];
  const sizes = `from ${file.height} x ${file.width} to ${height} x ${width} (height x width)`;
  const reshaped = Math.abs(down / across - 1) > visible;
  const sentences = reshaped && fit === "stretch"
    ? [`frames stretched ${sizes}, which changes their shape`]
    : [];
  // `crop` fills the size, `pad` stays within it.
  const scale = fit === "pad" ? Math.min(down, across) : Math.max(down, across);
  return scale > 1
    ? [...sentences, `frames enlarged ${sizes}: they have no detail finer than the file's`]
    : sentences;
}
