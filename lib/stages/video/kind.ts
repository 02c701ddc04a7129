/**
 * The kind `video`: decoding, or making, the frames of an entry of `videos`. Every such entry is an implicit stage.
 * @module
 */
import type { Facts, InspectedVideo, Json, StageKind } from "../../plan/stage_kind.ts";
import { videoDeviations } from "./deviations.ts";
import { mediaOf } from "./media.ts";
import { type VideoEntry, videoSchema } from "./schema.ts";

/** Decodes a file of the user, or makes a clip. */
export const videoKind: StageKind<VideoEntry> = {
  name: "video",
  summary: "Reads a video, a still image or a sequence of images from files, or makes one.",
  format: 1,
  artifact: "video",
  schema: videoSchema,
  files: ["file", "files"],
  references: () => [],
  write: writeVideo,
  async inspect(settings, folder, report, digest, recall) {
    const { inspectVideo } = await import("./inspect.ts");
    return await inspectVideo(settings, folder, report, digest, recall);
  },
  preview(settings, facts, scale) {
    const found = inspected(facts);
    const size = scale.size(found.video);
    const smaller = { ...found, video: { ...found.video, ...size } };
    const note = scale.sizeNote(found.video);
    return {
      settings: { ...settings, ...size },
      inspected: smaller,
      notes: note === undefined ? [] : [note],
    };
  },
  check() {},
  makes: (_settings, facts) => ({ made: "video", video: inspected(facts).video }),
  keyed: keyedVideo,
  work(_settings, facts) {
    const { height, width, frames } = inspected(facts).video;
    return [{ height, width, iterations: frames, parts: ["decode"] }];
  },
  deviations: videoDeviations,
  async load() {
    const { runVideo } = await import("./run.ts");
    return runVideo;
  },
};

/** The number of frames is not in it: more can be decoded later. */
function keyedVideo(settings: VideoEntry, facts: Facts): Json {
  const { video: { height, width, fps }, digests, details } = inspected(facts);
  const { start, step, fit, color, transfer } = settings;
  const origin = "generate" in settings
    ? { generate: { ...settings.generate } }
    : { files: digests, colors: colorsOf(details) };
  return {
    ...origin,
    height,
    width,
    fit,
    fps,
    start,
    step,
    color,
    ...keyedValues(settings, facts),
    ...(transfer !== "srgb" && { transfer }),
  };
}

/** How values are read, where that is not as of any 8-bit file. */
function keyedValues(settings: VideoEntry, facts: Facts): { readonly [key: string]: Json } {
  const values = mediaOf(settings, facts.inspected)?.values;
  return { ...(values?.deep && { values: "float32" }), ...(values?.alpha && { alpha: "over gray" }) };
}

/** Color matrix and range that decoding uses, as they were found or assumed. */
function colorsOf(details: Json): Json {
  const isMap = typeof details === "object" && details !== null && "color" in details;
  return isMap ? details.color ?? null : null;
}

/** What would have to stand in YAML to get these settings without any default. */
function writeVideo(settings: VideoEntry): unknown {
  if (!("generate" in settings)) return settings;
  const { generate: { name, ...parameters }, ...choices } = settings;
  return { generate: { [name]: parameters }, ...choices };
}

function inspected({ inspected }: Facts): InspectedVideo {
  if (inspected?.video === undefined) throw new Error("a video that was not inspected");
  return { ...inspected, video: inspected.video };
}
