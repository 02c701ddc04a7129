import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { readMemory, writeMemory } from "../../lib/store/memory_file.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const schema = z.object({ v: z.literal(1), widths: z.record(z.string(), z.number()) });
const memory = { v: 1, widths: { street: 640, "a b": 0.1 } };

Deno.test("a memory without a checksum, or of another kind, counts as nothing", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "memory.json");
  assert.equal(await readMemory(path, schema), undefined);
  await Deno.writeTextFile(path, JSON.stringify(memory));
  assert.equal(await readMemory(path, schema), undefined);
  await writeMemory(path, memory);
  assert.deepEqual(await readMemory(path, schema), memory);
  await writeMemory(path, { v: 2 });
  assert.equal(await readMemory(path, schema), undefined);
});
