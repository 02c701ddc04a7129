import assert from "node:assert/strict";
import { join } from "node:path";
import { statusOfAll } from "../../../lib/cli/status/status.ts";
import { describeStatus } from "../../../lib/cli/status/table.ts";
import { writeRunFolder } from "../../../lib/store/run_folder.ts";
import { runFake } from "../../runner/fake_run.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

Deno.test("an instance of which the last run wanted more frames than are there is begun, not done", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 4 }]);
  const status = async (frames: number) => {
    const instances = [{ name: "a", key: "fake-a", frames }];
    const file = join(runs, "w.yaml");
    await writeRunFolder(runs, { name: "w", file, text: "", resolved: "", instances, others: [] });
    return (await statusOfAll(runs)).map(describeStatus).join("\n");
  };
  assert.match(await status(4), /: 1 of 1 done\n[^]*\na +4 of 4 +done/);
  assert.match(await status(8), /: 0 of 1 done\n[^]*\na +4 of 8 +begun/);
  assert.match(await status(2), /: 1 of 1 done\n[^]*\na +2 of 2 +done/);
});
