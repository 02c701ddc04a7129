/**
 * How far an instance is, from what lies in its folder. Changes nothing.
 * @module
 */
import { join } from "node:path";
import type { Digests } from "./digests.ts";
import { type FinishedFrame, readFrameRecords } from "./frame_records.ts";
import { framePath, type InstancePaths } from "./layout.ts";
import { findManifest, type Manifest } from "./manifest.ts";
import { sizeIfThere, unlessAbsent } from "./presence.ts";
import { hasState } from "./saved_states.ts";
import type { Damage } from "./stored_frame.ts";

/** What is there of an instance. */
export interface InstanceState {
  /** cached: all that is wanted is finished and whole. resume: some of it is, be it a frame's state. run: nothing is. */
  readonly status: "cached" | "resume" | "run";
  /** Output frames that have a record and a file of the recorded length, in order from frame 0. */
  readonly finishedFrames: number;
  /** Files that the manifest lists and that are not what it says. */
  readonly damaged: readonly Damage[];
}

/**
 * Looks at an instance's folder.
 * @param frames how many frames are wanted; undefined for an instance that makes no video
 */
export async function inspectInstance(
  paths: InstancePaths,
  frames: number | undefined,
  digests: Digests,
): Promise<InstanceState> {
  const { content: manifest, problem } = await findManifest(paths.manifest) ?? {};
  const damaged = manifest === undefined
    ? damagedManifest(problem)
    : await damageOf(paths, manifest, frames, digests);
  const records = await readFrameRecords(paths.frameRecords);
  const finishedFrames = await countFrames(paths, records);
  if (manifest !== undefined && damaged.length === 0 && hasFrames(manifest, frames ?? 0)) {
    return { status: "cached", finishedFrames, damaged };
  }
  // Padding has records, too; the first frame of all has none before it is finished, but a state once it was stopped.
  const begun = records.size > 0 || await hasState(paths);
  return { status: begun ? "resume" : "run", finishedFrames, damaged };
}

function damagedManifest(problem: string | undefined): Damage[] {
  if (problem === undefined) return [];
  return [{ path: "manifest.json", expected: "a manifest of version 1 with its checksum", found: problem }];
}

/** By its number of frames and by its list of them: one may be damaged. */
function hasFrames({ video, outputs }: Manifest, wanted: number): boolean {
  const listed = new Set(outputs.map(({ path }) => path));
  const isListed = Array.from({ length: wanted }, (_, index) => listed.has(framePath(index)));
  return (video?.frames ?? 0) >= wanted && isListed.every(Boolean);
}

async function damageOf(
  paths: InstancePaths,
  manifest: Manifest,
  frames: number | undefined,
  digests: Digests,
): Promise<Damage[]> {
  const unwanted = new Set<string>();
  for (let index = frames ?? 0; index < (manifest.video?.frames ?? 0); index++) {
    unwanted.add(framePath(index));
  }
  const damaged: Damage[] = [];
  for (const { path, sha256 } of manifest.outputs) {
    if (unwanted.has(path)) continue;
    const file = join(paths.folder, path);
    const found = await unlessAbsent(file, () => digests.sha256(file));
    if (found !== sha256) damaged.push({ path, expected: sha256, found: found ?? "no file" });
  }
  return damaged;
}

async function countFrames(
  paths: InstancePaths,
  records: ReadonlyMap<number, FinishedFrame>,
): Promise<number> {
  for (let index = 0;; index++) {
    const record = records.get(index);
    if (record === undefined || await sizeIfThere(join(paths.folder, framePath(index))) !== record.bytes) {
      return index;
    }
  }
}
