/**
 * Asking ffprobe what a file is.
 * @module
 */
import { z } from "zod";
import { inputOptions } from "./input_options.ts";
import { programPath } from "./programs.ts";

const printedSchema = z.object({
  streams: z.array(z.record(z.string(), z.unknown())).default([]),
  format: z.object({ format_name: z.string().default("") }).default({ format_name: "" }),
  packets: z.array(z.object({ flags: z.string().default(""), pts_time: z.coerce.number().optional() }))
    .default([]),
});

/** What ffprobe prints of a stream: values by name. */
export type ProbedStream = Readonly<Record<string, unknown>>;

/** What ffprobe found in a file; an unreadable file gives the reason. */
export type Probed = {
  readonly format: string;
  readonly streams: readonly ProbedStream[];
  /** The flags of each packet, when `options` ask for them: "K__". */
  readonly packets: readonly string[];
  /** When each packet that is shown is shown, in seconds and in the order of the file; empty where that is not known. */
  readonly times: readonly number[];
  /** What it found wrong on the way; empty for a sound file. */
  readonly complaints: string;
} | { readonly unreadable: string };

/** The ffprobe that comes with npm does so on MPEG transport streams. */
const crashed =
  "ffprobe crashed on it; install ffmpeg from https://ffmpeg.org, or convert the file to .mkv or .mp4";

/** Asks ffprobe about the streams of a file that `options` select. Throws MissingError when there is no ffprobe. */
export async function probeStreams(path: string, options: readonly string[]): Promise<Probed> {
  const command = new Deno.Command(await programPath("ffprobe"), {
    args: [
      ...["-v", "error", "-show_streams", "-show_format", "-print_format", "json=compact=1"],
      ...inputOptions(path),
      ...options,
      path,
    ],
    stdin: "null",
  });
  const { success, signal, stdout, stderr } = await command.output();
  if (signal !== null) return { unreadable: crashed };
  const complaints = new TextDecoder().decode(stderr).trim();
  const printed = printedSchema.safeParse(parsed(new TextDecoder().decode(stdout)));
  if (!success || !printed.success) return { unreadable: withoutPrefixes(complaints, path) };
  const { streams, format, packets } = printed.data;
  return {
    format: format.format_name,
    streams,
    packets: packets.map(({ flags }) => flags),
    times: packets.flatMap(({ flags, pts_time }) =>
      pts_time === undefined || flags.includes("D") ? [] : [pts_time]
    ),
    complaints,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the program printed, without the file's name and the names of the program's parts before it. */
function withoutPrefixes(text: string, path: string): string {
  return text.replaceAll(`${path}: `, "").replace(/^(\[[^\]]* @ 0x[0-9a-f]+\] )+/gm, "").trim();
}

/** The part of a failure that says why: the last line that the program printed, without the file's name before it. */
export function lastLine(text: string, path: string): string {
  // The name itself may have several lines.
  const line = withoutPrefixes(text, path).split("\n").at(-1) ?? "";
  return line.replace(/^ffmpeg exited with code \d+: /, "").trim();
}
