import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { z } from "zod";
import { openLineWriter, readLines } from "../../lib/store/json_lines.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const schema = z.object({ n: z.int() });

Deno.test("readLines() gives the whole lines of a file cut at any byte, and writing goes on behind them", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  const text = [1, 22, 333].map((n) => JSON.stringify({ n }) + "\n").join("");
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length), async (cut) => {
      await Deno.writeTextFile(path, text.slice(0, cut));
      const whole = text.slice(0, cut).split("\n").length - 1;
      assert.deepEqual((await readLines(path, schema)).map(({ n }) => n), [1, 22, 333].slice(0, whole));
      {
        using writer = await openLineWriter(path);
        writer.append({ n: 4444 });
      }
      const after = (await readLines(path, schema)).map(({ n }) => n);
      assert.equal(after.at(-1), 4444);
      assert.deepEqual(after.slice(0, whole), [1, 22, 333].slice(0, whole));
    }),
    { numRuns: 40 },
  );
});

Deno.test("readLines() skips lines that are damaged or of another kind", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  await Deno.writeTextFile(path, '{"n":1}\n{"n":"two"}\nnoise\n\n{"n":3}\n');
  assert.deepEqual(await readLines(path, schema), [{ n: 1 }, { n: 3 }]);
});

Deno.test("two writers of one log lose no line", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  using one = await openLineWriter(path);
  using other = await openLineWriter(path);
  for (let n = 0; n < 10; n++) (n % 2 === 0 ? one : other).append({ n });
  assert.deepEqual((await readLines(path, schema)).map(({ n }) => n), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
