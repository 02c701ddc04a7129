import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../lib/store/manifest.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { bench, callProgram } from "./bench.ts";
import { interrupt, parseEvents, start, tinyWorkflow } from "./program.ts";

const matched = tinyWorkflow.replace("iterations: 20", "iterations: 2") +
  `  matched: { kind: match, stage: tiny, scrambled: 1 }
  itself: { kind: match, stage: tiny, video: clip, scrambled: 1 }
`;

/** Frames that were measured of a table, in order. */
function measured(events: readonly RunEvent[], instance: string): number[] {
  return events.flatMap((event) =>
    event.type === "frame.finished" && event.instance === instance ? [event.frame] : []
  );
}

Deno.test("run ends with the verdict and the table's path; a clip judged by itself passes; run again, all is there", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", matched);
  const first = await callProgram(["run", file, "--out", place.runs]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /\nmatched +run .* match-[0-9a-f]{16} +not made yet/);
  assert.match(first.stdout, /\nmatched: (pass|fail|undecided): spatial texture passes in \d of \d layers?/);
  assert.match(
    first.stdout,
    /\nitself: pass: [^\n]*\n {2}\S*stages\/itself\/table\.csv\n {2}\S*summary\.json\n/,
  );
  const status = await callProgram(["status", "--out", place.runs]);
  assert.match(status.stdout, /\nitself +done +pass: spatial texture/);
  const again = await callProgram(["run", file, "--out", place.runs]);
  assert.match(again.stdout, /All of it is there already\.[^]*\nitself: pass: /);
  assert.doesNotMatch(again.stdout, /started/);

  const manifest = await readManifest(join(place.runs, "a", "stages", "itself", "manifest.json"));
  assert.deepEqual(manifest?.outputs.map(({ path }) => path), ["table.csv", "summary.json"]);
  assert.deepEqual(manifest?.models.map(({ role }) => role), ["stage.0.streams.spatial"]);
});

Deno.test("a table that was damaged is made again, byte by byte, and nothing else", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", matched);
  await place.events(file);
  const table = join(place.runs, "a", "stages", "matched", "table.csv");
  const before = await Deno.readTextFile(table);
  await Deno.writeTextFile(table, before.replace(/\d(?=\r\n$)/, ""));
  const events = await place.events(file);
  assert.deepEqual(measured(events, "matched"), [0, 1, 2, 3]);
  assert.deepEqual(measured(events, "tiny"), []);
  assert.deepEqual(measured(events, "itself"), []);
  assert.equal(await Deno.readTextFile(table), before);
});

Deno.test("another clip judged by a stage's targets needs no frame of the stage; stopped, it goes on after the frames that it has measured", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", matched.replace("frames: 4", "frames: 8"));
  const process = start(["run", file, "--out", place.runs, "--json", "--only", "itself"]);
  const { code, printed } = await interrupt(
    process,
    "SIGTERM",
    (printed) => measured(parseEvents(printed), "itself").length >= 2,
  );
  assert.equal(code, 143);
  const [first, rest] = [parseEvents(printed), await place.events(file, "--only", "itself")];
  assert.deepEqual(measured([...first, ...rest], "itself"), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert(measured(rest, "itself").length > 0, "it was stopped before its end");
  assert(![...first, ...rest].some(({ instance }) => instance === "tiny"));
});
