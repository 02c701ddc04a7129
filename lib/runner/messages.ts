/**
 * What the main thread and an instance's worker say to each other. Both sides check what they receive.
 * @module
 */
import { z } from "zod";
import { MissingError, RunError, WorkflowError } from "../errors.ts";
import { eventBodySchema } from "../store/events.ts";

/** An error on its way out of a worker: users' errors keep their class, bugs keep their stack. */
export const crossingErrorSchema = z.object({
  kind: z.enum(["workflow", "missing", "run", "bug"]),
  text: z.string(),
  stack: z.string().optional(),
});
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
  if (error instanceof WorkflowError) return { kind: "workflow", text: error.message };
  if (error instanceof MissingError) return { kind: "missing", text: error.message };
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
export function unpackError({ kind, text, stack }: CrossingError): Error {
  switch (kind) {
    case "workflow":
      return new WorkflowError(text);
    case "missing":
      return new MissingError(text);
    case "run":
      return new RunError(text);
    case "bug": {
      const error = new Error(text);
      if (stack !== undefined) error.stack = stack;
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
