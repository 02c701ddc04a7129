import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../../temporary_folder.ts";
import { generatedFiles, staleFiles } from "../../../lib/cli/schemas/generated_files.ts";
import { catalog } from "../../../lib/models/catalog.ts";
import { rowSchema } from "../../../lib/stages/match/rows.ts";

const root = new URL("../../../", import.meta.url);

for (const [path, text] of generatedFiles()) {
  Deno.test(`${path} is what the schemas say (deno task schema writes it)`, async () => {
    assert.equal(await Deno.readTextFile(new URL(path, root)), text);
  });
}

Deno.test("a generated file that is missing or not what the schemas say is named", async () => {
  await using folder = await temporaryFolder();
  const project = pathToFileURL(`${folder.path}/`);
  await Deno.mkdir(new URL("schemas", project));
  await Deno.mkdir(new URL("docs", project));
  for (const [path, text] of generatedFiles()) await Deno.writeTextFile(new URL(path, project), text);
  assert.deepEqual(await staleFiles(project), []);
  await Deno.writeTextFile(new URL("docs/reference.md", project), "old\n");
  await Deno.remove(new URL("schemas/event.schema.json", project));
  assert.deepEqual(await staleFiles(project), ["schemas/event.schema.json", "docs/reference.md"]);
});

Deno.test("deno task schema --check writes nothing, and ends with 1 if a file is stale", async () => {
  const script = new URL("lib/cli/schemas/write_schemas.ts", root);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", script.href, "--check"],
  }).output();
  const stale = await staleFiles(root);
  assert.equal(code, stale.length > 0 ? 1 : 0, new TextDecoder().decode(stderr));
  assert.equal(new TextDecoder().decode(stdout), "");
});

const schema = z.fromJSONSchema(JSON.parse(generatedFiles().get("schemas/workflow.schema.json") ?? ""));

for (
  const { name } of [...Deno.readDirSync(new URL("workflows/", root))].filter(({ name }) =>
    name.endsWith(".yaml")
  )
) {
  Deno.test(`the JSON Schema accepts workflows/${name}`, async () => {
    const text = await Deno.readTextFile(new URL(`workflows/${name}`, root));
    // Keys are names, also `null`.
    const workflow = parse(text, { stringKeys: true });
    assert.deepEqual(schema.safeParse(workflow).error?.issues ?? [], []);
  });
}

const stage = (settings: object) => ({ metamer: 1, stages: { out: { kind: "synthesis", ...settings } } });

Deno.test("the JSON Schema accepts variables, shorthands and removals", () => {
  const good = [
    stage({
      matrix: { clip: "clips", seed: [1, 2] },
      seed: "$seed",
      octaves: "$octaves",
      targets: { spatial_texture: "$clip" },
    }),
    stage({ targets: { temporal_texture: { video: "a", layers: "$depth", weight: { 0: "$w" } } } }),
    {
      extends: "base.yaml",
      stages: { out: null, other: { seed: 2, targets: { spatial_texture: null } } },
      videos: { a: null },
    },
    { metamer: 1, videos: { clips: { from: "clips.csv", height: 240 } }, stages: {} },
  ];
  for (const workflow of good) assert.deepEqual(schema.safeParse(workflow).error?.issues ?? [], []);
});

Deno.test("the JSON Schema refuses unknown keys, wrong words and values out of range", () => {
  const bad = [
    stage({ sed: 1 }),
    stage({ seed: -1 }),
    stage({ octaves: "papr" }),
    stage({ targets: { spatial_texture: { layer: "all" } } }),
    stage({ octaves: { steps: [{ octave: 0, learning_rate: 0 }] } }),
    { metamer: 1, stages: { out: { kind: "sinthesis" } } },
    { metamer: 2, stages: {} },
    { metamer: 1, stage: {} },
    { metamer: 1, videos: { "2nd": { file: "a.mp4" } }, stages: {} },
  ];
  for (const workflow of bad) {
    assert.equal(schema.safeParse(workflow).success, false, JSON.stringify(workflow));
  }
});

Deno.test("every key of the language has a description", () => {
  const reference = generatedFiles().get("docs/reference.md") ?? "";
  const rows = reference.split("\n").filter((line) => line.startsWith("| `"));
  assert.ok(rows.length > 60);
  assert.deepEqual(rows.filter((row) => row.endsWith("|  |")), []);
});

Deno.test("the reference tells every model of the catalog, and what a match writes", () => {
  const text = generatedFiles().get("docs/reference.md") ?? "";
  for (const { declaration: { name, citation } } of catalog.values()) {
    assert(text.includes(`### \`${name}\``) && text.includes(citation), name);
  }
  for (const measure of rowSchema.shape.measure.options) assert(text.includes(`| \`${measure}\` |`), measure);
  assert.match(text, /`level_3` below 96 pixels, `level_4` below 192 pixels/);
});
