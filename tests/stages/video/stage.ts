/**
 * The kind `video` without a runner.
 * @module
 */
import type { InspectedVideo, StageContext } from "../../../lib/plan/stage_kind.ts";
import { inspectVideo } from "../../../lib/stages/video/inspect.ts";
import { runVideo } from "../../../lib/stages/video/run.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import type { StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { VideoSettings } from "../../../lib/video/settings.ts";
import type { ProblemFact } from "../../../lib/workflow/problems.ts";
import { noPredictor } from "../../models/no_predictor.ts";

/** What a video is when nothing is said about it. */
export const defaults = { start: 0, step: 1, fit: "stretch", color: "rgb", transfer: "srgb" } as const;

/** What inspection finds and reports; problems as "path code". */
export async function inspect(
  settings: VideoSettings,
  folder: string,
): Promise<
  {
    readonly inspected: InspectedVideo | undefined;
    readonly problems: readonly string[];
    readonly facts: readonly ProblemFact[];
  }
> {
  const problems: string[] = [];
  const facts: ProblemFact[] = [];
  const inspected = await inspectVideo(
    settings,
    folder,
    (path, problem) => {
      problems.push(`${path.join(".")} ${problem.code}`);
      facts.push(problem);
    },
    sha256OfFile,
    (_what, _sha256, find) => find(),
  );
  return { inspected, problems, facts };
}

/** The folder of the instance that `run` fills. */
export function instanceOf(runs: string): ReturnType<typeof instancePaths> {
  return instancePaths(runs, "video-1");
}

/**
 * Inspects and runs; resolves to the stored frames and to the numbers of those that were made now.
 * @param meanwhile happens between the two
 */
export async function run(
  settings: VideoSettings,
  folder: string,
  runs: string,
  { stopAfter = Infinity, meanwhile = () => Promise.resolve() }: {
    readonly stopAfter?: number;
    readonly meanwhile?: () => Promise<void>;
  } = {},
): Promise<{ readonly frames: readonly (Uint8Array | Float32Array)[]; readonly made: readonly number[] }> {
  const { inspected, problems } = await inspect(settings, folder);
  if (inspected?.video === undefined) throw new Error(problems.join());
  await meanwhile();
  const made: number[] = [];
  using store = await openInstanceFolder(instanceOf(runs), { engine: () => undefined, onDamage: () => {} });
  const none = () => {
    throw new Error("a video needs no engine and no model");
  };
  const context: StageContext = {
    artifact: { made: "video", video: inspected.video },
    facts: { videos: {}, models: {}, inspected },
    folder,
    inputs: {},
    store,
    checkpoints: createCheckpoints(store, none, { every: 0 }),
    models: { ...noPredictor, open: none },
    engine: none,
    emit: (event: StageEvent) => event.type === "frame.finished" && made.push(event.frame),
    finished: () => Promise.reject(new Error("no stage reads records here")),
    stopRequested: () => made.length >= stopAfter,
  };
  await runVideo(settings, context);
  const frames: (Uint8Array | Float32Array)[] = [];
  for (let index = 0; index < await store.finishedFrames(0); index++) {
    frames.push((await store.readFrame(index)).data);
  }
  return { frames, made };
}
