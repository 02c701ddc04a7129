import assert from "node:assert/strict";
import { readInstanceIndex, rememberViews, writeInstanceIndex } from "../../lib/store/instance_index.ts";
import { workflowPaths } from "../../lib/store/layout.ts";
import { me } from "./lock_holder.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("what views were made from is remembered beside all that the index knows", async () => {
  await using folder = await temporaryFolder();
  const paths = workflowPaths(folder.path, "w");
  const index = {
    v: 1,
    file: "../w.yaml",
    instances: { a: { key: "fake-a", frames: 2 }, b: { key: "fake-b" } },
  } as const;
  await Deno.mkdir(paths.folder);
  await writeInstanceIndex(paths.instances, index);
  await rememberViews(paths, { encoded: { instance: "a", digest: "1234" } }, me);
  await rememberViews(paths, { contactSheet: "5678" }, me);
  await rememberViews(paths, { encoded: { instance: "gone", digest: "9" } }, me);
  assert.deepEqual(await readInstanceIndex(paths.instances), {
    ...index,
    instances: { ...index.instances, a: { ...index.instances.a, encoded: "1234" } },
    contact_sheet: "5678",
  });
});

Deno.test("views of a workflow without an index are not remembered", async () => {
  await using folder = await temporaryFolder();
  const paths = workflowPaths(folder.path, "w");
  await rememberViews(paths, { contactSheet: "5678" }, me);
  assert.equal(await readInstanceIndex(paths.instances), undefined);
});
