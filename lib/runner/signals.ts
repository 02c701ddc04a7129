/**
 * Stopping kindly: the first signal asks the stage to stop after its iteration, a later SIGINT ends the program at once.
 * @module
 */

/** The signals that stop a run. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGUSR1";

/** The exit code of a run that a signal stopped. By SIGUSR1 batch systems announce the end of a job: 75 asks for another one. */
export const exitCodeOf: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143, SIGUSR1: 75 };

/** A request to stop that main thread and workers see at once. */
export interface StopRequest {
  /** 1 in shared memory when the run should stop. */
  readonly flag: Int32Array<SharedArrayBuffer>;
  /** Aborted then: for what waits in the main thread. */
  readonly abort: AbortSignal;
  /** The signal that asked for it; undefined while nothing did. */
  readonly signal: StopSignal | undefined;
}

/** A request that `stop` makes: for scripts and tests, and under `stopOnSignals`. */
export class Stopper implements StopRequest {
  /** 1 in shared memory when the run should stop. */
  readonly flag: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4));
  readonly #aborting = new AbortController();
  #signal: StopSignal | undefined;

  /** Aborted when the run should stop. */
  get abort(): AbortSignal {
    return this.#aborting.signal;
  }

  /** The signal that asked for it; undefined while nothing did. */
  get signal(): StopSignal | undefined {
    return this.#signal;
  }

  /** Asks running stages to stop after the iteration in progress, as if the signal had come. */
  stop(signal: StopSignal): void {
    this.#signal ??= signal;
    Atomics.store(this.flag, 0, 1);
    this.#aborting.abort();
  }
}

/** True when the run should end. Works in a worker too. */
export function isStopped(flag: Int32Array<SharedArrayBuffer>): boolean {
  return Atomics.load(flag, 0) !== 0;
}

/**
 * In milliseconds. One Ctrl-C can come twice: the terminal tells the whole group, and `deno task` passes it on. Nobody is
 * impatient so soon.
 */
const sameKeystroke = 1000;

/** Turns signals into the stopper's request until disposed. `onFirst` may tell the user what happens next. */
export function stopOnSignals(stopper: Stopper, onFirst: (signal: StopSignal) => void): Disposable {
  // Windows delivers no SIGTERM to a console program, and has no SIGUSR1.
  const signals: StopSignal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGUSR1"];
  let first: number | undefined;
  const listeners = signals.map((signal) => ({
    signal,
    listener: () => {
      if (first === undefined) {
        first = performance.now();
        stopper.stop(signal);
        onFirst(signal);
      } else if (signal === "SIGINT" && performance.now() - first > sameKeystroke) {
        Deno.exit(exitCodeOf[signal]);
      }
    },
  }));
  for (const { signal, listener } of listeners) Deno.addSignalListener(signal, listener);
  return {
    [Symbol.dispose]() {
      for (const { signal, listener } of listeners) Deno.removeSignalListener(signal, listener);
    },
  };
}
