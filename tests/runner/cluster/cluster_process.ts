/**
 * Half of a simulated cluster: a program for `tests/slow/cluster_test.ts`. Its nodes make the renders that are its share, and every
 * tenth of the other half's besides; prints how many jobs that was and what they asked of the disk, as JSON.
 */
import { replace } from "../../replaced.ts";
import { loadSweep, renderOnNodes, rendersOf } from "./simulated_cluster.ts";

const [home, nodes, half] = Deno.args;
if (home === undefined) throw new Error("usage: cluster_process.ts HOME NODES HALF");
// A network disk tells a node nothing of what the others change.
using _watch = replace(Deno, "watchFs", () => () => {
  throw new Error("nothing is told");
});
const loaded = await loadSweep(home);
const jobs = rendersOf(loaded).filter((_, index) => index % 2 === Number(half) || index % 10 === 0);
const asked = await renderOnNodes(loaded, { nodes: Number(nodes), jobs });
console.log(JSON.stringify({ jobs: jobs.length, ...asked }));
