import assert from "node:assert/strict";
import { type Examination, examine, isHealthy } from "../../../lib/cli/doctor/finding.ts";
import { describeFindings } from "../../../lib/cli/doctor/report.ts";

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

Deno.test("whatever goes wrong while looking is a finding of one line, with what may mend it", async () => {
  const findings = await examine([good, broken, slow]);
  assert.deepEqual(findings, [
    { what: "deno", state: "ok", found: "2.9.6" },
    { what: "engine", state: "missing", found: "cannot load", fix: "reinstall" },
    { what: "memory", state: "warning", found: "1.0 GiB", fix: "use less" },
  ]);
  assert.equal(isHealthy(findings), false);
  assert.equal(isHealthy(await examine([good, slow])), true);
});

Deno.test("the report is aligned, mends stand below, and the end says whether a run can begin", async () => {
  const lines = describeFindings(await examine([good, broken])).split("\n");
  assert.deepEqual(lines.slice(0, 3), [
    "ok       deno    2.9.6",
    "missing  engine  cannot load",
    "         fix: reinstall",
  ]);
  assert.match(lines.at(-1) ?? "", /missing/);
  assert.match(
    describeFindings(await examine([good, slow])),
    /All that is needed works; one warning[^]*task run /,
  );
});
