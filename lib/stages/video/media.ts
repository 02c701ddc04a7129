/**
 * What is decoded of a file, from what was planned of it.
 * @module
 */
import type { Inspected } from "../../plan/stage_kind.ts";
import type { VideoChoices } from "../../video/settings.ts";
import { type Values, valuesOf } from "../../video/values.ts";
import { type FileDetails, videoDetailsSchema } from "./details.ts";

/** A file or images, and how their values are read; undefined for a clip that is made here. */
export function mediaOf(
  { transfer }: Pick<VideoChoices, "transfer">,
  inspected: Inspected | undefined,
): { readonly details: FileDetails; readonly values: Values } | undefined {
  const details = videoDetailsSchema.safeParse(inspected?.details).data;
  if (details === undefined || details.kind === "generated") return undefined;
  const pixels = { format: details.pixel_format, transparent: details.transparent ?? false };
  return { details, values: valuesOf(pixels, transfer) };
}
