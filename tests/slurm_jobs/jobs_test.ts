import assert from "node:assert/strict";
import { foundArrays, jobsOfInstances } from "../../lib/slurm/jobs.ts";
import type { QueuedTask } from "../../lib/slurm/queue.ts";
import type { Submission } from "../../lib/slurm/submission.ts";

/** A submission of one array with one task, of the instance of that key. */
function submission(id: string, key: string, job?: string, ...cancelled: readonly string[]): Submission {
  return {
    id,
    cancelled: new Set(cancelled),
    arrays: [{
      stage: "tiny",
      name: `sweep:tiny:${id}:0`,
      script: "0_tiny",
      tasks: [{ index: 0, instances: [{ name: key, key, needs: [] }] }],
      ...(job !== undefined && { job }),
    }],
  };
}

function queued(job: string, id: string): QueuedTask {
  return { job, index: 0, name: `sweep:tiny:${id}:0`, state: "queued" };
}

/** "a: 12 queued" */
function told(submissions: readonly Submission[], queue: readonly QueuedTask[]): readonly string[] {
  const jobs = jobsOfInstances(submissions, queue, { runs: "runs", workflow: "sweep" });
  return [...jobs].map(([key, { job, state }]) => `${key}: ${job} ${state}`);
}

Deno.test("a job whose number Slurm gives again, to the same stage of the same workflow, is not taken for the new one", () => {
  const submissions = [submission("01A", "a", "12"), submission("01B", "b", "12")];
  assert.deepEqual(told(submissions, [queued("12", "01B")]), ["a: 12 ended", "b: 12 queued"]);
});

Deno.test("an array whose number was not heard is found in the queue by its name", () => {
  const submissions = [submission("01A", "a"), submission("01B", "b")];
  const queue = [queued("7", "01B")];
  assert.deepEqual(told(submissions, queue), ["b: 7 queued"]);
  assert.deepEqual(foundArrays(submissions, queue), [{ submission: "01B", script: "0_tiny", job: "7" }]);
  assert.deepEqual(foundArrays([submission("01B", "b", "7")], queue), []);
});

Deno.test("a task that cancel was told of is cancelled when Slurm has done with it; of an instance the latest job counts", () => {
  const before = submission("01A", "a", "12", "12_0");
  assert.deepEqual(told([before], [queued("12", "01A")]), ["a: 12 queued"]);
  assert.deepEqual(told([before], []), ["a: 12 cancelled"]);
  assert.deepEqual(told([before, submission("01B", "a", "13")], []), ["a: 13 ended"]);
});
