/** The paper's whole experiment in small, from an empty folder to the report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { fileStem } from "../../lib/report/figures.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { instanceFolderName } from "../../lib/store/layout.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { interrupt, parseEvents, runProgram, start } from "../program/program.ts";

const clips = ["leaves", "pebbles", "clouds"];

/** The tables of each figure of the paper, one for each clip but of the features. */
const tables = [
  "features",
  ...["matched", "of_images", "of_videos", "named", "prediction"].flatMap((stage) =>
    clips.map((clip) => `${stage}[clip=${clip}]`)
  ),
];

const summarySchema = z.object({ charts: z.record(z.string(), z.unknown()) });

Deno.test("workflows/paper_figures_small.yaml makes a report with all figures from nothing, though it is killed twice on the way", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const run = ["run", "workflows/paper_figures_small.yaml", "--out", runs];
  const killedAt = async (isThere: (event: RunEvent) => boolean) => {
    const { code, printed } = await interrupt(
      start([...run, "--json"]),
      "SIGKILL",
      (printed) => parseEvents(printed).some(isThere),
    );
    assert.equal(code, 137, printed);
  };
  await killedAt(({ type, instance }) => type === "frame.finished" && instance === "metamer[clip=pebbles]");
  await killedAt(({ type, instance }) =>
    type === "instance.started" && instance === "prediction[clip=pebbles]"
  );

  const { code, stdout, stderr } = await runProgram(run);
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  const made = join(runs, "paper_figures_small");
  const page = await Deno.readTextFile(join(made, "report", "index.html"));
  const figures = new Set(Array.from(Deno.readDirSync(join(made, "report", "figures")), ({ name }) => name));
  for (const table of tables) {
    const text = await Deno.readTextFile(join(made, "stages", instanceFolderName(table), "summary.json"));
    const charts = Object.keys(summarySchema.parse(JSON.parse(text)).charts);
    assert.ok(charts.length > 0, `${table} has no charts`);
    for (const chart of charts) {
      for (const ending of ["svg", "png"]) {
        assert.ok(
          figures.has(`${fileStem(table)}.${chart}.${ending}`),
          `no figure ${chart} of ${table} (${ending})`,
        );
      }
    }
    assert.ok(page.includes(table), `the page says nothing of ${table}`);
  }
  for (const clip of clips) assert.ok(figures.has(`metamer_clip=${clip}.losses.svg`));
  assert.ok(figures.has("frames.svg"));

  const again = await runProgram(run);
  assert.match(again.stdout, /All of it is there already\./);
});
