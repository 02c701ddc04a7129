/**
 * Images that are the frames of a video: a folder of them, or a pattern of names.
 * @module
 */
import { basename, dirname, extname, join, matchesGlob } from "node:path";
import { compareNames, firstGap } from "./image_names.ts";

/** Endings of the images that a folder is searched for. */
const endings = [".png", ".tif", ".tiff", ".jpg", ".jpeg", ".bmp", ".webp", ".ppm", ".pgm", ".pnm"];

/** ffmpeg is told the images in a list with a line for each, and takes paths with these signs after a % for patterns. */
const misread = /[\n\r]|%(?:\d*d|[*?[\]{}])/;

/** Why a sequence cannot be used. Names are those of files in the sequence's folder. */
export type SequenceProblem =
  | { readonly problem: "missing" }
  | { readonly problem: "pattern in a folder's name" }
  | { readonly problem: "no images" }
  | { readonly problem: "several kinds"; readonly first: string; readonly other: string }
  | { readonly problem: "misread name"; readonly image: string }
  | { readonly problem: "gap"; readonly before: string; readonly after: string; readonly missing: string };

/**
 * The paths of the images in order: those in a folder, or those that a pattern matches (`frames/*.png`; `*`, `?` and
 * `[...]` in the last name). Numbers in names count as numbers. Names that begin with a dot are left out.
 */
export async function listImages(path: string): Promise<readonly string[] | SequenceProblem> {
  const folder = await isFolder(path) ? path : dirname(path);
  const isPattern = folder !== path;
  if (isPattern && /[*?[]/.test(folder) && !await isFolder(folder)) {
    return { problem: "pattern in a folder's name" };
  }
  const names = await fileNames(folder);
  if (names === undefined || (isPattern && !/[*?[]/.test(basename(path)))) return { problem: "missing" };
  const isMeant = (name: string) =>
    isPattern ? matchesGlob(name, basename(path)) : endings.includes(extname(name).toLowerCase());
  const images = names.filter((name) => !name.startsWith(".") && isMeant(name)).sort(compareNames);
  const [first] = images;
  if (first === undefined) return { problem: "no images" };
  const other = images.find((name) => extname(name).toLowerCase() !== extname(first).toLowerCase());
  if (other !== undefined) return { problem: "several kinds", first, other };
  const gap = firstGap(images);
  if (gap !== undefined) return { problem: "gap", ...gap };
  const paths = images.map((name) => join(folder, name));
  const image = paths.find((image) => misread.test(image));
  return image === undefined ? paths : { problem: "misread name", image };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** Names of the files in a folder; undefined when there is no such folder. */
async function fileNames(folder: string): Promise<string[] | undefined> {
  if (!await isFolder(folder)) return undefined;
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isFile, isSymlink }) => isFile || isSymlink).map(({ name }) => name);
}
