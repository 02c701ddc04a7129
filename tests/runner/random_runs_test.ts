import { runHistories } from "./random_runs/random_runs.ts";

Deno.test("whatever is edited, stopped, killed, damaged and cleaned, no finished frame is lost and no stale result is used", async () => {
  await runHistories({ histories: 15, seed: 13 });
});
