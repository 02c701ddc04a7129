/**
 * A language for tests: the real kinds, with videos whose file names say what they are (`street_240x320_12.mp4`).
 */
import { basename, join } from "node:path";
import { z } from "zod";
import { bindKind, type BoundKind } from "../../lib/plan/bound_kind.ts";
import { inspectWorkflow, type Surroundings } from "../../lib/plan/inspect.ts";
import type { ModelFacts, PreviewScale } from "../../lib/plan/stage_kind.ts";
import { stageKinds } from "../../lib/stages/table.ts";
import { videoKind } from "../../lib/stages/video/kind.ts";
import { name, settingsMap } from "../../lib/workflow/fields.ts";
import { loadWorkflow } from "../../lib/workflow/load.ts";

/** The video kind without a disk: size and frames are read off the file's name. */
export const namedVideoKind = bindKind({
  ...videoKind,
  inspect(settings, _folder, report) {
    if ("generate" in settings) {
      const { height = 360, width = 640, frames = 120, fps = "25/1" } = settings;
      return Promise.resolve({ video: { height, width, frames, fps }, digests: {}, details: {} });
    }
    const { start, step } = settings;
    const file = "files" in settings ? settings.files : settings.file;
    if (file.includes("missing")) {
      report(["file"], { code: "file_missing", file, path: `/${basename(file)}` });
      return Promise.resolve(undefined);
    }
    const [, height, width, frames] = file.match(/_(\d+)x(\d+)_(\d+)\./) ?? [];
    if (height === undefined || width === undefined || frames === undefined) {
      report(["file"], { code: "not_a_video", file, detail: "its name has no size" });
      return Promise.resolve(undefined);
    }
    const most = Math.ceil((Number(frames) - start) / step);
    if (settings.frames !== undefined && settings.frames > most) {
      const needed = start + (settings.frames - 1) * step + 1;
      const asked = { start, wanted: settings.frames, step };
      report(["frames"], { code: "beyond_the_end", file, frames: Number(frames), ...asked, needed, most });
      return Promise.resolve(undefined);
    }
    const video = {
      height: settings.height ?? Number(height),
      width: settings.width ?? Number(width),
      frames: settings.frames ?? Number(frames),
      fps: settings.fps ?? "25/1",
      ...(settings.transfer !== "srgb" && { transfer: settings.transfer }),
    };
    return Promise.resolve({ video, digests: { file: `digest of ${file.split("/").at(-1)}` }, details: {} });
  },
});

const models: Readonly<Record<string, ModelFacts>> = {
  prednet_kitti: {
    name: "prednet_kitti",
    stream: "prediction",
    layers: ["prediction"],
    defaultTextureLayers: [],
    defaultContentLayers: [],
    smallestSide: 8,
  },
  vgg19: {
    name: "vgg19",
    stream: "spatial",
    layers: ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv4_2", "conv5_1", "conv5_2"],
    defaultTextureLayers: ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"],
    defaultContentLayers: ["conv5_2"],
    smallestSide: 16,
  },
  msoe: {
    name: "msoe",
    stream: "temporal",
    layers: ["concat"],
    defaultTextureLayers: ["concat"],
    defaultContentLayers: ["concat"],
    smallestSide: 20,
  },
};

export const surroundings: Surroundings = {
  digest: (path) => Promise.resolve(`digest of ${path}`),
  recall: (_what, _sha256, find) => find(),
  modelFacts: (name) => models[name],
  inspectModel: ({ file }) => Promise.resolve({ code: "model_unusable", file, detail: "it is no model" }),
};

interface CompareSettings {
  readonly videos: readonly string[];
  readonly stage?: string;
}

/** A kind as analyses will be: it reads many videos, and makes a table. */
export const compareKind = bindKind<CompareSettings>({
  name: "compare",
  summary: "Compares videos.",
  format: 1,
  artifact: "table",
  schema: settingsMap({ videos: z.array(name), stage: name.exactOptional() }),
  references: ({ videos, stage }) => [
    ...videos.map((name, index) => ({ path: ["videos", index], name, wants: "videos" as const })),
    ...(stage === undefined ? [] : [{ path: ["stage"], name: stage, wants: "stage" as const }]),
  ],
  write: (settings) => settings,
  check() {},
  makes: () => ({ made: "table" }),
  keyed: () => ({}),
  work: () => [],
  deviations: () => [],
  load: () => Promise.reject(new Error("only for tests")),
});

/** Reads files of a map by path, or of a folder. */
export type Files = Readonly<Record<string, string>> | URL;

function reader(files: Files): (path: string) => Promise<Uint8Array> {
  return async (path) => {
    if (files instanceof URL) return await Deno.readFile(join(files.pathname, path));
    const text = files[path];
    if (text === undefined) throw new Deno.errors.NotFound(path);
    return new TextEncoder().encode(text);
  };
}

/** Loads and inspects `main` of some files. */
export async function load(
  files: Files,
  { main = "main.yaml", set = [], frames, kinds = [], preview }: {
    readonly main?: string;
    readonly set?: readonly string[];
    readonly frames?: number;
    /** Beside the real ones. */
    readonly kinds?: readonly BoundKind[];
    readonly preview?: PreviewScale;
  } = {},
) {
  const loaded = await loadWorkflow(main, {
    kinds: [...stageKinds, ...kinds],
    videoKind: namedVideoKind,
    builtInModels: Object.values(models).map(({ name, stream }) => (
      { name, serves: stream === "prediction" ? "prediction" : "stream" }
    )),
    set,
    read: reader(files),
    ...(frames !== undefined && { frames }),
  });
  const { workflow, collector } = loaded;
  const around = { ...surroundings, ...(preview && { preview }) };
  const inspected = workflow === undefined ? [] : await inspectWorkflow(workflow, around, collector);
  return { workflow, inspected, collector, problems: collector.problems() };
}

/** Loads files that have no problems. Throws an Error that lists the problems if there are any. */
export async function loadGood(files: Files, options?: Parameters<typeof load>[1]) {
  const { workflow, inspected, problems } = await load(files, options);
  if (workflow === undefined || problems.length > 0) {
    throw new Error(problems.map(({ fact, subject }) => `${subject}: ${JSON.stringify(fact)}`).join("\n"));
  }
  return { workflow: { ...workflow, instances: inspected.map(({ instance }) => instance) }, inspected };
}
