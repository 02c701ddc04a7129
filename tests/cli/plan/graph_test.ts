import assert from "node:assert/strict";
import { planGraph } from "../../../lib/cli/plan/graph.ts";
import { planJson } from "../../../lib/cli/plan/json.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { matrixWorkflow, planOf } from "./plans.ts";

/** What a flowchart of ours may consist of, line by line; anything else is not Mermaid. */
const grammar = {
  head: /^flowchart LR$/,
  group: /^ {2}subgraph s\d+\["([^"]*)"\]$/,
  end: /^ {2}end$/,
  node: /^ {2,4}(n\d+)(?:\(\[|\[)"([^"]+)"(?:\]\)|\]):::(cached|resume|run)$/,
  edge: /^ {2}(n\d+) -->\|"([^"]+)"\| (n\d+)$/,
  style: /^ {2}classDef (cached|resume|run) [a-z]+:#[0-9a-f]+(,[a-z]+:#[0-9a-f]+)*$/,
} as const;

/** The nodes' labels by their ids and the edges, once every line was understood. */
function read(graph: string) {
  const lines = graph.trimEnd().split("\n");
  const wrong = lines.filter((line) => !Object.values(grammar).some((rule) => rule.test(line)));
  assert.deepEqual(wrong, []);
  const all = (rule: RegExp) => lines.flatMap((line) => rule.exec(line) ?? []).length;
  assert.equal(all(/^ {2}subgraph/), all(/^ {2}end$/));
  const labels = new Map<string, string>();
  const edges: string[][] = [];
  for (const line of lines) {
    const [, id, label] = grammar.node.exec(line) ?? [];
    if (id !== undefined && label !== undefined) labels.set(id, label);
    const [, from, role, to] = grammar.edge.exec(line) ?? [];
    if (from !== undefined && role !== undefined && to !== undefined) edges.push([from, role, to]);
  }
  return { labels, edges, lines };
}

Deno.test("a flowchart has a node for each instance, those of a stage in one box, and an arrow for what each reads", async () => {
  await using folder = await temporaryFolder();
  const { instances } = await planOf(folder, matrixWorkflow);
  const { labels, edges, lines } = read(planGraph(instances));
  assert.equal(labels.size, 7);
  assert.equal(labels.get("n0"), "clip");
  assert.equal(labels.get("n1"), "seed=1, depth=shallow");
  assert.ok(lines.includes('  subgraph s1["metamer"]'));
  assert.deepEqual(
    edges,
    [1, 2, 3, 4, 5, 6].map((node) => ["n0", "spatial_texture, color_transfer", `n${node}`]),
  );
});

Deno.test("what is there, what goes on and what is to be made are told apart", async () => {
  await using folder = await temporaryFolder();
  const { instances } = await planOf(folder, matrixWorkflow);
  const statuses = ["cached", "resume", "run"] as const;
  const graph = planGraph(
    instances.slice(0, 3).map((instance, index) => ({ ...instance, status: statuses[index] ?? "run" })),
  );
  assert.match(graph, /n0.*:::cached\n(.*\n)*.*n1.*:::resume\n.*n2.*:::run\n/);
});

Deno.test("any name is text to Mermaid", async () => {
  await using folder = await temporaryFolder();
  const { instances: [clip] } = await planOf(folder, matrixWorkflow);
  assert.ok(clip !== undefined);
  for (const stage of ["end", "a-b_c", "graph", "style", 'a"b', "x]--y", "a#b;", "a\nb", "`md`", "<b>"]) {
    const { labels } = read(planGraph([{ ...clip, stage, name: stage }]));
    assert.equal(labels.size, 1, stage);
  }
});

Deno.test("JSON has what the table has, with whole keys where they are known", async () => {
  await using folder = await temporaryFolder();
  const plan = await planOf(folder, matrixWorkflow);
  const read = JSON.parse(planJson(plan));
  assert.deepEqual(
    read.instances.map(({ name, status, reasons }: Record<string, unknown>) => [name, status, reasons]),
    plan.instances.map(({ name, status, reasons }) => [name, status, reasons]),
  );
  assert.equal(read.instances[0].key, plan.instances[0]?.key);
  assert.equal(read.instances[1].key, undefined); // it depends on weights that are not here
  assert.deepEqual(
    read.instances[1].work.map(({ octave, iterations }: Record<string, unknown>) => [octave, iterations]),
    [
      [-2, 4000],
      [-1, 12000],
      [0, 16000],
    ],
  );
  assert.equal(read.to_make, 7);
  assert.deepEqual(read.missing_weights, ["vgg19"]);
  assert.ok(Number.isInteger(read.bytes) && read.bytes > 0 && read.seconds > 0);
});
