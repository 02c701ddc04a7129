import assert from "node:assert/strict";
import { evaluate } from "../../lib/engines/reference/evaluate.ts";
import { check } from "../../lib/graph/check.ts";
import type { Graph } from "../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import {
  add,
  broadcast,
  constant,
  input,
  multiply,
  relu,
  reshape,
  square,
} from "../../lib/graph/operations.ts";
import { splitByStaying } from "../../lib/graph/split.ts";

/** relu(b)^2 2 + m c, and relu(b)^2 itself, of which b stays. */
function mixed(): Graph {
  const graph = createGraphBuilder();
  const [b, m] = [input(graph, "b", [3]), input(graph, "m", [3])];
  const fixed = square(relu(b));
  const twice = relu(constant(graph, [2, 2, 2], [3]));
  return graph.finish({ sum: add(multiply(fixed, twice), multiply(m, b)), fixed });
}

function opsOf(graph: Graph): string[] {
  return graph.nodes.map((node) => node.op === "input" ? node.attributes.name : node.op);
}

Deno.test("splitByStaying() computes once what depends on staying inputs alone, and hands over only what is read", () => {
  const split = splitByStaying(mixed(), ["b"]);
  assert.ok(split);
  check(split.prepared);
  check(split.remaining);
  // With the constant, which depends on nothing that stays, as part of what is multiplied by it.
  assert.deepEqual(opsOf(split.prepared), ["b", "relu", "multiply", "constant", "relu", "multiply"]);
  const names = Object.keys(split.prepared.outputs);
  assert.equal(names.length, 2);
  assert.deepEqual(opsOf(split.remaining).sort(), ["add", "b", "m", "multiply", ...names].sort());
});

Deno.test("both parts of a split graph together compute what the whole does", () => {
  const whole = mixed();
  const split = splitByStaying(whole, ["b"]);
  assert.ok(split);
  const [b, m] = [Float64Array.of(-1, 2, 3), Float64Array.of(0.5, 7, -2)];
  const made = evaluate(split.remaining, { b, m, ...evaluate(split.prepared, { b }) });
  assert.deepEqual(made, evaluate(whole, { b, m }));
});

Deno.test("splitByStaying() leaves a graph whole when what stays is only put into another shape", () => {
  const graph = createGraphBuilder();
  const [b, m] = [input(graph, "b", [2]), input(graph, "m", [3, 2])];
  const shaped = broadcast(reshape(b, [1, 2]), [3, 2]);
  const whole = graph.finish({ product: multiply(m, shaped) });
  assert.equal(splitByStaying(whole, ["b"]), undefined);
  assert.equal(splitByStaying(whole, []), undefined);
});
