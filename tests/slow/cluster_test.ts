/**
 * A thousand renders on a hundred nodes: real plans, locks, store and logs of two processes with fifty nodes each, on one disk; only
 * the work of the stages is a stub. About two minutes on two cores. Every tenth job is submitted twice.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { loadSweep, runJobs, submit, timesMade, writeSweep } from "../runner/cluster/simulated_cluster.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const asked = z.object({
  ...{ jobs: z.int(), locks: z.int(), others: z.int() },
  ...{ bytesRead: z.int(), bytesWritten: z.int() },
});

type Asked = z.infer<typeof asked>;

async function half(home: string, nodes: number, which: number): Promise<Asked> {
  const program = fileURLToPath(new URL("../runner/cluster/cluster_process.ts", import.meta.url));
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", program, home, ...[nodes / 2, which].map(String)],
    stderr: "inherit",
  }).output();
  assert.equal(code, 0);
  return asked.parse(JSON.parse(new TextDecoder().decode(stdout)));
}

/** What a job asks of the disk, on the average. */
async function perJob(renders: number, nodes: number): Promise<Asked> {
  await using folder = await temporaryFolder();
  await writeSweep(folder.path, renders);
  const loaded = await loadSweep(folder.path);
  await submit(loaded);
  // Else a hundred nodes would wait for it, and look again the more often the slower this machine is.
  await runJobs(loaded, 1, [{ part: ["clip"] }]);
  const halves = await Promise.all([0, 1].map((which) => half(folder.path, nodes, which)));
  const made = await timesMade(loaded);
  assert.equal(made.size, renders + 1);
  for (const [name, times] of made) assert.equal(times, "1, 1", name);
  const jobs = halves.reduce((sum, { jobs }) => sum + jobs, 0);
  const mean = (what: keyof Asked) => Math.round(halves.reduce((sum, half) => sum + half[what], 0) / jobs);
  const { locks, others, bytesRead, bytesWritten } = {
    ...{ locks: mean("locks"), others: mean("others") },
    ...{ bytesRead: mean("bytesRead"), bytesWritten: mean("bytesWritten") },
  };
  return { jobs, locks, others, bytesRead, bytesWritten };
}

Deno.test("1,000 instances on 100 nodes are made once each, and a job asks no more of the disk than where there are 100 on 10", async () => {
  const sizes = [[100, 10], [300, 30], [1000, 100]] as const;
  const measured: Asked[] = [];
  for (const [renders, nodes] of sizes) measured.push(await perJob(renders, nodes));
  for (const [index, asked] of measured.entries()) console.log(sizes[index]?.join(" on "), asked);
  const [few, , many] = measured;
  assert(few !== undefined && many !== undefined);
  assert(many.locks < 1.5 * few.locks, `${many.locks} operations on locks, ${few.locks} with fewer`);
  assert(many.others < 1.1 * few.others, `${many.others} other operations, ${few.others} with fewer`);
  assert(
    many.bytesWritten < 1.1 * few.bytesWritten,
    `${many.bytesWritten} bytes, ${few.bytesWritten} with fewer`,
  );
});
