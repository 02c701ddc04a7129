/**
 * The manifest of an instance that has just been finished: what was planned, and what its records and its log say of how it was made.
 * @module
 */
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { type RunEvent, warningsIn } from "../store/events.ts";
import type { FinishedFrame } from "../store/frame_records.ts";
import { framePath } from "../store/layout.ts";
import type { ResultFile } from "../store/result_files.ts";
import { type Manifest, manifestSchema, type Registered, type Repository } from "../store/manifest.ts";
import { residualsOf } from "../store/residuals.ts";
import type { Specification } from "../store/specification.ts";

/** What a manifest says of where and with what the instance was made. */
export interface Provenance {
  /** Of this program. */
  readonly version: string;
  /** Of ffmpeg; undefined where there is none. */
  readonly ffmpeg: string | undefined;
  /** Of the workflow; undefined when it is in none. */
  readonly repository: Repository | undefined;
  /** Given when what is run was registered. */
  readonly frozen?: Registered;
  /** All that it takes to make the instance again. */
  readonly specification?: Specification;
}

/** What an instance without frames consists of, and how long its last session took. */
export interface FinishedFiles {
  readonly files: readonly ResultFile[];
  readonly seconds: number;
}

/**
 * @param records of all frames that the instance should have, in order
 * @param events the instance's own log, all sessions of it
 * @param made for an instance that makes a table or a report
 */
export function composeManifest(
  instance: PlannedInstance,
  records: readonly FinishedFrame[],
  events: readonly RunEvent[],
  { version, ffmpeg, repository, frozen, specification }: Provenance,
  made?: FinishedFiles,
): Manifest {
  const { artifact, facts } = instance;
  const residuals = residualsOf(records);
  return manifestSchema.parse({
    v: 1,
    key: instance.key,
    kind: instance.kind,
    format: instance.format,
    stage: { name: instance.stage, instance: instance.name },
    settings: instance.settings,
    inputs: instance.inputs.map(({ role, name, key, video, origin, deviations }) => ({
      role,
      name,
      key,
      ...(video && { frames: [0, video.frames], height: video.height, width: video.width, fps: video.fps }),
      ...origin,
      ...(deviations && { deviations }),
    })),
    models: instance.models,
    ...(facts.inspected &&
      { source: { digests: facts.inspected.digests, details: facts.inspected.details } }),
    ...(artifact.made === "video" && { video: artifact.video }),
    outputs: [
      ...records.map(({ frame, bytes, sha256 }) => ({ path: framePath(frame), bytes, sha256 })),
      ...(made?.files ?? []),
    ],
    ...(residuals && { residuals }),
    sessions: sessionsOf(events),
    software: { metamer: version, deno: Deno.version.deno, v8: Deno.version.v8, ...(ffmpeg && { ffmpeg }) },
    ...(repository && { git: repository }),
    ...(frozen && { frozen }),
    ...(specification && { specification }),
    deviations: instance.deviations,
    ...(instance.methods && { methods: instance.methods }),
    warnings: warningsIn(events),
    seconds: made?.seconds ?? records.reduce((sum, { seconds }) => sum + seconds, 0),
    iterations: records.reduce((sum, { iterations }) => sum + (iterations ?? 0), 0),
  });
}

/** One session per run that worked on the instance, killed ones included, in order. */
export function sessionsOf(events: readonly RunEvent[]): Manifest["sessions"] {
  const runs = Map.groupBy(events, ({ run }) => run);
  return Array.from(runs.values()).flatMap((session) => {
    const start = session.find((event) => event.type === "instance.started");
    const last = session.at(-1);
    if (start === undefined || last === undefined) return [];
    const engine = session.find((event) => event.type === "engine.opened")?.engine;
    const frames = session.flatMap((event) =>
      event.type === "frame.finished" && event.frame >= 0 ? [event.frame] : []
    );
    const [first, final] = [frames.at(0), frames.at(-1)];
    return [{
      started: start.at,
      ended: last.at,
      host: start.host,
      os: start.os,
      cpu: start.cpu,
      ...(engine && { engine }),
      ...(start.forced && { forced: start.forced }),
      ...(first !== undefined && final !== undefined &&
        { frames: [first, final] satisfies [number, number] }),
    }];
  });
}
