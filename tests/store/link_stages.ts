/** Links two instances again and again, with other names every time: a program for `stage_links_test.ts`. */
import { linkStages } from "../../lib/store/stage_links.ts";

const [runs, folder, times] = Deno.args;
if (runs === undefined || folder === undefined) throw new Error("usage: link_stages.ts RUNS FOLDER TIMES");
for (let time = 0; time < Number(times); time++) {
  const stage = time % 3 === 0 ? "m" : "n";
  await linkStages(runs, folder, { [`${stage}[seed=1]`]: "fake-1", [`${stage}[seed=2]`]: "fake-2" });
}
