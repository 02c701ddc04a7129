import assert from "node:assert/strict";
import type { InstanceJob } from "../../lib/slurm/jobs.ts";
import { outcomesOf } from "../../lib/slurm/outcomes.ts";

function job(state: InstanceJob["state"], ...needs: readonly string[]): InstanceJob {
  return { job: "12", index: 0, submission: "01X", state, log: "log.txt", needs };
}

function unfinished(key: string, failure?: string) {
  return { name: `${key} by name`, key, isDone: false, ...(failure !== undefined && { failure }) };
}

/** "render: failed", "compare: not run for render by name" */
function told(instances: Parameters<typeof outcomesOf>[0], jobs: Readonly<Record<string, InstanceJob>>) {
  return [...outcomesOf(instances, new Map(Object.entries(jobs)))].map(([key, outcome]) =>
    `${key}: ${outcome.became}${outcome.became === "not run" ? ` for ${outcome.because.join()}` : ""}`
  );
}

Deno.test("what needs an instance that failed names it, over all that stands between", () => {
  const instances = [unfinished("render", "a loss became NaN"), unfinished("measure"), unfinished("report")];
  const jobs = { render: job("ended"), measure: job("ended", "render"), report: job("ended", "measure") };
  assert.deepEqual(told(instances, jobs), [
    "render: failed",
    "measure: not run for render by name",
    "report: not run for render by name",
  ]);
});

Deno.test("a failure of an earlier attempt does not hide that this time it was not run", () => {
  const instances = [unfinished("render"), unfinished("measure", "the disk was full")];
  const jobs = { render: job("ended"), measure: job("ended", "render") };
  assert.deepEqual(told(instances, jobs), ["render: ended", "measure: not run for render by name"]);
});

Deno.test("what is in the queue is told as it is there, whatever failed before; what is done is not told", () => {
  const done = { ...unfinished("render"), isDone: true };
  const instances = [
    done,
    unfinished("measure", "the disk was full"),
    unfinished("report"),
    unfinished("own"),
  ];
  const jobs = { render: job("ended"), measure: job("running", "render"), report: job("queued", "measure") };
  assert.deepEqual(told(instances, jobs), ["measure: running", "report: queued"]);
});

Deno.test("what was cancelled has not failed", () => {
  const jobs = { render: job("cancelled"), measure: job("cancelled", "render") };
  assert.deepEqual(told([unfinished("render"), unfinished("measure")], jobs), [
    "render: cancelled",
    "measure: cancelled",
  ]);
});
