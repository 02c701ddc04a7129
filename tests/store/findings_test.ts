import assert from "node:assert/strict";
import { join } from "node:path";
import { openFindings } from "../../lib/store/findings.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("a finding about the same bytes is found out once per process, however many ask at a time", async () => {
  await using folder = await temporaryFolder();
  const findings = await openFindings(join(folder.path, "findings.json"));
  let asked = 0;
  const find = () => Promise.resolve({ frames: ++asked });
  const all = await Promise.all([1, 2, 3].map(() => findings.recall("probe 1", "abc", find)));
  assert.deepEqual(all, [{ frames: 1 }, { frames: 1 }, { frames: 1 }]);
  assert.deepEqual(await findings.recall("probe 1", "def", find), { frames: 2 });
  assert.deepEqual(await findings.recall("probe 2", "abc", find), { frames: 3 });
});

Deno.test("findings are there for the next process when they were saved, beside those of others", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "findings.json");
  const [one, other] = [await openFindings(path), await openFindings(path)];
  await one.recall("probe 1", "abc", () => Promise.resolve(1));
  await other.recall("probe 1", "def", () => Promise.resolve(2));
  await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  await one.save();
  await other.save();
  const never = () => Promise.reject(new Error("asked again"));
  const later = await openFindings(path);
  assert.equal(await later.recall("probe 1", "abc", never), 1);
  assert.equal(await later.recall("probe 1", "def", never), 2);
});

Deno.test("a damaged findings.json counts as empty", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "findings.json");
  await Deno.writeTextFile(path, '{"v":1,"findings":{');
  const findings = await openFindings(path);
  assert.equal(await findings.recall("probe 1", "abc", () => Promise.resolve("new")), "new");
});
