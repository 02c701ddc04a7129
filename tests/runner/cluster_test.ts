/** Jobs of an array on the nodes of a simulated cluster; tests/slow/cluster_test.ts has a thousand on a hundred. */
import assert from "node:assert/strict";
import { replace } from "../replaced.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import {
  loadSweep,
  renderOnNodes,
  rendersOf,
  runJobs,
  submit,
  timesMade,
  writeSweep,
} from "./cluster/simulated_cluster.ts";

/** Also of the clip that all of them read. */
function assertMadeOnce(made: ReadonlyMap<string, string>, renders: number): void {
  assert.equal(made.size, renders + 1);
  for (const [name, times] of made) assert.equal(times, "1, 1", name);
}

for (const [reach, renders] of [["from node to node", 60], ["no further than each node", 30]] as const) {
  Deno.test(`jobs that were submitted twice make each instance once where the kernel's locks reach ${reach}`, async () => {
    await using folder = await temporaryFolder();
    using replaced = new DisposableStack();
    if (reach !== "from node to node") {
      replaced.use(replace(Deno.FsFile.prototype, "tryLock", () => () => Promise.resolve(true)));
    }
    await writeSweep(folder.path, renders);
    const loaded = await loadSweep(folder.path);
    const jobs = rendersOf(loaded).flatMap((name) => [name, name]);
    await renderOnNodes(loaded, { nodes: 8, jobs });
    assertMadeOnce(await timesMade(loaded), renders);
  });
}

Deno.test("nodes that each run a shard, or all the whole workflow, make each instance once", async () => {
  for (const job of [(node: number) => ({ shard: `${node + 1}/6` }), () => ({})]) {
    await using folder = await temporaryFolder();
    await writeSweep(folder.path, 20);
    const loaded = await loadSweep(folder.path);
    await runJobs(loaded, 6, Array.from({ length: 6 }, (_, node) => job(node)));
    assertMadeOnce(await timesMade(loaded), 20);
  }
});

Deno.test("what a job asks of the disk does not grow with the number of jobs and nodes", async () => {
  const perJob: { readonly locks: number; readonly others: number; readonly bytesWritten: number }[] = [];
  for (const [renders, nodes] of [[20, 2], [60, 6]] as const) {
    await using folder = await temporaryFolder();
    await writeSweep(folder.path, renders);
    const loaded = await loadSweep(folder.path);
    await submit(loaded);
    const { locks, others, bytesWritten } = await renderOnNodes(loaded, { nodes, jobs: rendersOf(loaded) });
    perJob.push({ locks: locks / renders, others: others / renders, bytesWritten: bytesWritten / renders });
  }
  const [few, many] = perJob;
  assert(few !== undefined && many !== undefined);
  assert(many.locks < 1.3 * few.locks, `${many.locks} operations on locks, ${few.locks} with fewer`);
  assert(many.others < 1.1 * few.others, `${many.others} other operations, ${few.others} with fewer`);
  assert(many.bytesWritten < 1.1 * few.bytesWritten);
  // A lock of the instance and one of its views, each taken and given back.
  assert(many.locks < 60 && many.others < 160, `${many.locks} and ${many.others}`);
});
