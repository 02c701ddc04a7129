import assert from "node:assert/strict";
import { installFfmpeg, reinstall } from "../../../lib/cli/doctor/commands.ts";
import { type Examination, examine, isHealthy } from "../../../lib/cli/doctor/diagnosis.ts";
import { describeDiagnoses } from "../../../lib/cli/doctor/report.ts";

const good: Examination = {
  what: "deno",
  fix: "reinstall",
  look: () => Promise.resolve({ state: "ok", found: "2.9.6" }),
};
const slow: Examination = {
  what: "memory",
  fix: "",
  look: () => Promise.resolve({ state: "warning", found: "1.0 GiB", fix: "use less" }),
};
const broken: Examination = {
  what: "engine",
  fix: "reinstall",
  look: () => Promise.reject(new Error("cannot load\n    at secret.ts:1")),
};

Deno.test("whatever goes wrong while looking is a diagnosis of one line, with what may mend it", async () => {
  const diagnoses = await examine([good, broken, slow]);
  assert.deepEqual(diagnoses, [
    { what: "deno", state: "ok", found: "2.9.6" },
    { what: "engine", state: "missing", found: "cannot load", fix: "reinstall" },
    { what: "memory", state: "warning", found: "1.0 GiB", fix: "use less" },
  ]);
  assert.equal(isHealthy(diagnoses), false);
  assert.equal(isHealthy(await examine([good, slow])), true);
});

Deno.test("the report is aligned, mends stand below, and the end says whether a run can begin", async () => {
  const lines = describeDiagnoses(await examine([good, broken])).split("\n");
  assert.deepEqual(lines.slice(0, 3), [
    "ok       deno    2.9.6",
    "missing  engine  cannot load",
    "         fix: reinstall",
  ]);
  assert.match(lines.at(-1) ?? "", /missing/);
  assert.match(
    describeDiagnoses(await examine([good, slow])),
    /All that is needed works; one warning[^]*task run /,
  );
});

Deno.test("a path with a line break leaves each mend below its own line", async () => {
  const broad: Examination = { ...good, look: () => Promise.resolve({ state: "ok", found: "/a\nb" }) };
  const lines = describeDiagnoses(await examine([broad, broken, good])).split("\n");
  assert.deepEqual(lines.slice(0, 5), [
    "ok       deno    /a",
    "b",
    "missing  engine  cannot load",
    "         fix: reinstall",
    "ok       deno    2.9.6",
  ]);
});

Deno.test("ffmpeg comes from the system, but on Windows, where it has no fixed folder, from its package", () => {
  assert.equal(installFfmpeg("darwin"), "brew install ffmpeg");
  assert.match(installFfmpeg("linux"), /^sudo apt-get install ffmpeg/);
  assert.equal(installFfmpeg("windows"), reinstall);
});
