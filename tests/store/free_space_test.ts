import assert from "node:assert/strict";
import { join } from "node:path";
import { freeBytes } from "../../lib/store/free_space.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("a folder that is not there yet has the room of the disk that it will lie on", async () => {
  await using folder = await temporaryFolder();
  const [here, below] = await Promise.all([freeBytes(folder.path), freeBytes(join(folder.path, "a", "b"))]);
  assert.ok(here !== undefined && below !== undefined && here > 0);
  // Others write on the same disk meanwhile.
  assert.ok(Math.abs(here - below) < 0.1 * here);
});
