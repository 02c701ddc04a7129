import assert from "node:assert/strict";
import { notMade } from "../../../lib/cli/slurm/not_made.ts";
import type { InstanceJob } from "../../../lib/slurm/jobs.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const [render, measure] = ["synthesis-0000000000000001", "features-0000000000000002"];
const unfinished = [{ name: "render", key: render }, { name: "measure", key: measure }];

function job(index: number, ...needs: readonly string[]): InstanceJob {
  return { job: "12", index, submission: "01X", state: "ended", log: "none.txt", needs };
}

/** The store of a render that failed with that code. */
async function failedRender(code: number) {
  const folder = await temporaryFolder();
  const paths = instancePaths(folder.path, render);
  await Deno.mkdir(paths.folder, { recursive: true });
  const event = {
    v: 1,
    at: "2026-03-01T09:00:00.000Z",
    run: "01X",
    type: "instance.failed",
    code,
    text: "no weights",
  };
  await Deno.writeTextFile(paths.events, `${JSON.stringify(event)}\n`);
  return folder;
}

Deno.test("what failed is told before what was not run for it, and gives the exit code of a run of its own", async () => {
  await using folder = await failedRender(3);
  const jobs = new Map([[render, job(0)], [measure, job(1, render)]]);
  const { name, message } = await notMade({ unfinished, jobs }, { runs: folder.path });
  assert.equal(name, "MissingError");
  assert.equal(message, "failed: render (job 12_0): no weights\nnot run, for want of render: measure");
});

Deno.test("what another process had begun when jobs were submitted is told as well, however that ended", async () => {
  const jobs = new Map([[measure, job(1, render)]]);
  await using empty = await temporaryFolder();
  const left = await notMade({ unfinished, jobs }, { runs: empty.path });
  assert.equal(left.name, "RunError");
  assert.equal(
    left.message,
    "not run, for want of render: measure\n" +
      "not made by the process that had begun it: render; the same command submits it",
  );
  await using folder = await failedRender(1);
  const failed = await notMade({ unfinished, jobs }, { runs: folder.path });
  assert.match(failed.message, /\nfailed in another process: render: no weights$/);
});
