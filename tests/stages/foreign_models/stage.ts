/**
 * The kinds that look into ONNX models, without a runner.
 */
import { join } from "node:path";
import { openEngine } from "../../../lib/engines/open.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import type {
  Facts,
  SettingPath,
  StageContext,
  StageKind,
  VideoFacts,
} from "../../../lib/plan/stage_kind.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import type { StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { describeProblem, type ProblemFact } from "../../../lib/workflow/problems.ts";
import { parse } from "csv-parse/sync";
import { tinyModels } from "../../synthesis/tiny_models.ts";
import { size } from "./tiny_model.ts";
import { noPredictor } from "../../models/no_predictor.ts";

/** A clip of noise, stored in 8 bits. */
export function noiseClip(frames: number, seed: number): FrameSource {
  const { height, width } = size;
  return {
    frames,
    frame(frame) {
      if (frame < 0 || frame >= frames) throw new Error(`the clip has no frame ${frame}`);
      const noise = uniformNoise({ seed, frame, purpose: "generated" }, height, width);
      return Promise.resolve({ shape: [height, width, 3], data: frameToBytes(noise) });
    },
  };
}

/** What a stage is given. */
export interface Request {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly videos: Readonly<Record<string, FrameSource>>;
  /** Stops after so many windows. */
  readonly stopAfter?: number;
}

/** What planning finds. */
export interface Planned<Settings> {
  readonly settings: Settings;
  readonly facts: Facts;
  /** In words. */
  readonly problems: readonly string[];
}

/** Looks at files and checks, as a plan does. */
export async function planStage<Settings>(
  kind: StageKind<Settings>,
  folder: string,
  { settings: written, videos }: Request,
): Promise<Planned<Settings>> {
  const names = Object.keys(videos);
  const settings = kind.schema.parse({ model: "tiny.onnx", videos: names, ...written });
  const problems: string[] = [];
  const report = (path: SettingPath, problem: ProblemFact) =>
    void problems.push(`${path.join(".")}: ${describeProblem(problem, path.join("."))}`);
  const recall = (_what: string, _sha256: string, find: () => Promise<unknown>) => find();
  const inspected = await kind.inspect?.(settings, folder, report, sha256OfFile, recall);
  const roles = names.map((name, index) => [name, `videos.${index}`] as const);
  const facts: Facts = {
    videos: Object.fromEntries(
      roles.map(([name, role]): [string, VideoFacts] => [
        role,
        { ...size, frames: videos[name]?.frames ?? 0, fps: "25/1" },
      ]),
    ),
    models: {},
    names: Object.fromEntries(roles.map(([name, role]) => [role, name])),
    ...(inspected && { inspected }),
  };
  if (inspected !== undefined) kind.check(settings, facts, report);
  return { settings, facts, problems };
}

/** What a run left: files by their names inside the instance's folder. */
export interface Outcome {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly summary: Readonly<Record<string, unknown>>;
  readonly events: readonly StageEvent[];
}

/** Plans and runs a stage. Undefined when it was stopped. Throws an Error when planning finds problems. */
export async function runStage<Settings>(
  kind: StageKind<Settings>,
  folder: string,
  request: Request,
): Promise<Outcome | undefined> {
  const { settings, facts, problems } = await planStage(kind, folder, request);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const paths = instancePaths(join(folder, "runs"), `${kind.name}-1`);
  const events: StageEvent[] = [];
  const stopped = () => events.length >= (request.stopAfter ?? Infinity);
  await using engine = await openEngine({ threads: 1 });
  using store = await openInstanceFolder(paths, { engine: () => engine.identity, onDamage: () => {} });
  const inputs = Object.values(request.videos).map((source, index) => [`videos.${index}`, source]);
  const context: StageContext = {
    artifact: { made: "table" },
    facts,
    folder,
    inputs: Object.fromEntries(inputs),
    store,
    checkpoints: createCheckpoints(store, () => {}, { every: 0 }),
    finished: () => Promise.reject(new Error("no records")),
    models: { ...noPredictor, ...tinyModels },
    engine: () => Promise.resolve(engine),
    emit: (event) => void events.push(event),
    stopRequested: stopped,
  };
  await (await kind.load())(settings, context);
  if (stopped()) return undefined;
  return await readOutcome(paths.folder, events);
}

async function readOutcome(folder: string, events: readonly StageEvent[]): Promise<Outcome> {
  const files: Record<string, Uint8Array> = {};
  for (const name of ["table.csv", "summary.json"]) files[name] = await Deno.readFile(join(folder, name));
  try {
    for await (const { name } of Deno.readDir(join(folder, "arrays"))) {
      files[`arrays/${name}`] = await Deno.readFile(join(folder, "arrays", name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const rows: Record<string, string>[] = parse(text("table.csv"), {
    columns: true,
    record_delimiter: "\r\n",
  });
  return { files, rows, summary: JSON.parse(text("summary.json")), events };
}
