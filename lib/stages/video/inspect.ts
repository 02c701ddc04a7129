/**
 * What a video is before anything is decoded.
 * @module
 */
import { resolve } from "node:path";
import { generatedClipDefaults, generatedSize } from "../../frames/generated/settings.ts";
import type {
  DigestFile,
  FileOrigin,
  InspectedVideo,
  Recall,
  ReportProblem,
  VideoFacts,
} from "../../plan/stage_kind.ts";
import { isSystemError, systemReason } from "../../store/presence.ts";
import { fittedSize } from "../../video/fit.ts";
import { readPngHeader } from "../../video/png_header.ts";
import { dividedRate, rateValue } from "../../video/rate.ts";
import type { VideoChoices, VideoSettings } from "../../video/settings.ts";
import type { FileDetails } from "./details.ts";
import { type FoundImages, inspectImages } from "./inspect_images.ts";
import { namesBeside } from "../names_beside.ts";
import { probed } from "./probed.ts";

/**
 * Looks at the origin of a video. Reports what cannot be read and what the file does not have; then resolves to
 * undefined. Throws MissingError when a file must be read and there is no ffprobe.
 */
export async function inspectVideo(
  settings: VideoSettings,
  folder: string,
  report: ReportProblem,
  digest: DigestFile,
  recall: Recall,
): Promise<InspectedVideo | undefined> {
  if ("generate" in settings) return inspectGenerated(settings);
  if ("files" in settings) {
    const images = await inspectImages(settings.files, folder, report, digest, recall);
    return images && inspectFound(settings, { key: "files", file: settings.files, ...images }, report);
  }
  const path = resolve(folder, settings.file);
  const sha256 = await digestOrProblem(settings.file, path, report, digest);
  if (sha256 === undefined) return undefined;
  const probe = await probed(path, sha256, recall);
  if ("unreadable" in probe) {
    report(["file"], { code: "not_a_video", file: settings.file, detail: probe.unreadable });
    return undefined;
  }
  const transparent = probe.codec === "png" && (await readPngHeader(path))?.transparent === true;
  return inspectFound(settings, { key: "file", file: settings.file, probe, sha256, transparent }, report);
}

function inspectGenerated(choices: VideoChoices): InspectedVideo {
  const { frames = generatedClipDefaults.frames, fps = generatedClipDefaults.fps, step } = choices;
  const size = generatedSize(choices.height, choices.width);
  const video = { ...size, frames, fps: dividedRate(fps, step), ...modeOf(choices) };
  return { video, digests: {}, details: { kind: "generated" } };
}

/** What the video's values are, where they are not colors coded by sRGB. */
function modeOf({ color, transfer }: VideoChoices): Pick<VideoFacts, "color" | "transfer"> {
  return { ...(color === "gray" && { color }), ...(transfer !== "srgb" && { transfer }) };
}

async function digestOrProblem(
  file: string,
  path: string,
  report: ReportProblem,
  digest: DigestFile,
): Promise<string | undefined> {
  try {
    const { isFile, isDirectory } = await Deno.stat(path);
    if (!isFile) {
      const detail = isDirectory
        ? "it is a folder; write files: for a folder of images"
        : "it is no file but a device or a pipe";
      report(["file"], { code: "file_unreadable", file, detail });
      return undefined;
    }
    return await digest(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      report(["file"], { code: "file_missing", file, path, known: await namesBeside(path) });
    } else if (error instanceof Deno.errors.PermissionDenied) {
      report(["file"], { code: "file_unreadable", file, detail: "you have no permission to read it" });
    } else if (isSystemError(error)) {
      report(["file"], { code: "file_unreadable", file, detail: systemReason(error) });
    } else throw error;
    return undefined;
  }
}

/** What was found: a file, or images. */
interface Found extends FoundImages {
  /** The setting that names it, and what stands there. */
  readonly key: "file" | "files";
  readonly file: string;
}

function inspectFound(
  choices: VideoChoices,
  found: Found,
  report: ReportProblem,
): InspectedVideo | undefined {
  const { key, file, probe, sha256 } = found;
  const { start, step, license, source } = choices;
  // A still image is a constant video, as long as anybody wants.
  const available = probe.still ? Infinity : Math.ceil((probe.frames - start) / step);
  const wanted = choices.frames ?? (probe.still ? generatedClipDefaults.frames : Math.max(available, 1));
  let good = true;
  if (wanted > available) {
    const needed = start + (wanted - 1) * step + 1;
    report([choices.frames === undefined ? "start" : "frames"], {
      code: "beyond_the_end",
      file,
      frames: probe.frames,
      start,
      wanted,
      step,
      needed,
      most: Math.max(0, available),
    });
    good = false;
  }
  if (probe.cutShort && choices.frames === undefined && available > 0) {
    report([key], { code: "cut_short", file, frames: probe.frames, most: available });
    good = false;
  }
  if (choices.fps === undefined && probe.unlikelyFps !== undefined) {
    report([key], { code: "unlikely_rate", file, rate: Math.round(rateValue(probe.unlikelyFps)) });
    good = false;
  }
  if (choices.fps !== undefined && probe.fps !== undefined) {
    report(["fps"], { code: "fps_of_file", file });
    good = false;
  }
  if (!good) return undefined;
  const rate = probe.fps ?? choices.fps ?? generatedClipDefaults.fps;
  const size = fittedSize(probe.size, choices.height, choices.width);
  const video = { ...size, frames: wanted, fps: dividedRate(rate, step), ...modeOf(choices) };
  const origin: FileOrigin = {
    file,
    sha256,
    start,
    step,
    color: { ...probe.color },
    ...(license !== undefined && { license }),
    ...(source !== undefined && { source }),
  };
  return { video, digests: { [key]: sha256 }, details: { ...detailsOf(found) }, origin };
}

function detailsOf({ key, probe, transparent }: Found): FileDetails {
  const { traits } = probe;
  return {
    kind: key === "files" ? "images" : probe.still ? "still image" : "video",
    codec: probe.codec,
    pixel_format: probe.pixelFormat,
    ...probe.size,
    frames: probe.frames,
    ...(probe.pixelAspect !== undefined && { pixel_aspect: probe.pixelAspect }),
    ...(probe.fps !== undefined && { fps: probe.fps }),
    color: { ...probe.color },
    ...(transparent && { transparent }),
    ...(Object.keys(traits).length > 0 && { traits }),
  };
}
