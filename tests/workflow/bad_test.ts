/**
 * Every file of `bad/` is a workflow with something wrong, and the text beside it is what the user reads.
 * First lines `# --set path=value` are options. METAMER_UPDATE=1 writes the texts; read the diff before committing them.
 */
import assert from "node:assert/strict";
import { formatProblem } from "../../lib/workflow/collector.ts";
import { load } from "./language.ts";

const folder = new URL("bad/", import.meta.url);
const situations = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
  name.endsWith(".yaml")
).sort();

for (const main of situations) {
  const situation = main.slice(0, -".yaml".length);
  Deno.test(`what is wrong is said: ${situation.replaceAll("_", " ")}`, async () => {
    const text = await Deno.readTextFile(new URL(main, folder));
    const set = [...text.matchAll(/^# --set (.*)$/gm)].map(([, assignment = ""]) => assignment);
    const { problems } = await load(folder, { main, set });
    const found = problems.map((problem) => `${formatProblem(problem, 100)}\n`).join("");
    const expected = new URL(`${situation}.txt`, folder);
    if (Deno.env.get("METAMER_UPDATE") === "1") await Deno.writeTextFile(expected, found);
    assert.notEqual(found, "");
    assert.equal(found, await Deno.readTextFile(expected));
  });
}

Deno.test("there is a text for every bad workflow, and no other", () => {
  const texts = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".txt"));
  assert.deepEqual(texts.sort(), situations.map((name) => name.replace(/\.yaml$/, ".txt")));
});
