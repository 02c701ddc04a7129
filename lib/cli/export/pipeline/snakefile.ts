/**
 * A pipeline as a Snakefile: one rule for each kind of stage, one job for each instance.
 * @module
 */
import { join } from "node:path";
import { WorkflowError } from "../../../errors.ts";
import { shellWords } from "../../../slurm/shell_word.ts";
import { workflowPaths } from "../../../store/layout.ts";
import { quoted } from "../../../workflow/wording.ts";
import { version } from "../../version.ts";
import type { Pipeline } from "./pipeline.ts";
import { pythonText } from "./python.ts";
import { instanceTable, kindRule, resourceLines } from "./snakemake_rules.ts";

/**
 * The Snakefile. What Snakemake removes and makes are empty files that say that an instance is finished: results and
 * checkpoints are the store's alone.
 * Throws WorkflowError for a path that Snakemake cannot take.
 */
export function snakefileOf(pipeline: Pipeline): string {
  const folder = join(workflowPaths(pipeline.runs, pipeline.name).folder, "snakemake");
  requireTakable([folder, ...pipeline.jobs.flatMap(({ files }) => files)]);
  const kinds = Map.groupBy(pipeline.jobs, ({ kind }) => kind);
  return [
    heading(pipeline, folder),
    "",
    settings(pipeline),
    "",
    "",
    targetRules(pipeline, folder),
    ...[...kinds].map(([kind, jobs]) => kindRule(kind, jobs, folder)),
    "",
    "",
    instanceTable(pipeline.jobs, folder),
    "",
    checks(pipeline),
    "",
  ].join("\n");
}

/** Snakemake takes a name in braces for a wildcard wherever a file is named, and hands files on in lines; neither can be quoted. */
function requireTakable(paths: readonly string[]): void {
  for (const path of paths) {
    const [sign] = /[{}\p{Cc}]/u.exec(path) ?? [];
    if (sign === undefined) continue;
    const what = /[{}]/.test(sign) ? "braces" : "line breaks and the like";
    throw new WorkflowError(
      `${quoted(path)}: error: Snakemake cannot take ${what} in the path of a file; rename it`,
    );
  }
}

function heading({ workflow, writtenBy, runs }: Pipeline, folder: string): string {
  const lines = [
    `Written by Metamer ${version} from ${workflow}. Write it again when that is edited:`,
    `    ${writtenBy} --force`,
    "",
    "    snakemake --cores all                        on this machine",
    "    snakemake --executor slurm --jobs 100        on a cluster whose nodes share this folder",
    "",
    `Each job makes one instance of the workflow. Results and checkpoints are in ${runs}, so that a job`,
    "that was stopped goes on where it was when Snakemake is called again. Snakemake keeps only empty files",
    `that say what is finished, and logs, in ${folder}.`,
    "Paths are from the folder that Snakemake is called in.",
  ];
  return lines.map((line) => comment(line)).join("\n");
}

/** Whatever is in a line of text, it does not end its comment. */
function comment(line: string): string {
  return `# ${line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?")}`.trimEnd();
}

function settings({ program, run }: Pipeline): string {
  const installed = program.replace(/^npx -y deno@\S+/, "deno");
  return [
    "# How the program is started. Where Deno is installed, this is quicker:",
    comment(`    snakemake --config metamer="${installed}"`),
    `METAMER = config.get("metamer", ${pythonText(program)})`,
    `RUN = " ".join([METAMER, ${pythonText(shellWords(["run", ...run]))}])`,
  ].join("\n");
}

function targetRules({ only, overview }: Pipeline, folder: string): string {
  const run = only === undefined ? "RUN" : `" ".join([RUN, ${pythonText(shellWords(["--only", only]))}])`;
  const finished = pythonText(`${folder}/overview.finished`);
  return `wildcard_constraints:
    instance=r"[\\w-]+",


rule all:
    input:
        ${finished},


# When all is there: the contact sheet, and a last look at the results.
rule overview:
    input:
        lambda wildcards: FINISHED.values(),
    output:
        touch(${finished}),
    log:
        ${pythonText(`${folder}/overview.log`)},
    params:
        run=lambda wildcards: ${run},
${resourceLines([overview])}
    shell:
        "{params.run} --threads {threads} > {log:q} 2>&1"`;
}

/** Where jobs run, texts and results may be elsewhere: only who calls Snakemake looks. */
function checks({ sources, writtenBy, runs, name }: Pipeline): string {
  const entries = sources.map(({ path, sha256 }) => `    ${pythonText(path)}: ${pythonText(sha256)},`);
  return [
    "# The texts that all this follows from, and their SHA-256.",
    "SOURCES = {",
    ...entries,
    "}",
    "if workflow.is_main_process:",
    "    import hashlib",
    "    from pathlib import Path",
    "",
    "    absent = [path for path in SOURCES if not Path(path).is_file()]",
    "    if absent:",
    "        raise WorkflowError(",
    '            ", ".join(absent),',
    '            "not there: Snakemake is to be called where this Snakefile was exported, or told of that folder by --directory",',
    "        )",
    "    edited = [",
    "        path",
    "        for path, digest in SOURCES.items()",
    "        if hashlib.sha256(Path(path).read_bytes()).hexdigest() != digest",
    "    ]",
    "    if edited:",
    "        raise WorkflowError(",
    '            ", ".join(edited),',
    '            "not as when this Snakefile was written; write it again:",',
    `            ${pythonText(`${writtenBy} --force`)},`,
    "        )",
    "    # What was removed from the store is not finished.",
    "    for name, instance in INSTANCES.items():",
    `        if not Path(${
      pythonText(workflowPaths(runs, name).stages)
    }, instance["result"], "manifest.json").is_file():`,
    '            for finished in (FINISHED[name], f"{FOLDER}/overview.finished"):',
    "                Path(finished).unlink(missing_ok=True)",
  ].join("\n");
}
