import assert from "node:assert/strict";
import { check } from "../../lib/graph/check.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { add, concat, input, negate, relu, scalar } from "../../lib/graph/operations.ts";

Deno.test("finish() leaves out nodes that no output needs and keeps the order of the others", () => {
  const builder = createGraphBuilder();
  const unused = input(builder, "unused", [2]);
  const x = input(builder, "x", [2]);
  negate(unused);
  const made = relu(x);
  negate(made);
  const graph = builder.finish({ made });
  assert.deepEqual(graph.nodes.map((node) => [node.op, node.inputs]), [["input", []], ["relu", [0]]]);
  assert.deepEqual(graph.outputs, { made: 1 });
  check(graph);
});

Deno.test("finish() can be called again after more nodes were added", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [2]);
  const first = builder.finish({ x });
  const second = builder.finish({ made: relu(x) });
  assert.deepEqual([first.nodes.length, second.nodes.length], [1, 2]);
});

Deno.test("add() rejects tensors of another graph", () => {
  const [one, other] = [createGraphBuilder(), createGraphBuilder()];
  const [x, y] = [input(one, "x", [2]), input(other, "y", [2])];
  assert.throws(() => add(x, y), {
    message: "add: expected a tensor of this graph, got one of another, [2]",
  });
  assert.throws(() => one.finish({ y }), { message: /finish\(y\): expected a tensor of this graph/ });
});

Deno.test("add() rejects an input name that is taken", () => {
  const builder = createGraphBuilder();
  input(builder, "x", [2]);
  assert.throws(() => input(builder, "x", [3]), {
    message: 'input: expected a name not yet taken, got "x" again',
  });
});

Deno.test("add() shows the shapes when they do not fit, and adds nothing", () => {
  const builder = createGraphBuilder();
  const [x, y] = [input(builder, "x", [2, 3]), input(builder, "y", [4])];
  assert.throws(() => add(x, y), { message: "add: expected shapes that broadcast, got [2, 3] and [4]" });
  assert.equal(builder.nodes.length, 2);
});

Deno.test("concat() rejects an empty list", () => {
  assert.throws(() => concat([], 0), { message: "concat: expected at least one tensor, got none" });
});

Deno.test("scalar() makes one number of shape []", () => {
  const one = scalar(createGraphBuilder(), 0.1);
  assert.deepEqual(one.shape, []);
  assert.deepEqual(one.graph.nodes[one.id]?.op, "constant");
});
