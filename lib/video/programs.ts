/**
 * Where the programs ffmpeg and ffprobe are: the system's, or those that came with npm.
 * @module
 */
import { MissingError } from "../errors.ts";

/** What video files need. */
export type Program = "ffmpeg" | "ffprobe";

/** Where a program of the system is looked for. The search path is not asked: run permissions name exact files. */
const systemFolders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The npm packages that carry the programs, for most systems. Loading one fails where it has none. */
const packages: { readonly [T in Program]: () => Promise<{ readonly path: string }> } = {
  ffmpeg: async () => (await import("@ffmpeg-installer/ffmpeg")).default,
  ffprobe: async () => (await import("@ffprobe-installer/ffprobe")).default,
};

/** The real path of a file that exists, else undefined. */
function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function carriedPath(program: Program): Promise<string | undefined> {
  try {
    return realPath((await packages[program]()).path);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    // The packages throw a text where they carry no program for the system.
    return undefined;
  }
}

/** The program's path: the system's, else the one that came with npm. Throws MissingError when there is neither. */
async function findProgram(program: Program): Promise<string> {
  for (const folder of systemFolders) {
    const path = `${folder}/${program}`;
    if (realPath(path) !== undefined) return path;
  }
  const carried = await carriedPath(program);
  if (carried !== undefined) return carried;
  throw new MissingError(
    `${program} is needed for video files and is not on this machine: it is neither in ${
      systemFolders.join(", ")
    } ` +
      "nor carried by npm for this system; install it from https://ffmpeg.org",
  );
}

const found = new Map<Program, Promise<string>>();

/** The path of a program; looked for once. Throws MissingError when it is nowhere. */
export function programPath(program: Program): Promise<string> {
  const path = found.get(program) ?? findProgram(program);
  found.set(program, path);
  return path;
}
