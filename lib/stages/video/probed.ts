/**
 * Asking ffprobe once for each content of a file.
 * @module
 */
import { z } from "zod";
import type { Recall } from "../../plan/stage_kind.ts";
import { probeVersion, probeVideo, type VideoProbe, videoProbeSchema } from "../../video/probe.ts";
import { type ProbeFailure, probeFailureSchema } from "../../video/unreadable.ts";

const rememberedSchema = z.union([videoProbeSchema, probeFailureSchema]);

/** What the file is, from memory where its bytes were probed before. Throws MissingError when there is no ffprobe. */
export async function probed(
  path: string,
  sha256: string,
  recall: Recall,
): Promise<VideoProbe | ProbeFailure> {
  const found = await recall(`probe ${probeVersion}`, sha256, () => probeVideo(path));
  const remembered = rememberedSchema.safeParse(found);
  // A memory that somebody has changed.
  return remembered.success ? remembered.data : await probeVideo(path);
}
