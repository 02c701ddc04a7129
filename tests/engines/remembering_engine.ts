/**
 * An engine for tests of which many need the same graphs.
 * @module
 */
import type { Engine, Program } from "../../lib/engines/engine.ts";
import type { Graph } from "../../lib/graph/graph.ts";
import { print } from "../../lib/graph/print.ts";
import { sha256OfBytes } from "../../lib/store/checksum.ts";

/** Compiles each graph once, whoever asks for it. */
export function rememberingEngine(engine: Engine): Engine {
  const programs = new Map<string, Promise<Program>>();
  return {
    identity: engine.identity,
    async compile(graph) {
      const program = await programs.getOrInsertComputed(identityOf(graph), () => engine.compile(graph));
      return {
        bind: (inputs) => program.bind(inputs),
        run: (inputs) => program.run(inputs),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** What is printed of a graph, and its constants, of which that shows the first numbers alone. */
function identityOf(graph: Graph): string {
  const constants = graph.nodes.flatMap((node) =>
    node.op === "constant" ? [sha256OfBytes(new Uint8Array(node.attributes.data.slice().buffer))] : []
  );
  return [print(graph), ...constants].join("\n");
}
