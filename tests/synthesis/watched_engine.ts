/**
 * An engine that tells of each run of its programs.
 */
import type { Engine, TensorValues } from "../../lib/engines/engine.ts";

/** The engine, with `ran` called with the outputs' names and the inputs of each run. */
export function watchedEngine(
  engine: Engine,
  ran: (outputs: readonly string[], inputs: TensorValues) => void,
): Engine {
  return {
    identity: engine.identity,
    async compile(graph) {
      const program = await engine.compile(graph);
      return {
        bind: (inputs) => program.bind(inputs),
        async run(inputs) {
          const outputs = await program.run(inputs);
          ran(Object.keys(outputs), inputs);
          return outputs;
        },
        [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
      };
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
