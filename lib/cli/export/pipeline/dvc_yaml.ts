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
  const stages = Object.fromEntries(jobs.map((job) => [job.plainName, stageOf(job, pipeline, folder)]));
  const all = { ...stages, [overviewName(jobs)]: overviewOf(pipeline, folder) };
  const content = { vars: [{ metamer: runCommand(pipeline) }], stages: all };
  return [heading(pipeline), "", stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })].join(
    "\n",
  );
}

function heading({ workflow, writtenBy, runs }: Pipeline): string {
  return [
    `Written by Metamer ${version} from ${workflow}. Write it again when instances are added or go:`,
    `    ${writtenBy} --force`,
    "",
    "    dvc repro",
    "",
    `Each stage makes one instance of the workflow. Results and checkpoints are in ${runs}, so that a stage`,
    "that was stopped goes on where it was. Their manifests are what DVC compares; to keep results with",
    "`dvc push`, add them: dvc add runs/.../videos.",
  ].map((line) => `# ${line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?")}`.trimEnd()).join("\n");
}

function stageOf({ instance, needs, files }: Job, pipeline: Pipeline, folder: string) {
  const { sources } = pipeline;
  return {
    ...(instance.includes("[") && { desc: instance }),
    ...workingFolder(folder),
    cmd: only(instance),
    deps: [
      ...sources.map(({ path }) => plain(path)),
      ...files.map(plain),
      ...needs.map((name) => manifestOf(name, pipeline)),
    ],
    outs: [{ [manifestOf(instance, pipeline)]: { cache: false, persist: true } }],
  };
}

/** When all is there: the contact sheet, and a last look at the results. */
function overviewOf(pipeline: Pipeline, folder: string) {
  return {
    ...workingFolder(folder),
    cmd: pipeline.only === undefined ? variable : only(pipeline.only),
    deps: pipeline.jobs.map(({ instance }) => manifestOf(instance, pipeline)),
  };
}

/** No instance's name begins so. */
function overviewName(jobs: readonly Job[]): string {
  return jobs.some(({ plainName }) => plainName === "overview") ? "_overview" : "overview";
}

function workingFolder(folder: string): { readonly wdir?: string } {
  return folder === "" || folder === "." ? {} : { wdir: plain(folder) };
}

/** The program and what all calls of it have in common, in one place where they can be changed. */
function runCommand({ program, run }: Pipeline): string {
  return `${program} ${shellWords(["run", ...run])}`;
}

const variable = "${metamer}";

function only(name: string): string {
  return `${variable} --only ${plain(shellWord(name))}`;
}

/** By the link that the workflow's own folder has to the instance in the store: the same path whatever the key is. */
function manifestOf(instance: string, { runs, name }: Pipeline): string {
  return plain(join(workflowPaths(runs, name).stages, instanceFolderName(instance), "manifest.json"));
}

/** DVC puts values of its own in the place of `${...}`, unless a backslash stands before it. */
function plain(text: string): string {
  return text.replaceAll("${", "\\${");
}
