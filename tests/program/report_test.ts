import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import { bench, callProgram } from "./bench.ts";
import { tinyWorkflow } from "./program.ts";

const told = tinyWorkflow.replace("iterations: 20", "iterations: 2") + `  report: { kind: report, of: tiny }
`;

Deno.test("a run ends with the report's path; the page stands alone; run again, all is there, and what was deleted or damaged is made again", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", told);
  const first = await callProgram(["run", file, "--out", place.runs]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /\nThe report, for a browser:\n {2}\S*runs\/a\/report\/index\.html\n/);
  const folder = join(place.runs, "a", "report");
  const page = await Deno.readTextFile(join(folder, "index.html"));
  assert.match(
    page,
    /aria-label="Video clip, 24 × 32, 4 frames"[^]*aria-label="Video tiny, 24 × 32, 4 frames"/,
  );
  assert.match(
    page,
    /synthesized frame by frame by spatiotemporal style transfer \(Greco &amp; Siegel, 2025\)/,
  );
  assert.match(page, /models were evaluated by onnxruntime \S+ \(cpu\) on .* in float32\./);
  const manifest = await readManifest(join(place.runs, "a", "stages", "report", "manifest.json"));
  const outputs = manifest?.outputs.map(({ path }) => path);
  assert.deepEqual(outputs, [
    "index.html",
    ...["frames.png", "frames.svg", "tiny.losses.png", "tiny.losses.svg"].map((name) => `figures/${name}`),
    ...["data/clip/manifest.json", "data/tiny/manifest.json"],
  ]);
  for (const path of outputs) assert.ok((await Deno.stat(join(folder, path))).size > 0, path);

  // The copy is a view: what is deleted there comes back without anything being computed.
  await Deno.remove(join(folder, "figures"), { recursive: true });
  const again = await callProgram(["run", file, "--out", place.runs]);
  assert.match(again.stdout, /All of it is there already\.[^]*The report, for a browser:/);
  assert.ok((await Deno.stat(join(folder, "figures", "frames.svg"))).size > 0);

  const stored = join(place.runs, "a", "stages", "report", "figures", "tiny.losses.svg");
  await Deno.writeTextFile(stored, "<svg/>");
  const events = await place.events(file);
  const made = events.flatMap(({ type, instance }) => type === "instance.finished" ? [instance] : []);
  assert.deepEqual(made, ["report"]);
  assert.notEqual(await Deno.readTextFile(stored), "<svg/>");

  const status = await callProgram(["status", "--out", place.runs]);
  assert.match(status.stdout, /\nreport +done/);
});
