import assert from "node:assert/strict";
import { jobProgress } from "../../../lib/cli/slurm/task.ts";

Deno.test("a job that saved something is queued again, however often it was", () => {
  const progress = jobProgress();
  progress.follow({ type: "checkpoint.saved" });
  progress.requireSaved(75, 40);
});

Deno.test("a job that saves nothing is queued again three times, for it may have been interrupted early", () => {
  const progress = jobProgress();
  progress.follow({ type: "instance.started" });
  for (const restarts of [0, 1, 2]) progress.requireSaved(75, restarts);
  assert.throws(() => progress.requireSaved(75, 3), {
    name: "RunError",
    message:
      /^nothing could be saved in the time of the job, which was started 4 times; it is not queued again: /,
  });
  progress.requireSaved(0, 3);
  progress.requireSaved(143, 3);
});
