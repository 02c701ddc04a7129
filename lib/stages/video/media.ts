/**
 * What is decoded of a file, from what was planned of it.
 * @module
 */
import type { Inspected } from "../../plan/stage_kind.ts";
import type { VideoChoices } from "../../video/settings.ts";
import { type Values, valuesOf } from "../../video/values.ts";
import { type FileDetails, videoDetailsSchema } from "./details.ts";

/** What was found of a file or images; undefined for a clip that is made here. */
export function fileDetails(inspected: Inspected | undefined): FileDetails | undefined {
  const details = videoDetailsSchema.safeParse(inspected?.details).data;
  return details?.kind === "generated" ? undefined : details;
}

/** The same, and how their values are read. */
export function mediaOf(
  { transfer }: Pick<VideoChoices, "transfer">,
  inspected: Inspected | undefined,
): { readonly details: FileDetails; readonly values: Values } | undefined {
  const details = fileDetails(inspected);
  if (details === undefined) return undefined;
  const pixels = { format: details.pixel_format, transparent: details.transparent ?? false };
  return { details, values: valuesOf(pixels, transfer) };
}
