/** Runs the program as a user does: in a process of its own, with the permissions of its task. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RunEvent, runEventSchema } from "../../lib/store/events.ts";
import { type TemporaryFolder, temporaryFolder } from "../temporary_folder.ts";

/** The project's folder. */
export const project = fileURLToPath(new URL("../../", import.meta.url));

/** What a program printed and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a verb with these arguments and the permissions of its task. */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  const [verb = ""] = args;
  const own = ["run", "plan", "diff", "freeze", "export", "models", "doctor", "clean", "cancel"];
  const permissions = verb === "reproduce" ? "run" : own.includes(verb) ? verb : "look";
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", `-P=${permissions}`, "lib/cli/main.ts", ...args],
    cwd: project,
    // `deno task test` sets INIT_CWD, too.
    env: { NO_COLOR: "1", INIT_CWD: project, ...environment },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs it to its end. */
export async function runProgram(
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { code, stdout, stderr } = await start(args, environment).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** A folder with a workflow, and the program run in it. */
export interface Bench extends AsyncDisposable {
  readonly folder: string;
  readonly runs: string;
  /** Writes a file and returns its path. */
  write(name: string, text: string): Promise<string>;
  /** Runs a workflow with `--json`; throws when it does not end with 0. */
  events(file: string, ...options: string[]): Promise<readonly RunEvent[]>;
}

/** Makes one, whose workflows are run by `run`. */
export async function benchOf(run: (args: readonly string[]) => Promise<Ended>): Promise<Bench> {
  const temporary: TemporaryFolder = await temporaryFolder();
  const runs = join(temporary.path, "runs");
  return {
    folder: temporary.path,
    runs,
    async write(name, text) {
      const path = join(temporary.path, name);
      await Deno.mkdir(join(path, ".."), { recursive: true });
      await Deno.writeTextFile(path, text);
      return path;
    },
    async events(file, ...options) {
      const { code, stdout, stderr } = await run(["run", file, "--out", runs, "--json", ...options]);
      if (code !== 0) throw new Error(`exit code ${code}\n${stdout}\n${stderr}`);
      return parseEvents(stdout);
    },
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

/** Sends a signal as soon as what was printed so far is enough; returns what was printed until the end. */
export async function interrupt(
  process: Deno.ChildProcess,
  signal: Deno.Signal,
  isEnough: (printed: string) => boolean,
): Promise<{ readonly code: number; readonly printed: string }> {
  let printed = "";
  let sent = false;
  for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
    printed += piece;
    if (sent || !isEnough(printed)) continue;
    process.kill(signal);
    sent = true;
  }
  await process.stderr.cancel();
  const { code } = await process.status;
  return { code, printed };
}

/** The events that `--json` printed, without a torn last line; throws when a line is not an event. */
export function parseEvents(text: string): readonly RunEvent[] {
  return text.split("\n").slice(0, -1).map((line) => runEventSchema.parse(JSON.parse(line)));
}

/** A workflow that takes seconds: a small stimulus of a small model. */
export const tinyWorkflow = `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 8 }
stages:
  tiny:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: 20, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 1
    frames: 4
`;

/** Frames of gray noise as YUV4MPEG2, which needs no encoder. */
export function clip(frames: number): Uint8Array {
  const header = new TextEncoder().encode("YUV4MPEG2 W32 H24 F30000:1001 C444\n");
  const frame = new TextEncoder().encode("FRAME\n");
  const pieces = Array.from({ length: frames }, (_, time) => [
    ...frame,
    ...Uint8Array.from({ length: 32 * 24 }, (_, i) => 16 + (i * 7919 + time * 31) % 200),
    ...new Uint8Array(2 * 32 * 24).fill(128),
  ]);
  return Uint8Array.from([...header, ...pieces.flat()]);
}
