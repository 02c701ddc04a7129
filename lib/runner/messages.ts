/**
 * What the main thread and an instance's worker say to each other. Both sides check what they receive.
 * @module
 */
import { z } from "zod";
import { MissingError, ProgramError, RunError, WorkflowError } from "../errors.ts";
import { eventBodySchema } from "../store/events.ts";
import { DamagedFrame } from "../store/stored_frame.ts";

/** An error on its way out of a worker: users' errors keep their class, bugs keep their stack. */
export const crossingErrorSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["workflow", "missing", "run", "program"]), text: z.string() }),
  z.object({ kind: z.literal("damaged"), folder: z.string(), file: z.string(), problem: z.string() }),
  z.object({ kind: z.literal("bug"), text: z.string(), stack: z.string().optional() }),
]);
export type CrossingError = z.infer<typeof crossingErrorSchema>;

/** From the worker to the main thread. */
export const fromWorkerSchema = z.discriminatedUnion("type", [
  /** The worker's modules are loaded: it may be told what to do. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("event"), event: eventBodySchema }),
  /** The stage's run returned: all is in the store, or it stopped as asked. */
  z.object({ type: z.literal("returned") }),
  z.object({ type: z.literal("failed"), error: crossingErrorSchema }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;

/** Takes an error apart for `postMessage`. */
export function packError(error: unknown): CrossingError {
  // What went wrong first: what could not be closed after it (an engine whose GPU is lost) follows from it.
  if (error instanceof SuppressedError) return packError(error.suppressed);
  if (error instanceof WorkflowError) return { kind: "workflow", text: error.message };
  if (error instanceof MissingError) return { kind: "missing", text: error.message };
  if (error instanceof ProgramError) return { kind: "program", text: error.message };
  if (error instanceof DamagedFrame) {
    const { folder, file, problem } = error;
    return { kind: "damaged", folder, file, problem };
  }
  if (error instanceof RunError) return { kind: "run", text: error.message };
  if (isOutOfMemory(error)) {
    return {
      kind: "run",
      text:
        "not enough memory for this size; close other programs, or render with a smaller height or fewer layers",
    };
  }
  if (error instanceof Error) {
    return { kind: "bug", text: error.message, ...(error.stack !== undefined && { stack: error.stack }) };
  }
  return { kind: "bug", text: String(error) };
}

/** Puts an error together again. A bug's stack is that of the worker. */
export function unpackError(crossed: CrossingError): Error {
  switch (crossed.kind) {
    case "workflow":
      return new WorkflowError(crossed.text);
    case "missing":
      return new MissingError(crossed.text);
    case "run":
      return new RunError(crossed.text);
    case "program":
      return new ProgramError(crossed.text);
    case "damaged":
      return new DamagedFrame(crossed.folder, crossed.file, crossed.problem);
    case "bug": {
      const error = new Error(crossed.text);
      if (crossed.stack !== undefined) error.stack = crossed.stack;
      return error;
    }
  }
}

/** V8 and ONNX Runtime have no class of their own for this. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error &&
    /Array buffer allocation failed|Invalid typed array length|bad_alloc|[Ff]ailed to allocate memory/.test(
      error.message,
    );
}
