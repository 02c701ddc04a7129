/**
 * The frames of a finished instance, as other stages, encoders and exports read them.
 * @module
 */
import { join } from "node:path";
import { RunError } from "../errors.ts";
import { framePath, type InstancePaths } from "./layout.ts";
import { readManifest } from "./manifest.ts";
import type { FrameSource } from "./stage_store.ts";
import { readFrameFile } from "./stored_frame.ts";

/**
 * The first `frames` frames of a finished instance.
 * Throws RunError when the instance has fewer; its `frame` throws one for a frame that is missing or damaged.
 */
export async function openFrames(paths: InstancePaths, frames: number): Promise<FrameSource> {
  const manifest = await readManifest(paths.manifest);
  const digests = new Map(manifest?.outputs.map(({ path, sha256 }) => [path, sha256]));
  const wanted = Array.from({ length: frames }, (_, index) => digests.get(framePath(index)));
  const missing = wanted.indexOf(undefined);
  if (missing >= 0) {
    throw new RunError(`${join(paths.folder, framePath(missing))} is not finished; run again to compute it`);
  }
  return {
    frames,
    frame(index) {
      const sha256 = wanted[index];
      if (sha256 === undefined) throw new Error(`frame ${index} of ${frames} was asked for`);
      return readFrameFile(paths.folder, index, sha256);
    },
  };
}
