/**
 * The rules of a Snakefile, and the table that they look instances up in.
 * @module
 */
import { instanceFolderName } from "../../../store/layout.ts";
import type { Demand, Job } from "./pipeline.ts";
import { pythonList, pythonText } from "./python.ts";
import { type SnakemakeResources, snakemakeResources } from "./snakemake_resources.ts";

/**
 * The rule of one kind. Its wildcard is a plain name: Snakemake's executors hand it on between commas and quotes. The key of an
 * instance changes with whatever decides its bytes, and is a parameter for Snakemake to make it again then; so is the number of its
 * frames, which is no part of the key of a synthesis.
 * @param folder for what is kept beside results
 */
export function kindRule(kind: string, jobs: readonly Job[], folder: string): string {
  return `

rule ${kind}:
    input:
        lambda wildcards: READS[wildcards.instance],
    output:
        touch(${pythonText(`${folder}/${kind}/{instance}.finished`)}),
    log:
        ${pythonText(`${folder}/${kind}/{instance}.log`)},
    params:
        run=lambda wildcards: RUN,
        instance=lambda wildcards: INSTANCES[wildcards.instance]["name"],
        key=lambda wildcards: INSTANCES[wildcards.instance]["key"],${framesLine(jobs)}
${resourceLines(jobs)}
    shell:
        "{params.run} --only {params.instance:q} --threads {threads} > {log:q} 2>&1"`;
}

function framesLine(jobs: readonly Job[]): string {
  if (jobs.every(({ frames }) => frames === undefined)) return "";
  return `
        frames=lambda wildcards: INSTANCES[wildcards.instance]["frames"],`;
}

/** The instances by their plain names, which of them are finished by which file, and what each reads. */
export function instanceTable(jobs: readonly Job[], folder: string): string {
  const kinds = Map.groupBy(jobs, ({ kind }) => kind);
  const plainNames = new Map(jobs.map(({ instance, plainName }) => [instance, plainName]));
  const entries = jobs.flatMap((job) => [
    `    ${pythonText(job.plainName)}: {`,
    ...tableLine("name", pythonText(job.instance)),
    ...tableLine("kind", pythonText(job.kind)),
    ...tableLine("result", pythonText(instanceFolderName(job.instance))),
    ...tableLine("key", pythonText(job.key)),
    ...(job.frames === undefined ? [] : tableLine("frames", `${job.frames}`)),
    ...tableList("needs", job.needs.map((name) => plainNames.get(name) ?? name)),
    ...tableList("files", job.files),
    ...ownResources(job, kinds.get(job.kind) ?? []),
    "    },",
  ]);
  return [
    "# Each with its folder among the stages, its key in the store, what it needs, and the files that it reads.",
    "INSTANCES = {",
    ...entries,
    "}",
    "",
    `FOLDER = ${pythonText(folder)}`,
    "FINISHED = {",
    `    name: f"{FOLDER}/{instance['kind']}/{name}.finished" for name, instance in INSTANCES.items()`,
    "}",
    "READS = {",
    '    name: [*(FINISHED[need] for need in instance["needs"]), *instance["files"]]',
    "    for name, instance in INSTANCES.items()",
    "}",
  ].join("\n");
}

const indent = "        ";

function tableLine(name: string, value: string): readonly string[] {
  return [`${indent}${pythonText(name)}: ${value},`];
}

function tableList(name: string, texts: readonly string[]): readonly string[] {
  const before = indent.length + pythonText(name).length + ": ,".length;
  return tableLine(name, pythonList(texts, { indent, before }));
}

/** What jobs of one rule ask for: what all have, or what is looked up for each. */
export function resourceLines(demands: readonly Demand[]): string {
  const resources = demands.map(resourcesOf);
  const { threads, ...others } = Object.fromEntries(
    namesIn(resources).map((name) => [name, valueOf(name, resources)]),
  );
  return [
    `    threads: ${threads}`,
    "    resources:",
    ...Object.entries(others).map(([name, value]) => `        ${name}=${value},`),
  ].join("\n");
}

/** What a job asks for, by Snakemake's names. */
function resourcesOf({ threads, memory, slurm }: Demand): SnakemakeResources {
  const { cpus = threads } = slurm;
  return {
    threads,
    ...snakemakeResources(slurm, memory),
    ...(cpus !== threads && { cpus_per_task: cpus }),
  };
}

function namesIn(resources: readonly SnakemakeResources[]): readonly string[] {
  return [...new Set(resources.flatMap((one) => Object.keys(one)))];
}

function valueOf(name: string, resources: readonly SnakemakeResources[]): string {
  return differ(name, resources)
    ? `lambda wildcards: INSTANCES[wildcards.instance][${pythonText(name)}]`
    : python(resources[0]?.[name] ?? 0);
}

/** In what a job differs from others of its kind; what they have and it has not, Snakemake wants all the same: as nothing. */
function ownResources(job: Job, ofKind: readonly Job[]): readonly string[] {
  const resources = ofKind.map(resourcesOf);
  const own = resourcesOf(job);
  return namesIn(resources).filter((name) => differ(name, resources)).flatMap((name) => {
    const isNumber = resources.some((one) => typeof one[name] === "number");
    return tableLine(name, python(own[name] ?? (isNumber ? 0 : "")));
  });
}

function differ(name: string, resources: readonly SnakemakeResources[]): boolean {
  return new Set(resources.map((one) => one[name])).size > 1;
}

function python(value: number | string): string {
  return typeof value === "number" ? String(value) : pythonText(value);
}
