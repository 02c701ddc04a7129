/**
 * An engine that tells of what becomes of its programs.
 */
import type { Engine, TensorValues } from "../../lib/engines/engine.ts";

/**
 * The engine, with `ran` called with the outputs' names and the inputs of each run, and `counted` with 1 for each program that
 * is compiled and -1 for each that is disposed.
 */
export function watchedEngine(
  engine: Engine,
  ran: (outputs: readonly string[], inputs: TensorValues) => void,
  counted: (change: 1 | -1) => void = () => {},
): Engine {
  return {
    identity: engine.identity,
    async compile(graph) {
      const program = await engine.compile(graph);
      counted(1);
      return {
        bind: (inputs) => program.bind(inputs),
        async run(inputs) {
          const outputs = await program.run(inputs);
          ran(Object.keys(outputs), inputs);
          return outputs;
        },
        async [Symbol.asyncDispose]() {
          await program[Symbol.asyncDispose]();
          counted(-1);
        },
      };
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
