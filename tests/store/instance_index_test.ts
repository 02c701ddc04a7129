import assert from "node:assert/strict";
import {
  readInstanceIndex,
  rememberContactSheet,
  writeInstanceIndex,
} from "../../lib/store/instance_index.ts";
import { workflowPaths } from "../../lib/store/layout.ts";
import { me } from "./lock_holder.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("what a contact sheet was made from is remembered beside all that the index knows", async () => {
  await using folder = await temporaryFolder();
  const paths = workflowPaths(folder.path, "w");
  const index = {
    v: 1,
    file: "../w.yaml",
    instances: { a: { key: "fake-a", frames: 2 }, b: { key: "fake-b" } },
  } as const;
  await Deno.mkdir(paths.folder);
  await writeInstanceIndex(paths.instances, index);
  await rememberContactSheet(paths, "5678", me);
  assert.deepEqual(await readInstanceIndex(paths.instances), { ...index, contact_sheet: "5678" });
});

Deno.test("the contact sheet of a workflow without an index is not remembered", async () => {
  await using folder = await temporaryFolder();
  const paths = workflowPaths(folder.path, "w");
  await rememberContactSheet(paths, "5678", me);
  assert.equal(await readInstanceIndex(paths.instances), undefined);
});
