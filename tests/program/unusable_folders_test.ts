import assert from "node:assert/strict";
import { join } from "node:path";
import { bench, callProgram } from "./bench.ts";
import { runProgram, tinyWorkflow } from "./program.ts";

Deno.test("a folder that can't be used is refused with what to do instead, by every verb", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  await place.write("in the way", "");
  const inTheWay = join(place.folder, "in the way", "x");
  const another = /; choose another one with --out or METAMER_RUNS\n$/;
  for (const verb of ["run", "plan", "status", "validate"]) {
    const { code, stderr } = await callProgram([verb, file, "--out", inTheWay]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^\S.* can't be a folder: \S.*in the way is a file;/);
    assert.match(stderr, another);
  }
  if (Deno.build.os !== "linux") return;
  const kept = await runProgram(["plan", file, "--out", "/proc/x"]);
  assert.equal(kept.code, 2);
  assert.match(kept.stderr, /^\/proc\/x can't be used: Deno keeps programs out of the system's folders;/);
  assert.match(kept.stderr, another);

  await place.events(file, "--only", "clip", "--frames", "2");
  for (const to of [inTheWay, "/proc/x"]) {
    const out = ["--out", place.runs, "--frames", "2"];
    const { code, stderr } = await callProgram(["export", file, "clip", "--as", "npy", ...out, "--to", to]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /; choose another one with --to\n$/);
  }
});
