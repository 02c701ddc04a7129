/**
 * A program in two parts, of which the first runs when inputs are bound.
 * @module
 */
import type { Engine, Program, TensorValues } from "../engines/engine.ts";
import type { Graph } from "../graph/graph.ts";
import type { SplitGraph } from "../graph/split.ts";

/**
 * Compiles both parts of a graph into one program. Inputs of the first part, which are all bound at once, are given to `bind`
 * alone; what it makes of them stays for all later runs.
 */
export async function compileSplit(engine: Engine, { prepared, remaining }: SplitGraph): Promise<Program> {
  await using opened = new AsyncDisposableStack();
  const [first, second] = [
    opened.use(await engine.compile(prepared)),
    opened.use(await engine.compile(remaining)),
  ];
  const [ofFirst, ofSecond] = [inputNames(prepared), inputNames(remaining)];
  let isPrepared = false;
  const owned = opened.move();
  return {
    async bind(inputs) {
      const given = chosen(inputs, (name) => ofFirst.has(name));
      await second.bind(chosen(inputs, (name) => ofSecond.has(name) || !ofFirst.has(name)));
      if (Object.keys(given).length === 0) return;
      await second.bind(await first.run(given));
      isPrepared = true;
    },
    async run(inputs) {
      // The second part would miss what the first makes, under names that its caller does not know.
      if (!isPrepared) throw new Error(`inputs: expected a value for ${[...ofFirst].join(", ")}, got none`);
      return await second.run(inputs);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function inputNames(graph: Graph): ReadonlySet<string> {
  return new Set(graph.nodes.flatMap((node) => node.op === "input" ? [node.attributes.name] : []));
}

function chosen(inputs: TensorValues, isWanted: (name: string) => boolean): TensorValues {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => isWanted(name)));
}
