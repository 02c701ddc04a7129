/**
 * Which ffmpeg and which commit of the workflow a manifest names.
 * @module
 */
import { MissingError, RunError } from "../../errors.ts";
import type { Provenance } from "../../runner/compose_manifest.ts";
import { describeRepository } from "./repository.ts";

/** @param file the workflow */
export async function describeProvenance(file: string): Promise<Omit<Provenance, "version">> {
  const { ffmpegVersion } = await import("../../video/ffmpeg.ts");
  return {
    ffmpeg: await unlessRefused(ffmpegVersion),
    repository: await unlessRefused(() => describeRepository(file)),
  };
}

/** What cannot be found out is left out: no render fails for it. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MissingError || error instanceof RunError) return undefined;
    throw error;
  }
}
