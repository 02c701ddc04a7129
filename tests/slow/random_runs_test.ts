import { runHistories } from "../runner/random_runs/random_runs.ts";

Deno.test("in 200 histories of edits, stops, kills, damage and clean no finished frame is lost and no stale result used", async () => {
  await runHistories({ histories: 200, seed: 130 });
});
