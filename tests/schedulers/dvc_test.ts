/** Exported dvc.yaml files, run by DVC. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clip } from "../program/program.ts";
import { type Lab, lab, requireLocalResults, sweep } from "./lab.ts";
import { schedulerTest } from "./scheduler_test_case.ts";

async function dvc(place: Lab, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await place.call(["dvc", ...args]);
  assert.equal(code, 0, stdout + stderr);
  return stdout + stderr;
}

/** The stages that DVC has run, as it tells of them. */
function stagesRun(told: string): readonly string[] {
  return [...told.matchAll(/^Running stage '([^']+)'/gm)].map(([, stage = ""]) => stage);
}

schedulerTest(
  "DVC makes a sweep as a local run makes it, each once; a second repro does nothing",
  async (programs) => {
    await using place = await lab(programs);
    await dvc(place, "init", "--no-scm");
    await place.write("sweep.yaml", sweep);
    const told = await place.metamer("export", "sweep.yaml", "--as", "dvc");
    assert.equal(told, "dvc.yaml: 8 jobs; run them with\n  dvc repro\n");
    assert.equal(stagesRun(await dvc(place, "repro")).length, 9);
    assert.deepEqual(stagesRun(await dvc(place, "repro")), []);
    assert.match(await dvc(place, "status"), /up to date/);
    await requireLocalResults(place, "sweep");
  },
);

schedulerTest(
  "a clip that changes is made again with what reads it, also from a folder elsewhere; hostile names stay in their quoting",
  async (programs) => {
    await using place = await lab(programs);
    await dvc(place, "init", "--no-scm");
    const hostile = `it's "a" $(touch pwned) \`touch pwned\` \${metamer} \\\${x} {y} #: ; touch pwned; \\`;
    await place.write(`${hostile}.y4m`, clip(6));
    await place.write(
      `${hostile}.yaml`,
      `metamer: 1
videos: { natural: { file: ${JSON.stringify(`${hostile}.y4m`)} } }
stages:
  backwards: { kind: reverse, video: natural }
  other: { kind: reverse, video: made }
  made: { kind: reverse, video: backwards }
`,
    );
    const options = ["--name", "it's $(touch pwned) ${x}", "--out", hostile];
    await place.metamer(
      "export",
      `${hostile}.yaml`,
      "backwards",
      "--as",
      "dvc",
      "--to",
      "pipelines/",
      ...options,
    );
    const repro = async () => stagesRun(await dvc(place, "repro", "pipelines/dvc.yaml"));
    const stages = ["backwards", "overview"].map((stage) => `pipelines/dvc.yaml:${stage}`);
    assert.deepEqual(await repro(), stages);
    assert.deepEqual(await repro(), []);
    await place.write(`${hostile}.y4m`, clip(7));
    assert.deepEqual(await repro(), stages);
    assert.deepEqual(await repro(), []);
    assert.ok(!existsSync(join(place.folder, "pwned")));
  },
);
