import assert from "node:assert/strict";
import { check } from "../../lib/graph/check.ts";
import type { Graph, GraphNode } from "../../lib/graph/graph.ts";

const x: GraphNode = { op: "input", attributes: { name: "x" }, inputs: [], shape: [2, 3] };
const doubled: GraphNode = { op: "add", attributes: {}, inputs: [0, 0], shape: [2, 3] };
const whole: Graph = { nodes: [x, doubled], outputs: { doubled: 1 } };

Deno.test("check() accepts a whole graph", () => check(whole));

/** What is broken, the broken graph, and what the message must say. */
const broken: readonly (readonly [string, Graph, RegExp])[] = [
  [
    "a wrong shape",
    { ...whole, nodes: [x, { ...doubled, shape: [3, 2] }] },
    /^check: node 1 \(add\): .*\[2, 3\], got \[3, 2\]$/,
  ],
  ["shapes that do not fit", {
    ...whole,
    nodes: [x, { ...x, attributes: { name: "y" }, shape: [4] }, { ...doubled, inputs: [0, 1] }],
  }, /^check: node 2 \(add\): add: expected shapes that broadcast, got \[2, 3\] and \[4\]$/],
  [
    "a node that reads a later one",
    { ...whole, nodes: [x, { ...doubled, inputs: [0, 2] }, doubled] },
    /^check: node 1 \(add\): expected inputs before node 1, got 2$/,
  ],
  [
    "a node that reads itself",
    { ...whole, nodes: [x, { ...doubled, inputs: [1, 0] }] },
    /^check: node 1 \(add\): expected inputs before node 1, got 1$/,
  ],
  [
    "a missing input",
    { ...whole, nodes: [x, { ...doubled, inputs: [0] }] },
    /^check: node 1 \(add\): add: expected 2 inputs, got \[2, 3\]$/,
  ],
  [
    "two inputs of one name",
    { ...whole, nodes: [x, x] },
    /^check: node 1 \(input\): expected a name not yet taken, got "x" again$/,
  ],
  [
    "an output that does not exist",
    { ...whole, outputs: { lost: 2 } },
    /^check: output "lost": expected a node below 2, got 2$/,
  ],
  ["data of another length", {
    nodes: [{ op: "constant", attributes: { data: new Float32Array(5) }, inputs: [], shape: [6] }],
    outputs: {},
  }, /^check: node 0 \(constant\): .*5 elements/],
];

for (const [what, graph, message] of broken) {
  Deno.test(`check() rejects ${what} and names the node`, () =>
    assert.throws(() => check(graph), { message }));
}
