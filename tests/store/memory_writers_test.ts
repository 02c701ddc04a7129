/** Many processes that write what they have learned into the same files. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { openDigests } from "../../lib/store/digests.ts";
import { digestsPath, findingsPath, speedsPath } from "../../lib/store/layout.ts";
import { readMemory } from "../../lib/store/memory_file.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const writers = 6;
const times = 15;
const anything = z.looseObject({ v: z.literal(1) });
const longAgo = new Date("2026-01-01");

Deno.test("whoever reads digests, findings and speeds while many write them finds them whole, and nothing wrong in them", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const files = Array.from(
    { length: writers * times },
    (_, index) => `${index % writers}-${Math.floor(index / writers)}`,
  );
  for (const file of files) {
    await Deno.writeTextFile(join(runs, file), file);
    await Deno.utime(join(runs, file), longAgo, longAgo);
  }
  const program = new URL("memory_writer.ts", import.meta.url).href;
  const running = Array.from({ length: writers }, (_, writer) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", program, runs, String(writer), String(times)],
    }).output());
  let areDone = false;
  const done = Promise.all(running).then((outputs) => {
    areDone = true;
    return outputs;
  });
  const memories = [digestsPath(runs), findingsPath(runs), speedsPath(runs)];
  const seen = new Set<string>();
  while (!areDone) {
    for (const memory of memories) {
      const isThere = await readMemory(memory, anything) !== undefined;
      assert(isThere || !seen.has(memory), `${memory} was there, and cannot be read now`);
      if (isThere) seen.add(memory);
    }
  }
  assert.deepEqual((await done).map(({ code }) => code), running.map(() => 0));
  assert.equal(seen.size, 3);

  // What one has not seen of another is learned again, and costs no more than that.
  const digests = await openDigests(digestsPath(runs));
  for (const file of files) assert.equal(await digests.sha256(join(runs, file)), sha256OfBytes(file));
  await digests.save();
  const kept = await readMemory(
    digestsPath(runs),
    z.looseObject({ files: z.record(z.string(), z.unknown()) }),
  );
  assert.equal(Object.keys(kept?.files ?? {}).length, files.length);
  const left = [...Deno.readDirSync(runs)].map(({ name }) => name).filter((name) => name.includes(".tmp-"));
  assert.deepEqual(left, []);
});
