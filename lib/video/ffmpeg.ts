/**
 * ffmpeg and ffprobe. The only file that knows fluent-ffmpeg and the packages that carry the programs.
 * @module
 */
// @ts-types="@types/fluent-ffmpeg"
import ffmpeg from "fluent-ffmpeg";
import { PassThrough, Readable } from "node:stream";
import { MissingError, ProgramError } from "../errors.ts";

type Tool = "ffmpeg" | "ffprobe";

/** Where a program of the system is looked for. The search path is not asked: run permissions name exact files. */
const systemFolders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The npm packages that carry the programs, for most systems. Loading one fails where it has none. */
const packages: { readonly [T in Tool]: () => Promise<{ readonly path: string }> } = {
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

async function carriedPath(tool: Tool): Promise<string | undefined> {
  try {
    return realPath((await packages[tool]()).path);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    // The packages throw a text where they carry no program for the system.
    return undefined;
  }
}

/** The program's path: the system's, else the one that came with npm. Throws MissingError when there is neither. */
async function findTool(tool: Tool): Promise<string> {
  for (const folder of systemFolders) {
    const path = `${folder}/${tool}`;
    if (realPath(path) !== undefined) return path;
  }
  const carried = await carriedPath(tool);
  if (carried !== undefined) return carried;
  throw new MissingError(
    `${tool} is needed for video files and is not on this machine: it is neither in ${
      systemFolders.join(", ")
    } ` +
      "nor carried by npm for this system; install it from https://ffmpeg.org",
  );
}

const found = new Map<Tool, Promise<string>>();

function toolPath(tool: Tool): Promise<string> {
  const path = found.get(tool) ?? findTool(tool);
  found.set(tool, path);
  return path;
}

/** The version that ffmpeg says it has: "6.1.1-3ubuntu5". Throws MissingError. */
export async function ffmpegVersion(): Promise<string> {
  const { stdout } = await new Deno.Command(await toolPath("ffmpeg"), { args: ["-version"] }).output();
  return new TextDecoder().decode(stdout).match(/^ffmpeg version (\S+)/)?.[1] ?? "unknown";
}

/** ffmpeg takes `%02d` in an image's name for a list of images; here a name is the name of one file. */
function nameOptions(path: string): readonly string[] {
  return /%\d*d.*\.(png|jpe?g|bmp|tiff?|webp|p[bgpn]m|tga)$/i.test(path) ? ["-pattern_type", "none"] : [];
}

/** What ffprobe prints of a stream: values by name, numbers where it prints plain ones. */
export type ProbedStream = Readonly<Record<string, unknown>>;

/** What ffprobe found in a file; an unreadable file gives the reason. */
export type Probed =
  | { readonly format: string; readonly streams: readonly ProbedStream[] }
  | { readonly unreadable: string };

/** Asks ffprobe about the streams of a file that `options` select. Throws MissingError when there is no ffprobe. */
export async function probeStreams(path: string, options: readonly string[]): Promise<Probed> {
  ffmpeg.setFfprobePath(await toolPath("ffprobe"));
  return await new Promise((resolve) => {
    ffmpeg.ffprobe(path, ["-v", "error", ...nameOptions(path), ...options], (error, data) => {
      if (error) resolve({ unreadable: lastLine(String(error.message), path) });
      else {
        const streams = data.streams.map((stream) => ({ ...stream }));
        resolve({ format: data.format.format_name ?? "", streams });
      }
    });
  });
}

/** The part of a failure that says why: the last line that the program printed, without the file's name before it. */
function lastLine(text: string, path: string): string {
  const line = text.trim().split("\n").at(-1) ?? "";
  return line.replace(/^ffmpeg exited with code \d+: /, "").replace(`${path}: `, "").trim();
}

/** One call of ffmpeg: options before the input, a chain of filters, options before the output. */
export interface Conversion {
  readonly inputOptions: readonly string[];
  readonly filters: readonly string[];
  readonly outputOptions: readonly string[];
}

/**
 * What ffmpeg writes when it converts a file, in pieces. It waits while nobody reads, and is killed when the reader
 * stops early. Throws ProgramError when ffmpeg fails, MissingError when there is none.
 */
export async function* readConverted(path: string, conversion: Conversion): AsyncGenerator<Uint8Array> {
  const output = new PassThrough();
  const inputOptions = [...nameOptions(path), ...conversion.inputOptions];
  const { command, finished } = await start(ffmpeg(path), path, { ...conversion, inputOptions });
  command.pipe(output);
  // Without a process nothing would ever end the output.
  finished.then((failure) => failure !== undefined && output.end());
  let ended = false;
  try {
    for await (const piece of output) yield piece;
    ended = true;
  } finally {
    if (!ended) command.kill("SIGKILL");
    await finished;
  }
  const failure = await finished;
  if (failure !== undefined) throw new ProgramError(`${path} could not be decoded: ${failure}`);
}

/**
 * Sends bytes through ffmpeg into a file, which is overwritten. ffmpeg sets the pace.
 * Throws ProgramError when ffmpeg fails, MissingError when there is none, and what the source of the bytes throws.
 */
export async function writeConverted(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  conversion: Conversion,
): Promise<void> {
  let sourceError: unknown;
  async function* watched() {
    try {
      yield* pieces;
    } catch (error) {
      sourceError = error;
      throw error;
    }
  }
  const { command, finished } = await start(ffmpeg(Readable.from(watched())), path, conversion);
  command.save(path);
  const failure = await finished;
  if (sourceError !== undefined) throw sourceError;
  if (failure !== undefined) throw new ProgramError(`${path} could not be encoded: ${failure}`);
}

interface Started {
  readonly command: ffmpeg.FfmpegCommand;
  /** Resolves when ffmpeg is gone: with the reason when it failed. */
  readonly finished: Promise<string | undefined>;
}

async function start(command: ffmpeg.FfmpegCommand, path: string, conversion: Conversion): Promise<Started> {
  command.setFfmpegPath(await toolPath("ffmpeg"))
    .inputOptions([...conversion.inputOptions])
    .videoFilters(conversion.filters.join(","))
    .outputOptions([...conversion.outputOptions]);
  const finished = new Promise<string | undefined>((resolve) => {
    command.once("end", () => resolve(undefined));
    command.once("error", (error: Error) => resolve(lastLine(error.message, path)));
  });
  return { command, finished };
}
