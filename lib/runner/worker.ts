/**
 * The main thread's side of an instance's worker.
 * @module
 */
import type { EventBody } from "../store/events.ts";
import { fromWorkerSchema, unpackError } from "./messages.ts";
import type { WorkOrder } from "./work_order.ts";

/**
 * Runs an instance in a worker of its own; resolves when the stage's run returned and the worker is gone.
 * Rejects with the stage's error: users' errors with their class, anything else as a bug with the worker's stack.
 * When `onEvent` throws, the worker is ended and that is what it rejects with.
 * @param module the worker's entry: a module that calls `serveInstance`
 */
export async function runInWorker(
  module: URL,
  order: WorkOrder,
  onEvent: (event: EventBody) => void,
): Promise<void> {
  const worker = new Worker(module, { type: "module", name: order.key });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    const parsed = fromWorkerSchema.safeParse(data);
    if (!parsed.success) {
      reject(new Error(`the worker of ${order.key} sent an unknown message: ${parsed.error.message}`));
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case "ready":
        return worker.postMessage(order);
      case "event":
        // Thrown here, it would end the program.
        try {
          return onEvent(message.event);
        } catch (error) {
          return reject(error);
        }
      case "returned":
        return resolve();
      case "failed":
        return reject(unpackError(message.error));
    }
  };
  worker.onerror = (event) => {
    // The error is thrown here; without this the program would end before it can be reported.
    event.preventDefault();
    reject(
      new Error(`the worker of ${order.key} broke: ${event.message} (${event.filename}:${event.lineno})`),
    );
  };
  worker.onmessageerror = () =>
    reject(new Error(`a message of the worker of ${order.key} could not be read`));
  try {
    await promise;
  } finally {
    worker.terminate();
  }
}
