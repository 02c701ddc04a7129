import assert from "node:assert/strict";
import { planInstances } from "../../lib/plan/plan.ts";
import { totalsOf } from "../../lib/plan/totals.ts";
import { keyed, synthesisOf } from "./workflows.ts";

const folder = "workflows";

Deno.test("instances of one key are made once", async () => {
  const matrix = "matrix: { x: { one: 1, same: 1 } }";
  const [once, twice] = await Promise.all(
    [synthesisOf("seed: 1"), synthesisOf(`seed: $x, ${matrix}`)].map(async (text) =>
      totalsOf(planInstances(await keyed(text), { folder, states: new Map() }))
    ),
  );
  assert.equal(once?.instances, 3);
  assert.equal(twice?.instances, 4);
  assert.deepEqual([twice?.seconds, twice?.bytes], [once?.seconds, once?.bytes]);
});

Deno.test("what is there costs nothing", async () => {
  const instances = await keyed(synthesisOf("seed: 1"));
  const states = new Map(
    instances.map(({ key }) => [key, { status: "cached", finishedFrames: 12, damaged: [] } as const]),
  );
  assert.deepEqual(totalsOf(planInstances(instances, { folder, states })), {
    instances: 0,
    seconds: 0,
    isMost: false,
    bytes: 0,
  });
});

Deno.test("several workers share the time, which is no shorter than the longest instance", async () => {
  const instances = planInstances(await keyed(synthesisOf("seed: $x, matrix: { x: [1, 2, 3, 4] }")), {
    folder,
    states: new Map(),
  });
  const longest = Math.max(...instances.map(({ seconds }) => seconds));
  const one = totalsOf(instances).seconds;
  assert.equal(totalsOf(instances, 2).seconds, one / 2);
  assert.equal(totalsOf(instances, 100).seconds, longest);
});
