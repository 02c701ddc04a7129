/**
 * Finished frames whose records are gone from `frames.jsonl`: the instance's log tells of them as well.
 * @module
 */
import { join } from "node:path";
import { sha256OfFile } from "./checksum.ts";
import type { EngineIdentityRecord, OctaveRecord, RunEvent } from "./events.ts";
import { type FinishedFrame, readFrameRecords, replaceFrameRecords } from "./frame_records.ts";
import { framePath, type InstancePaths } from "./layout.ts";
import { sizeIfThere, unlessAbsent } from "./presence.ts";

/**
 * Records frames again that were finished and whose files are what the log says; only for the holder of the lock. Frames
 * follow from one another: none counts behind one that is neither recorded nor told of, or was made again with other bytes.
 * Resolves to their numbers.
 * @param events the instance's log
 */
export async function recoverFrameRecords(
  paths: InstancePaths,
  events: readonly RunEvent[],
): Promise<readonly number[]> {
  const records = await readFrameRecords(paths.frameRecords);
  const told = framesTold(events);
  for (const { frame, sha256 } of records.values()) {
    const known = told.get(frame);
    if (known !== undefined && known.sha256 !== sha256) forgetFrom(told, frame);
  }
  const padding = [...told.keys()].filter((frame) => frame < 0);
  const recovered = [
    ...await chainFrom(Math.min(0, ...padding), 0, { paths, records, told }),
    ...await chainFrom(0, Infinity, { paths, records, told }),
  ];
  if (recovered.length > 0) {
    await replaceFrameRecords(paths.frameRecords, [...records.values(), ...recovered]);
  }
  return recovered.map(({ frame }) => frame);
}

type ToldFrame = Omit<FinishedFrame, "bytes">;

/** What an instance's log says of its finished frames; a frame that was made again with other bytes ends those behind it. */
function framesTold(events: readonly RunEvent[]): Map<number, ToldFrame> {
  const told = new Map<number, ToldFrame>();
  let engine: EngineIdentityRecord | undefined;
  let octaves = new Map<number, OctaveRecord>();
  let inProgress: number | undefined;
  for (const event of events) {
    if (event.type === "instance.started") engine = undefined;
    if (event.type === "engine.opened") engine = event.engine;
    if (event.type === "octave.finished") {
      if (event.frame !== inProgress) octaves = new Map();
      inProgress = event.frame;
      const { octave, iterations, of, ended } = event;
      octaves.set(octave, { octave, iterations, of, ended });
    }
    if (event.type !== "frame.finished" || event.sha256 === undefined) continue;
    const { frame, sha256, seconds, residuals } = event;
    if (told.has(frame) && told.get(frame)?.sha256 !== sha256) forgetFrom(told, frame);
    const ends = frame === inProgress ? [...octaves.values()] : [];
    told.set(frame, {
      frame,
      sha256,
      seconds,
      ...(residuals && { residuals }),
      ...(ends.length > 0 && {
        iterations: ends.reduce((sum, { iterations }) => sum + iterations, 0),
        octaves: ends,
      }),
      ...(engine && { engine }),
    });
  }
  return told;
}

function forgetFrom(told: Map<number, ToldFrame>, frame: number): void {
  for (const later of [...told.keys()]) if (later >= frame) told.delete(later);
}

/** Frames without a record, from `first` up to the first that cannot be recovered. */
async function chainFrom(
  first: number,
  end: number,
  { paths, records, told }: {
    readonly paths: InstancePaths;
    readonly records: ReadonlyMap<number, FinishedFrame>;
    readonly told: ReadonlyMap<number, ToldFrame>;
  },
): Promise<readonly FinishedFrame[]> {
  const recovered: FinishedFrame[] = [];
  for (let frame = first; frame < end; frame++) {
    if (records.has(frame)) continue;
    const known = told.get(frame);
    if (known === undefined) break;
    const path = join(paths.folder, framePath(frame));
    const bytes = await sizeIfThere(path);
    if (bytes === undefined || await unlessAbsent(path, () => sha256OfFile(path)) !== known.sha256) break;
    recovered.push({ ...known, bytes });
  }
  return recovered;
}
