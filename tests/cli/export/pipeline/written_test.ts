/** What is written for other engines, as it stands beside this file; METAMER_UPDATE=1 writes it anew. */
import assert from "node:assert/strict";
import { dvcYamlOf } from "../../../../lib/cli/export/pipeline/dvc_yaml.ts";
import { snakefileOf } from "../../../../lib/cli/export/pipeline/snakefile.ts";
import { smallPipeline } from "./small_pipeline.ts";

function requireAsExpected(text: string, name: string): void {
  const path = new URL(`expected/${name}`, import.meta.url);
  if (Deno.env.get("METAMER_UPDATE") === "1") Deno.writeTextFileSync(path, text);
  assert.equal(text, Deno.readTextFileSync(path));
}

Deno.test("a Snakefile has a rule for each kind, and looks up by instance what differs", () => {
  requireAsExpected(snakefileOf(smallPipeline), "Snakefile");
});

Deno.test("a dvc.yaml has a stage for each instance, and leaves results where they are", () => {
  requireAsExpected(dvcYamlOf(smallPipeline, ""), "dvc.yaml");
});

Deno.test("a dvc.yaml that lies elsewhere runs its commands in the working folder", () => {
  const stages = dvcYamlOf(smallPipeline, "../..").match(/^ {4}wdir: \.\.\/\.\.$/gm);
  assert.equal(stages?.length, smallPipeline.jobs.length + 1);
});

Deno.test("a pipeline of one stage ends with that stage", () => {
  const only = { ...smallPipeline, only: "metamer" };
  assert.match(snakefileOf(only), /run=lambda wildcards: " "\.join\(\[RUN, "--only metamer"\]\),/);
  assert.match(dvcYamlOf(only, ""), /\n {2}overview:\n {4}cmd: \$\{metamer\} --only metamer\n/);
});

Deno.test("Snakemake is given no path that it would take for a pattern, or for several", () => {
  for (const runs of ["runs/{x}", "runs\nmore"]) {
    assert.throws(
      () => snakefileOf({ ...smallPipeline, runs }),
      /Snakemake cannot take .* in the path of a file/,
    );
  }
});

Deno.test("DVC puts nothing in the place of what looks like a value of its own", () => {
  const written = dvcYamlOf({ ...smallPipeline, run: ["a ${b}.yaml"], runs: "${c}" }, "");
  assert.doesNotMatch(written, /vars:|metamer\}/);
  assert.match(written, /cmd: .* run 'a \\\$\{b\}\.yaml' --only 'metamer\[seed=1\]'\n/);
  assert.match(written, /- \\\$\{c\}\/sweep\/stages\/long\/manifest\.json:\n/);
});

Deno.test("a stage of the name overview is not the last look's", () => {
  const [first] = smallPipeline.jobs;
  assert(first);
  const jobs = [{ ...first, instance: "overview", plainName: "overview" }];
  assert.match(dvcYamlOf({ ...smallPipeline, jobs }, ""), /\n {2}overview:\n[^]*\n {2}_overview:\n/);
});
