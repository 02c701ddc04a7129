/**
 * `videos/`: finished frames as files that players open. They are views: not keyed, made again when deleted or when the frames change.
 * @module
 */
import { dirname, join } from "node:path";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { VideoFacts } from "../plan/stage_kind.ts";
import { sha256OfBytes } from "../store/checksum.ts";
import { makeFolder } from "../store/durable_write.ts";
import { readInstanceIndex, rememberEncoded } from "../store/instance_index.ts";
import { framePath, instanceFolderName, instancePaths, workflowPaths } from "../store/layout.ts";
import { openFrames, readManifest } from "../store/manifest.ts";
import { sizeIfThere } from "../store/presence.ts";
import type { FrameSource } from "../store/stage_store.ts";
import type { Reporter } from "./reporter.ts";

/** Encodes frames into a file, which is whole or not there. */
export type EncodeVideo = (frames: FrameSource, video: VideoFacts, path: string) => Promise<void>;

/** The encoder of each file that is made of a video, by the file's ending: `{ mkv: ..., mp4: ... }`. */
export type Encoders = Readonly<Record<string, EncodeVideo>>;

/** Where an instance's playable files are, by ending. */
export function viewPath(runs: string, workflow: string, instance: string, ending: string): string {
  return join(workflowPaths(runs, workflow).videos, `${instanceFolderName(instance)}.${ending}`);
}

/** Encodes a finished instance that makes a video; does nothing when that was done. Throws what the encoders throw. */
export async function encodeViews(
  runs: string,
  workflow: string,
  instance: PlannedInstance,
  encoders: Encoders,
  reporter: Reporter,
): Promise<void> {
  if (instance.section === "videos" || instance.artifact.made !== "video") return;
  const { video } = instance.artifact;
  const paths = instancePaths(runs, instance.key);
  const digest = await digestOfFrames(paths.manifest, video.frames);
  const indexPath = workflowPaths(runs, workflow).instances;
  const index = await readInstanceIndex(indexPath);
  const isCurrent = index?.instances[instance.name]?.encoded === digest;
  let encoded = false;
  for (const [ending, encode] of Object.entries(encoders)) {
    const path = viewPath(runs, workflow, instance.name, ending);
    if (isCurrent && await sizeIfThere(path) !== undefined) continue;
    await makeFolder(dirname(path));
    await encode(await openFrames(paths, video.frames), video, path);
    reporter.about(instance)({ type: "video.encoded", path, frames: video.frames });
    encoded = true;
  }
  if (encoded) await rememberEncoded(indexPath, instance.name, digest);
}

/** Tells apart what a view was made from: other frames of the same key (another engine), or another number of them. */
async function digestOfFrames(manifestPath: string, frames: number): Promise<string> {
  const wanted = new Set(Array.from({ length: frames }, (_, index) => framePath(index)));
  const outputs = (await readManifest(manifestPath))?.outputs ?? [];
  return sha256OfBytes(outputs.filter(({ path }) => wanted.has(path)).map(({ sha256 }) => sha256).join("\n"));
}
