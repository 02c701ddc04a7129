/**
 * What is recorded of a finished instance, as a stage reads it that tells of it.
 * @module
 */
import { join } from "node:path";
import { RunError } from "../errors.ts";
import { sha256OfBytes } from "./checksum.ts";
import { readEvents } from "./event_log.ts";
import type { RunEvent } from "./events.ts";
import type { InstancePaths } from "./layout.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { readBytesIfThere } from "./presence.ts";
import { DamagedFrame } from "./stored_frame.ts";

/** A finished instance. */
export interface FinishedInstance {
  readonly manifest: Manifest;
  /**
   * A file that the manifest lists, such as `table.csv`. Throws DamagedFrame when it is missing or not the one recorded, and
   * an Error when the manifest has no such file.
   */
  file(path: string): Promise<Uint8Array>;
  /** What its log tells of its making, in all sessions. */
  events(): Promise<readonly RunEvent[]>;
}

/** Opens one. Throws RunError when it is not finished. */
export async function openFinished(paths: InstancePaths): Promise<FinishedInstance> {
  const manifest = await readManifest(paths.manifest);
  if (manifest === undefined) throw new RunError(`${paths.folder} is not finished; run again to compute it`);
  const digests = new Map(manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
  return {
    manifest,
    async file(path) {
      const sha256 = digests.get(path);
      if (sha256 === undefined) throw new Error(`${manifest.stage.instance} has no ${path}`);
      const place = join(paths.folder, path);
      const bytes = await readBytesIfThere(place);
      if (bytes === undefined) throw new DamagedFrame(paths.folder, place, "is missing");
      if (sha256OfBytes(bytes) !== sha256) {
        throw new DamagedFrame(paths.folder, place, "is damaged: its checksum is not the recorded one");
      }
      return bytes;
    },
    events: () => readEvents(paths.events),
  };
}
