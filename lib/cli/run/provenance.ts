/**
 * Which ffmpeg and which commit of the workflow a manifest names.
 * @module
 */
import { MissingError, RunError } from "../../errors.ts";
import type { Provenance } from "../../runner/compose_manifest.ts";
import { describeRepository } from "./repository.ts";

/** @param file the workflow */
export async function describeProvenance(file: string): Promise<Omit<Provenance, "version">> {
  return {
    ffmpeg: await ffmpegHere(),
    repository: await unlessRefused(() => describeRepository(file)),
  };
}

/** The version of ffmpeg; undefined where there is none. */
export async function ffmpegHere(): Promise<string | undefined> {
  const { ffmpegVersion } = await import("../../video/ffmpeg.ts");
  return await unlessRefused(ffmpegVersion);
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
