import assert from "node:assert/strict";
import { join } from "node:path";
import { bench, callProgram } from "./bench.ts";
import { clip, tinyWorkflow } from "./program.ts";

const longAgo = new Date("2026-01-01");

Deno.test("a clip that changed unnoticed is told, and the next run takes it as it is now", async () => {
  await using place = await bench();
  const path = join(place.folder, "mine.y4m");
  await Deno.writeFile(path, clip(9));
  await Deno.utime(path, longAgo, longAgo);
  const text = tinyWorkflow.replace(/clip: \{ generate.*/, "clip: { file: mine.y4m }")
    .replace("iterations: 20", "iterations: 2");
  const file = await place.write("a.yaml", text);
  await place.events(file, "--frames", "2");

  // Size, time and inode stay: the digest that is remembered is not that of the file.
  using opened = await Deno.open(path, { read: true, write: true });
  await opened.seek(200, Deno.SeekMode.Start);
  await opened.write(Uint8Array.of(99, 99, 99));
  await opened.utime(longAgo, longAgo);

  const told = await callProgram(["run", file, "--out", place.runs]);
  assert.equal(told.code, 1, told.stdout);
  assert.match(told.stderr, /mine\.y4m changed since the run was planned; run again/);
  const next = await callProgram(["run", file, "--out", place.runs]);
  assert.equal(next.code, 0, next.stderr);
  assert.match(next.stdout, /tiny: finished/);
});
