/**
 * An engine for tests of which many need the same graphs.
 * @module
 */
import type { Engine, Program } from "../../lib/engines/engine.ts";
import { print } from "../../lib/graph/print.ts";

/** Compiles each graph once, whoever asks for it. */
export function rememberingEngine(engine: Engine): Engine {
  const programs = new Map<string, Promise<Program>>();
  return {
    identity: engine.identity,
    async compile(graph) {
      const program = await programs.getOrInsertComputed(print(graph), () => engine.compile(graph));
      return {
        bind: (inputs) => program.bind(inputs),
        run: (inputs) => program.run(inputs),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
