/**
 * What compiling, binding and running mean, whatever is computed.
 * @module
 */
import assert from "node:assert/strict";
import { UnsupportedOpsError } from "../../lib/engines/engine.ts";
import type { Graph } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { add, constant, input, multiply, relu } from "../../lib/graph/operations.ts";
import { assertOutputs, type ConformanceCase, value } from "./conformance_case.ts";

/** Compiling, binding and running. */
export const programCases: readonly ConformanceCase[] = [
  {
    name: "bind() keeps inputs for all later runs",
    run: async (engine) => {
      const graph = product();
      await using program = await engine.compile(graph);
      await program.bind({ b: value([2], [3, 5]) });
      for (const a of [[1, 2], [-1, 4]]) {
        const outputs = await program.run({ a: value([2], a) });
        assertOutputs(graph, outputs, { a: value([2], a), b: value([2], [3, 5]) });
      }
    },
  },
  {
    name: "bind() replaces what was bound under the same name and keeps the rest",
    run: async (engine) => {
      const graph = product();
      await using program = await engine.compile(graph);
      await program.bind({ a: value([2], [1, 2]), b: value([2], [3, 5]) });
      await program.bind({ b: value([2], [7, 0]) });
      assertOutputs(graph, await program.run({}), { a: value([2], [1, 2]), b: value([2], [7, 0]) });
    },
  },
  {
    name: "run() prefers its own input to a bound one, for that run only",
    run: async (engine) => {
      const graph = product();
      await using program = await engine.compile(graph);
      const bound = { a: value([2], [1, 2]), b: value([2], [3, 5]) };
      await program.bind(bound);
      const given = { a: value([2], [-6, 9]) };
      assertOutputs(graph, await program.run(given), { ...bound, ...given });
      assertOutputs(graph, await program.run({}), bound);
    },
  },
  {
    name: "run() returns values that a later run does not change",
    run: async (engine) => {
      await using program = await engine.compile(product());
      const first = await program.run({ a: value([2], [1, 2]), b: value([2], [3, 5]) });
      await program.run({ a: value([2], [8, 8]), b: value([2], [8, 8]) });
      assert.deepEqual([...first.product?.data ?? []], [3, 10]);
    },
  },
  {
    name: "run() rejects when inputs are missing and names all of them",
    run: async (engine) => {
      await using program = await engine.compile(product());
      await assert.rejects(program.run({}), /\ba, b\b/);
    },
  },
  {
    name: "run() rejects an input that the graph does not have and names it",
    run: async (engine) => {
      await using program = await engine.compile(product());
      await assert.rejects(program.run({ stranger: value([2], [1, 2]) }), /stranger/);
    },
  },
  {
    name: "bind() rejects an input of another shape and shows both",
    run: async (engine) => {
      await using program = await engine.compile(product());
      await assert.rejects(program.bind({ b: value([1, 2], [3, 5]) }), /"b".*\[2\].*\[1, 2\]/);
    },
  },
  {
    name: "two programs of one engine do not share what they bind",
    run: async (engine) => {
      const graph = product();
      await using one = await engine.compile(graph);
      await using other = await engine.compile(graph);
      const [a, b] = [value([2], [1, 2]), value([2], [3, 5])];
      await one.bind({ a, b });
      await other.bind({ a: b, b });
      assertOutputs(graph, await one.run({}), { a, b });
      assertOutputs(graph, await other.run({}), { a: b, b });
    },
  },
  {
    name: "an output may be an input, a constant, or the same node as another output",
    run: async (engine) => {
      const builder = createGraphBuilder();
      const x = input(builder, "x", [2]);
      const made = add(x, 1);
      const fixed = constant(builder, [4, 5], [2]);
      const graph = builder.finish({ x, fixed, made, again: made });
      await using program = await engine.compile(graph);
      const inputs = { x: value([2], [0.5, -1]) };
      assertOutputs(graph, await program.run(inputs), inputs);
    },
  },
  {
    name: "a graph without inputs can run",
    run: async (engine) => {
      const builder = createGraphBuilder();
      const graph = builder.finish({ made: relu(constant(builder, [-1, 2], [2])) });
      await using program = await engine.compile(graph);
      assertOutputs(graph, await program.run({}), {});
    },
  },
  {
    name: "compile() names all operations that it does not know, and those only",
    run: async (engine) => {
      const graph: Graph = JSON.parse(JSON.stringify(product()).replaceAll('"multiply"', '"warp"'));
      const twoUnknown = { ...graph, nodes: [...graph.nodes, ...graph.nodes.slice(-1).map(renamed)] };
      await assert.rejects(engine.compile(twoUnknown), (error) => {
        assert.ok(error instanceof UnsupportedOpsError, String(error));
        assert.deepEqual([...error.ops].sort(), ["bend", "warp"]);
        return true;
      });
    },
  },
];

function product(): Graph {
  const builder = createGraphBuilder();
  return builder.finish({ product: multiply(input(builder, "a", [2]), input(builder, "b", [2])) });
}

/** The node under the name of an operation that does not exist. */
function renamed(node: Graph["nodes"][number]): Graph["nodes"][number] {
  return JSON.parse(JSON.stringify(node).replaceAll('"warp"', '"bend"'));
}
