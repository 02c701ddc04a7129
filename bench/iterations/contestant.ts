/**
 * A process that runs iterations when it is told to: ours, or the baseline.
 * @module
 */
import { z } from "zod";
import { RunError } from "../../lib/errors.ts";
import { lines } from "./lines.ts";

/** How to start one. */
export interface ContestantCommand {
  /** For messages. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** A process that is ready to run. Ends when it is disposed of. */
export interface Contestant extends AsyncDisposable, Readiness {
  run(): Promise<Turn>;
}

/** What an iteration took, after one that found the caches cold. */
export interface Turn {
  readonly seconds: number;
  /** The most memory that the process has had in use so far. */
  readonly peakBytes: number;
}

/** What a process says of itself when it is ready. */
export type Readiness = Readonly<z.infer<typeof readyAnswer>>;

const readyAnswer = z.object({
  compileSeconds: z.number(),
  /** Of each model: of its file, or random ones, which take as long. */
  weights: z.record(z.string(), z.enum(["real", "random"])),
  /** The version of it that computes; of the baseline. */
  tensorflow: z.string().exactOptional(),
});
const turnAnswer = z.object({ seconds: z.number(), peakBytes: z.number() });

/** Starts a process and waits until it is ready. Rejects with a RunError when it ends before that. */
export async function startContestant({ name, program, args }: ContestantCommand): Promise<Contestant> {
  const process = spawn(program, args);
  const input = process.stdin.getWriter();
  const answers = lines(process.stdout);

  async function next<T>(schema: z.ZodType<T>): Promise<T> {
    const { value, done } = await answers.next();
    if (done) throw new RunError(`${name} ended before it was done; its own message stands above`);
    return schema.parse(JSON.parse(value));
  }

  return {
    ...await next(readyAnswer),
    async run() {
      await input.write(new TextEncoder().encode("run\n"));
      return await next(turnAnswer);
    },
    async [Symbol.asyncDispose]() {
      // A process that has ended already cannot be told to.
      await input.close().catch(() => {});
      await process.status;
    },
  };
}

function spawn(program: string, args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(program, { args: [...args], stdin: "piped", stdout: "piped", stderr: "inherit" })
    .spawn();
}
