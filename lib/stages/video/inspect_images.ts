/**
 * What a sequence of images is before anything is decoded.
 * @module
 */
import { basename, join, resolve } from "node:path";
import type { DigestFile, Recall, ReportProblem } from "../../plan/stage_kind.ts";
import { sha256OfBytes } from "../../store/checksum.ts";
import { isSystemError, systemReason } from "../../store/presence.ts";
import { listImages, type SequenceProblem } from "../../video/image_sequence.ts";
import { readPngHeader } from "../../video/png_header.ts";
import { type ProbeFailure, unreadable } from "../../video/unreadable.ts";
import type { VideoProbe } from "../../video/probe.ts";
import { probed } from "./probed.ts";

/** A sequence of images of one size and kind. */
export interface FoundImages {
  /** Of the first image; the number of frames is that of the images. */
  readonly probe: VideoProbe;
  /** Of the contents in order. */
  readonly sha256: string;
  /** Some pixels may be transparent, which the pixel format does not say. */
  readonly transparent: boolean;
}

/**
 * Looks at all images; reports what is wrong with them, and then resolves to undefined. Throws MissingError when there is
 * no ffprobe.
 */
export async function inspectImages(
  files: string,
  folder: string,
  report: ReportProblem,
  digest: DigestFile,
  recall: Recall,
): Promise<FoundImages | undefined> {
  try {
    return await lookAtImages(files, resolve(folder, files), report, { digest, recall });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    report(["files"], { code: "file_unreadable", file: files, detail: systemReason(error) });
    return undefined;
  }
}

async function lookAtImages(
  files: string,
  path: string,
  report: ReportProblem,
  { digest, recall }: { readonly digest: DigestFile; readonly recall: Recall },
): Promise<FoundImages | undefined> {
  const images = await listImages(path);
  if ("problem" in images) {
    reportSequence(images, files, path, report);
    return undefined;
  }
  const [first = ""] = images;
  /** An image's path as that of the sequence stands in the workflow. */
  const written = (image: string) =>
    join(first === join(path, basename(first)) ? files : join(files, ".."), basename(image));
  const look = async (image: string) => await probed(image, await digest(image), recall);
  const probe = await look(first);
  if ("unreadable" in probe) {
    report(["files"], { code: "not_a_video", file: written(first), detail: probe.unreadable });
    return undefined;
  }
  const kind = await kindOf(first, look);
  for (const image of images.slice(1)) {
    const found = await kindOf(image, look);
    if (found.words === kind.words) continue;
    report(["files"], {
      code: "image_differs",
      file: written(image),
      is: found.words,
      first: basename(first),
      needed: kind.words,
    });
    return undefined;
  }
  const { fps: _, ...rest } = probe;
  return {
    probe: { ...rest, still: false, frames: images.length },
    sha256: await sha256OfImages(images, digest),
    transparent: kind.transparent,
  };
}

/** One digest of the images' contents, in order; their names are not in it. */
export async function sha256OfImages(images: readonly string[], digest: DigestFile): Promise<string> {
  const digests: string[] = [];
  for (const image of images) digests.push(await digest(image));
  return sha256OfBytes(digests.join("\n"));
}

/**
 * Size and kind of an image's pixels, in words that are equal for images that can stand in one sequence.
 * @param look asks ffprobe, which takes its time: a PNG tells by itself
 */
async function kindOf(
  path: string,
  look: (path: string) => Promise<VideoProbe | ProbeFailure>,
): Promise<{ readonly words: string; readonly transparent: boolean }> {
  const png = await readPngHeader(path);
  if (png !== undefined && !png.cutShort) {
    const { height, width, pixels, transparent } = png;
    return { words: `${height} x ${width}, ${pixels}`, transparent };
  }
  const probe = png?.cutShort ? unreadable.cutShort() : await look(path);
  if ("unreadable" in probe) return { words: `no image: ${probe.unreadable}`, transparent: false };
  const { size: { height, width }, pixelFormat } = probe;
  return { words: `${height} x ${width}, ${pixelFormat}`, transparent: false };
}

function reportSequence(
  found: SequenceProblem,
  file: string,
  path: string,
  report: ReportProblem,
): void {
  switch (found.problem) {
    case "missing":
      return report(["files"], { code: "file_missing", file, path });
    case "pattern in a folder's name":
      return report(["files"], { code: "pattern_in_folder", file });
    case "no images":
      return report(["files"], { code: "no_images", file });
    case "several kinds":
      return report(["files"], { code: "image_kinds", file, first: found.first, other: found.other });
    case "misread name": {
      const detail =
        "ffmpeg misreads paths with a line break, and with % before d, * ? [ ] { or }; rename the image or its folder";
      return report(["files"], { code: "file_unreadable", file: found.image, detail });
    }
    case "gap": {
      const { before, after, missing } = found;
      return report(["files"], { code: "image_missing", file, before, after, missing });
    }
  }
}
