import assert from "node:assert/strict";
import { join } from "node:path";
import { bench, callProgram } from "./bench.ts";
import { interrupt, start, tinyWorkflow } from "./program.ts";

Deno.test("status shows frames, state and residuals, for a workflow and for all; it writes nothing", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow);
  const status = async (...args: string[]) =>
    (await callProgram(["status", ...args, "--out", place.runs])).stdout;
  assert.match(
    await status(),
    /^There are no results in .*; make some with npx -y deno@\S+ task run FILE\.\n$/,
  );
  assert.match(await status(file), /^a \(.*a\.yaml\): 0 of 2 done\n[^]*\ntiny +0 of 4 +waiting\n$/);
  await assert.rejects(Deno.stat(place.runs), Deno.errors.NotFound);

  await place.events(file, "--frames", "2");
  const done =
    /\ntiny +2 of 2 +done +spatial_texture 0\.\d+ \(worst layer \w+, 0\.\d+\)\nResiduals: 0 is a perfect match/;
  assert.match(await status(), done);
  assert.match(await status(file), /\ntiny +2 of 4 +begun +spatial_texture/);
  assert.match(await status(file, "--frames", "2"), done);
  const [found] = JSON.parse(await status("--json"));
  assert.partialDeepStrictEqual(found, {
    name: "a",
    instances: [{ name: "clip", state: "done" }, { name: "tiny" }],
  });
});

Deno.test("status tells who is at work, while they are, and what is left when they were stopped", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 4000"));
  const process = start(["run", file, "--out", place.runs, "--json"]);
  let seen = "";
  const { code } = await interrupt(process, "SIGTERM", (printed) => {
    if (!printed.includes('"type":"iteration"')) return false;
    const { stdout } = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "-P=look",
        "lib/cli/main.ts",
        "status",
        file,
        "--out",
        place.runs,
      ],
    }).outputSync();
    seen = new TextDecoder().decode(stdout);
    return true;
  });
  assert.equal(code, 143);
  assert.match(seen, /\ntiny +0 of 4 +in progress/);
  assert.match(seen, /\ntiny: held (by \S+ )?on \S+ \(process \d+, since \S+\): run /);
  assert.match(
    seen,
    /\ntiny: (padding )?frame \S+, octave 0, iteration \d+\/4000, losses: spatial_texture \d/,
  );
  const { stdout } = await callProgram(["status", file, "--out", place.runs]);
  assert.match(stdout, /\ntiny +0 of 4 +begun/);
});

Deno.test("status of a workflow with a problem is that problem", async () => {
  await using place = await bench();
  const file = await place.write("a.yaml", tinyWorkflow.replace("kind: synthesis", "kind: synthesys"));
  const { code, stderr } = await callProgram(["status", file]);
  assert.equal(code, 2);
  assert.match(
    stderr,
    new RegExp(`^${join(place.folder, "a.yaml")}:\\d+:\\d+: error: there is no kind "synthesys"`),
  );
});
