import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { readChecked, writeChecked } from "../../lib/store/checked_json.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const schema = z.object({ v: z.literal(1), widths: z.record(z.string(), z.number()) });
const content = { v: 1, widths: { street: 640, "a b": 0.1, "12": -0, "2": 1e21 } };
const accepted = { unsealed: "accepted" } as const;
const refused = { unsealed: "refused" } as const;

async function place() {
  const folder = await temporaryFolder();
  return {
    path: join(folder.path, "record.json"),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

Deno.test("a file is read as it was written; where any bit of it was changed it is damaged, or reads the same", async () => {
  await using file = await place();
  await writeChecked(file.path, content);
  const whole = await readChecked(file.path, schema, refused);
  assert.deepEqual(whole?.content, { ...content, widths: { ...content.widths, "12": 0 } });
  const bytes = await Deno.readFile(file.path);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const damaged = bytes.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    await Deno.writeFile(file.path, damaged);
    const found = await readChecked(file.path, schema, refused);
    if (found?.problem === undefined) assert.deepEqual(found, whole, `bit ${bit}`);
  }
});

Deno.test("how a file is laid out does not matter", async () => {
  await using file = await place();
  await writeChecked(file.path, content);
  const { content: whole } = await readChecked(file.path, schema, refused) ?? {};
  await Deno.writeTextFile(file.path, JSON.stringify(JSON.parse(await Deno.readTextFile(file.path))));
  assert.deepEqual((await readChecked(file.path, schema, refused))?.content, whole);
});

Deno.test("a file without a checksum counts where earlier versions wrote none", async () => {
  await using file = await place();
  await Deno.writeTextFile(file.path, JSON.stringify({ v: 1, widths: {} }));
  assert.deepEqual(await readChecked(file.path, schema, accepted), { content: { v: 1, widths: {} } });
  assert.match((await readChecked(file.path, schema, refused))?.problem ?? "", /checksum does not hold/);
});

Deno.test("what is wrong with a file is told", async () => {
  await using file = await place();
  assert.equal(await readChecked(file.path, schema, accepted), undefined);
  const problemOf = async (text: string) => {
    await Deno.writeTextFile(file.path, text);
    return (await readChecked(file.path, schema, accepted))?.problem;
  };
  await writeChecked(file.path, content);
  const text = await Deno.readTextFile(file.path);
  assert.match(await problemOf(text.slice(0, -20)) ?? "", /^it is cut short, or no JSON/);
  assert.match(await problemOf("[1]") ?? "", /^it is cut short, or no JSON/);
  assert.match(await problemOf(text.replace("640", "641")) ?? "", /^its checksum does not hold/);
  assert.match(await problemOf('{"v":2}') ?? "", /^it is of another version/);
});
