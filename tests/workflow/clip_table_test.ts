import assert from "node:assert/strict";
import { keyInstances } from "../../lib/plan/keyed_instances.ts";
import { formatProblem } from "../../lib/workflow/collector.ts";
import { load, loadGood } from "./language.ts";

const workflow = `
metamer: 1
videos:
  clips: { from: clips.csv, height: 64 }
stages:
  out:
    kind: synthesis
    matrix: { clip: CLIPS }
    targets: { spatial_texture: $clip }
    padding: 2
`;

const header = "name,file,start,frames,group,license,source";

/** A table of clips `clip_1` ... with one row exchanged. */
function table(rows: number, changed?: { readonly row: number; readonly text: string }): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `clip_${i + 1},clip_${i + 1}_64x96_30.mp4,0,12,${i % 2 === 0 ? "town" : "forest"},CC0,`,
  );
  if (changed !== undefined) lines[changed.row - 1] = changed.text;
  return [header, ...lines, ""].join("\n");
}

const files = (csv: string, clips = "clips") => (
  { "main.yaml": workflow.replace("CLIPS", clips), "clips.csv": csv }
);

async function keysOf(csv: string): Promise<ReadonlyMap<string, string>> {
  const { inspected } = await loadGood(files(csv));
  const weights = new Map(["vgg19", "msoe"].map((name) => [name, { sha256: name, official: true }]));
  return new Map(keyInstances(inspected, weights).map(({ instance, key }) => [instance.name, key]));
}

Deno.test("a row that changed changes its own keys alone", async () => {
  const before = await keysOf(table(100));
  const row = { row: 17, text: "clip_17,clip_17_64x96_30.mp4,3,12,town,CC0," };
  const after = await keysOf(table(100, row));
  const changed = [...before].filter(([name, key]) => after.get(name) !== key).map(([name]) => name);
  assert.deepEqual(changed, ["clip_17", "out[clip=clip_17]"]);
  assert.equal(before.size, 200);
});

Deno.test("what a row says of group, license and source changes no key", async () => {
  const row = { row: 2, text: "clip_2,clip_2_64x96_30.mp4,0,12,town,CC BY 4.0,https://example.com" };
  assert.deepEqual(await keysOf(table(3, row)), await keysOf(table(3)));
});

Deno.test("a matrix takes a group of a table", async () => {
  const { workflow } = await loadGood(files(table(5), "clips.forest"));
  const stages = workflow.instances.filter(({ section }) => section === "stages").map(({ name }) => name);
  assert.deepEqual(stages, ["out[clip=clip_2]", "out[clip=clip_4]"]);
});

Deno.test("a bad row is named by its line, in every way in which spreadsheets write tables", async () => {
  const bad = table(100, { row: 16, text: "clip_16,missing_64x96_30.mp4,0,12,town,CC0," });
  const ways: Readonly<Record<string, string>> = {
    "as it is": bad,
    "with the line ends of Windows": bad.replaceAll("\n", "\r\n"),
    "with a byte order mark": `\ufeff${bad}`,
    "with empty columns and rows": `${bad.replaceAll("\n", ",,\n")},,,,,,,,\n\n\n`,
    "with every cell in quotes": bad.replace(/[^,\n]+/g, '"$&"'),
    "with letters of several bytes before it": bad.replace("CC0", "Straße 東京 🎬"),
  };
  for (const [way, csv] of Object.entries(ways)) {
    const { problems } = await load(files(csv));
    const [first = ""] = problems.map((problem) => formatProblem(problem));
    assert.equal(problems.length, 1, `${way}: ${problems.map((problem) => formatProblem(problem))}`);
    const column = way === "with every cell in quotes" ? 11 : 9;
    assert.ok(first.startsWith(`clips.csv:17:${column}: error: there is no file`), `${way}: ${first}`);
  }
});

Deno.test("paths of a table are relative to the table, or absolute", async () => {
  const { workflow } = await loadGood({
    "main.yaml": workflowIn("tables/clips.csv"),
    "tables/clips.csv":
      "name,file\nnear,near_64x96_12.mp4\nup,../up_64x96_12.mp4\nfar,/data/far_64x96_12.mp4\n",
  });
  const paths = workflow.instances.filter(({ section }) => section === "videos").map(({ settings }) => {
    const file = settings.entries.get("file")?.value;
    return file?.kind === "scalar" ? file.value : undefined;
  });
  assert.deepEqual(paths, ["tables/near_64x96_12.mp4", "up_64x96_12.mp4", "/data/far_64x96_12.mp4"]);
});

function workflowIn(path: string): string {
  return workflow.replace("CLIPS", "clips").replace("from: clips.csv", `from: ${path}`);
}
