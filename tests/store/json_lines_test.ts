import assert from "node:assert/strict";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { z } from "zod";
import { checkedLine, openLineWriter, readLines } from "../../lib/store/json_lines.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const schema = z.object({ n: z.int() });

async function numbersIn(path: string): Promise<number[]> {
  return (await readLines(path, schema)).values.map(({ n }) => n);
}

Deno.test("readLines() gives the whole lines of a file cut at any byte, and writing goes on behind them", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  const text = [1, 22, 333].map((n) => checkedLine({ n })).join("");
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length), async (cut) => {
      await Deno.writeTextFile(path, text.slice(0, cut));
      const whole = text.slice(0, cut).split("\n").length - 1;
      assert.deepEqual(await numbersIn(path), [1, 22, 333].slice(0, whole));
      {
        using writer = await openLineWriter(path);
        writer.append({ n: 4444 });
      }
      const after = await numbersIn(path);
      assert.equal(after.at(-1), 4444);
      assert.deepEqual(after.slice(0, whole), [1, 22, 333].slice(0, whole));
    }),
    { numRuns: 40 },
  );
});

Deno.test("readLines() skips lines of another kind, and skips and counts those that are none of ours", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  await Deno.writeTextFile(path, '{"n":1}\n{"n":"two"}\nnoise\n\n{"n":3}\n');
  assert.deepEqual(await readLines(path, schema), { values: [{ n: 1 }, { n: 3 }], damaged: 1 });
});

Deno.test("a line of which any bit was changed is left out and counted, or says what it said", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  const written = [{ n: 1, losses: { texture: 0.125 } }, { n: 22 }];
  const bytes = new TextEncoder().encode(written.map(checkedLine).join(""));
  const anything = z.record(z.string(), z.unknown());
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
      const damaged = bytes.slice();
      damaged[at]! ^= 1 << bit;
      await Deno.writeFile(path, damaged);
      const found = await readLines(path, anything);
      const said = found.values.map(({ n, losses }) => losses === undefined ? { n } : { n, losses });
      for (const value of said) assert.ok(written.some((one) => isDeepStrictEqual(one, value)), `byte ${at}`);
      const isTheEnd = at === bytes.length - 1; // then the line counts as torn
      if (said.length < written.length && !isTheEnd) assert.ok(found.damaged > 0, `byte ${at}`);
    }),
    { numRuns: 200 },
  );
});

Deno.test("lines that were written without a check are read", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  await Deno.writeTextFile(path, '{"n":1}\n' + checkedLine({ n: 2 }));
  assert.deepEqual(await readLines(path, schema), { values: [{ n: 1 }, { n: 2 }], damaged: 0 });
});

Deno.test("two writers of one log lose no line", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "log.jsonl");
  using one = await openLineWriter(path);
  using other = await openLineWriter(path);
  for (let n = 0; n < 10; n++) (n % 2 === 0 ? one : other).append({ n });
  assert.deepEqual(await numbersIn(path), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
