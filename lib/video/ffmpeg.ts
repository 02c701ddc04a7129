/**
 * Converting with ffmpeg. The only file that knows fluent-ffmpeg.
 * @module
 */
// @ts-types="@types/fluent-ffmpeg"
import ffmpeg from "fluent-ffmpeg";
import { PassThrough, Readable } from "node:stream";
import { ProgramError } from "../errors.ts";
import { lastLine } from "./ffprobe.ts";
import { imageList, imageListOptions, inputOptions } from "./input_options.ts";
import { programPath } from "./programs.ts";

/** The version that ffmpeg says it has: "6.1.1-3ubuntu5". Throws MissingError. */
export async function ffmpegVersion(): Promise<string> {
  const { stdout } = await new Deno.Command(await programPath("ffmpeg"), { args: ["-version"] }).output();
  return new TextDecoder().decode(stdout).match(/^ffmpeg version (\S+)/)?.[1] ?? "unknown";
}

/** One call of ffmpeg: options before the input, a chain of filters, options before the output. */
export interface Conversion {
  readonly inputOptions: readonly string[];
  readonly filters: readonly string[];
  readonly outputOptions: readonly string[];
}

/** What is read: a file, or images one after the other, with a name for them in messages. */
export type Input = string | { readonly name: string; readonly images: readonly string[] };

/**
 * What ffmpeg writes when it converts a file or images, in pieces. It waits while nobody reads, and is killed when the reader
 * stops early. Throws ProgramError when ffmpeg fails, MissingError when there is none.
 */
export async function* readConverted(input: Input, conversion: Conversion): AsyncGenerator<Uint8Array> {
  // The library takes an output that closes for one that nobody reads, and a busy machine sees ffmpeg end after that.
  const output = new PassThrough({ autoDestroy: false });
  const path = typeof input === "string" ? input : input.name;
  const opened = typeof input === "string"
    ? { source: ffmpeg(input), options: inputOptions(input) }
    : { source: ffmpeg(Readable.from([imageList(input.images)])), options: imageListOptions };
  const { command, finished } = await start(opened.source, path, {
    ...conversion,
    inputOptions: [...opened.options, ...conversion.inputOptions],
  });
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
  if (failure !== undefined) throw new ProgramError(`${path} could not be decoded: ${failure.reason}`);
}

/**
 * Sends bytes through ffmpeg into a file, which is overwritten. ffmpeg sets the pace.
 * Throws ProgramError when ffmpeg fails, the system's error when the disk is full, MissingError when there is no ffmpeg, and what the
 * source of the bytes throws.
 */
export async function writeConverted(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  conversion: Conversion,
): Promise<void> {
  let sourceError: unknown;
  // A source that fails ends what ffmpeg reads. Were the error passed on, the library would report it while ffmpeg still writes.
  async function* watched() {
    try {
      yield* pieces;
    } catch (error) {
      sourceError = error;
    }
  }
  const { command, finished } = await start(ffmpeg(Readable.from(watched())), path, conversion);
  command.save(path);
  const failure = await finished;
  if (sourceError !== undefined) throw sourceError;
  // In its last line ffmpeg only says that the conversion failed.
  if (failure?.isDiskFull) throw new Error("No space left on device (os error 28)");
  if (failure !== undefined) throw new ProgramError(`${path} could not be encoded: ${failure.reason}`);
}

/** Why ffmpeg failed. */
interface Failure {
  readonly reason: string;
  readonly isDiskFull: boolean;
}

interface Started {
  readonly command: ffmpeg.FfmpegCommand;
  /** Resolves when ffmpeg is gone: with the reason when it failed. */
  readonly finished: Promise<Failure | undefined>;
}

async function start(command: ffmpeg.FfmpegCommand, path: string, conversion: Conversion): Promise<Started> {
  command.setFfmpegPath(await programPath("ffmpeg"))
    .inputOptions([...conversion.inputOptions])
    .videoFilters(conversion.filters.join(","))
    .outputOptions([...conversion.outputOptions]);
  const finished = new Promise<Failure | undefined>((resolve) => {
    command.once("end", () => resolve(undefined));
    command.once("error", (error: Error, _stdout: string | null, stderr: string | null) => {
      const isDiskFull = stderr?.includes("No space left on device") ?? false;
      resolve({ reason: lastLine(error.message, path), isDiskFull });
    });
  });
  return { command, finished };
}
