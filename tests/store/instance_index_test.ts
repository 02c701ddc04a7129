import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstanceIndex, rememberViews, writeInstanceIndex } from "../../lib/store/instance_index.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("what views were made from is remembered beside all that the index knows", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "instances.json");
  const index = {
    v: 1,
    file: "../w.yaml",
    instances: { a: { key: "fake-a", frames: 2 }, b: { key: "fake-b" } },
  } as const;
  await writeInstanceIndex(path, index);
  await rememberViews(path, { encoded: { instance: "a", digest: "1234" } });
  await rememberViews(path, { contactSheet: "5678" });
  await rememberViews(path, { encoded: { instance: "gone", digest: "9" } });
  assert.deepEqual(await readInstanceIndex(path), {
    ...index,
    instances: { ...index.instances, a: { ...index.instances.a, encoded: "1234" } },
    contact_sheet: "5678",
  });
});

Deno.test("views of a workflow without an index are not remembered", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "instances.json");
  await rememberViews(path, { contactSheet: "5678" });
  assert.equal(await readInstanceIndex(path), undefined);
});
