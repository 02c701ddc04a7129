import assert from "node:assert/strict";
import {
  sameInstances,
  sameResults,
  taskArguments,
  watchingCommand,
} from "../../../lib/cli/slurm/task_arguments.ts";

const command = [
  ...["run", "sweep.yaml", "--executor", "slurm", "--set", "--force", "--frames=8", "--force", "metamer"],
  ...["--per-task=2", "--threads", "4", "--weights", "w", "--preview", "--no-wait", "--only", "metamer"],
];

Deno.test("a job gets all options but those about submitting, and values whatever they look like", () => {
  assert.deepEqual(taskArguments(command), [
    ...["sweep.yaml", "--set", "--force", "--frames=8", "--threads", "4", "--weights", "w", "--preview"],
    ...["--only", "metamer"],
  ]);
});

Deno.test("status and cancel get what says which workflow and results are meant", () => {
  const results = ["sweep.yaml", "--set", "--force", "--frames=8"];
  assert.deepEqual(sameResults(command), [...results, "--preview"]);
  assert.deepEqual(sameInstances(command), [...results, "--weights", "w", "--preview"]);
});

Deno.test("who watches again forces nothing again", () => {
  assert.deepEqual(watchingCommand(["run", "a.yaml", "--force", "b", "--no-wait", "--executor", "slurm"]), [
    ...["run", "a.yaml", "--executor", "slurm"],
  ]);
});
