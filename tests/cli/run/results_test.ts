import assert from "node:assert/strict";
import { join } from "node:path";
import { tableIn } from "../../../lib/cli/run/results.ts";
import { RunError } from "../../../lib/errors.ts";
import type { PlannedInstance } from "../../../lib/plan/planned_instance.ts";
import { planFake } from "../../runner/fake_run.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

Deno.test("a table comes with its headline, and one whose summary is damaged is named", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const planned = await planFake(runs, { name: "matched", frames: 1 });
  const instance: PlannedInstance = { ...planned, artifact: { made: "table" } };
  const table = () => tableIn(instance, { runs, name: "w" });
  assert.equal(await table(), undefined);

  const place = join(runs, "w", "stages", "matched");
  const summary = join(place, "summary.json");
  await Deno.mkdir(place, { recursive: true });
  await Deno.writeTextFile(summary, '{ "headline": "all match" }');
  assert.deepEqual(await table(), { table: join(place, "table.csv"), summary, headline: "all match" });
  for (const damaged of ['{ "headl', "{}"]) {
    await Deno.writeTextFile(summary, damaged);
    await assert.rejects(table, (error) => {
      assert(error instanceof RunError);
      assert.equal(error.message, `${summary} is damaged; remove it, and run again`);
      return true;
    });
  }
});
