/**
 * What has computed an instance so far.
 * @module
 */
import { readEvents } from "./event_log.ts";
import type { EngineIdentityRecord } from "./events.ts";
import { readFrameRecords } from "./frame_records.ts";
import type { InstancePaths } from "./layout.ts";
import { readManifest } from "./manifest.ts";
import { sizeIfThere } from "./presence.ts";

/** An engine, and how many output frames it has computed: 0 for padding, a table, or a frame that is not finished. */
export interface EngineUse {
  readonly engine: EngineIdentityRecord;
  readonly frames: number;
}

/** The engines of an instance's frames, of its table, and of a frame that was begun; none where no engine was needed. */
export async function enginesUsed(paths: InstancePaths): Promise<readonly EngineUse[]> {
  const records = [...(await readFrameRecords(paths.frameRecords)).values()];
  const computed = records.flatMap(({ frame, engine }) => engine === undefined ? [] : [{ frame, engine }]);
  const grouped = Map.groupBy(computed, ({ engine }) => JSON.stringify(engine));
  const uses = [...grouped.values()].flatMap((same) => {
    const frames = same.filter(({ frame }) => frame >= 0).length;
    return same.slice(0, 1).map(({ engine }): EngineUse => ({ engine, frames }));
  });
  const beside = await engineBeside(paths, records.length > 0);
  if (beside === undefined || grouped.has(JSON.stringify(beside))) return uses;
  return [...uses, { engine: beside, frames: 0 }];
}

/** Of what is no finished frame: a table, or a frame whose state was kept. */
async function engineBeside(
  paths: InstancePaths,
  hasFrames: boolean,
): Promise<EngineIdentityRecord | undefined> {
  const manifest = await readManifest(paths.manifest);
  if (manifest !== undefined) {
    return hasFrames ? undefined : manifest.sessions.findLast(({ engine }) => engine !== undefined)?.engine;
  }
  if (await sizeIfThere(paths.state) === undefined) return undefined;
  return (await readEvents(paths.events)).findLast((event) => event.type === "engine.opened")?.engine;
}
