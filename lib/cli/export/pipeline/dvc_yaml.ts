/**
 * A pipeline as a dvc.yaml: one stage for each instance.
 * @module
 */
import { join } from "node:path";
import { stringify } from "yaml";
import { instanceFolderName, workflowPaths } from "../../../store/layout.ts";
import { shellWord, shellWords } from "../../../slurm/shell_word.ts";
import { version } from "../../version.ts";
import type { Job, Pipeline } from "./pipeline.ts";

/**
 * The dvc.yaml. Of each result DVC knows the manifest, which has the checksums of all the rest; it neither removes it before a
 * stage runs nor copies it into its cache: results and checkpoints are the store's alone.
 * @param folder the working folder, from the one that the file will stand in
 */
export function dvcYamlOf(pipeline: Pipeline, folder: string): string {
  const { jobs } = pipeline;
  const place = { pipeline, folder, ...commandOf(pipeline) };
  const stages = Object.fromEntries(jobs.map((job) => [job.plainName, stageOf(job, place)]));
  const content = {
    ...(place.vars && { vars: place.vars }),
    stages: { ...stages, [overviewName(jobs)]: overviewOf(place) },
  };
  const yaml = stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
  return `${heading(pipeline)}\n\n${yaml}`;
}

/** What stages have in common. */
interface Place {
  readonly pipeline: Pipeline;
  /** The working folder. */
  readonly folder: string;
  /** What stands before `--only` in each stage's command. */
  readonly command: string;
}

/** The command that stages have in common, in one place where that can be; DVC's own values cannot hold what it would replace. */
function commandOf({ program, run }: Pipeline) {
  const command = `${program} ${shellWords(["run", ...run])}`;
  const isTaken = command.includes("${");
  return isTaken ? { command: plain(command) } : { vars: [{ metamer: command }], command: "${metamer}" };
}

function heading({ workflow, writtenBy, runs, name }: Pipeline): string {
  return [
    `Written by Metamer ${version} from ${workflow}. Write it again when instances are added or go:`,
    `    ${writtenBy} --force`,
    "",
    "    dvc repro",
    "",
    `Each stage makes one instance of the workflow. Results and checkpoints are in ${runs}, so that a stage`,
    "that was stopped goes on where it was. DVC compares their manifests, and keeps no results in its cache:",
    `those that are to be pushed are added, as by dvc add ${join(runs, name, "videos")}`,
  ].map((line) => `# ${line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?")}`.trimEnd()).join("\n");
}

function stageOf({ instance, needs, files }: Job, { pipeline, folder, command }: Place) {
  return {
    ...(instance.includes("[") && { desc: instance }),
    ...workingFolder(folder),
    cmd: withOnly(command, instance),
    deps: [
      ...pipeline.sources.map(({ path }) => plain(path)),
      ...files.map(plain),
      ...needs.map((name) => manifestOf(name, pipeline)),
    ],
    outs: [{ [manifestOf(instance, pipeline)]: { cache: false, persist: true } }],
  };
}

/** When all is there: the contact sheet, and a last look at the results. */
function overviewOf({ pipeline, folder, command }: Place) {
  return {
    ...workingFolder(folder),
    cmd: pipeline.only === undefined ? command : withOnly(command, pipeline.only),
    deps: pipeline.jobs.map(({ instance }) => manifestOf(instance, pipeline)),
  };
}

/** No instance has a name that begins with `_`. */
function overviewName(jobs: readonly Job[]): string {
  return jobs.some(({ plainName }) => plainName === "overview") ? "_overview" : "overview";
}

function workingFolder(folder: string): { readonly wdir?: string } {
  return folder === "" || folder === "." ? {} : { wdir: plain(folder) };
}

function withOnly(command: string, name: string): string {
  return `${command} --only ${plain(shellWord(name))}`;
}

/** By the link that the workflow's own folder has to the instance in the store: the same path whatever the key is. */
function manifestOf(instance: string, { runs, name }: Pipeline): string {
  return plain(join(workflowPaths(runs, name).stages, instanceFolderName(instance), "manifest.json"));
}

/** DVC puts values of its own in the place of `${...}`, unless a backslash stands before it. */
function plain(text: string): string {
  return text.replaceAll("${", "\\${");
}
