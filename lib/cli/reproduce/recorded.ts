/**
 * What is to be made again: the record of one instance, or of a workflow's last run with all its instances.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { MissingError, WorkflowError } from "../../errors.ts";
import { damagedRecord } from "../../store/checked_json.ts";
import { type InstancePaths, instancePaths, workflowPaths } from "../../store/layout.ts";
import { findManifest, type Manifest } from "../../store/manifest.ts";
import { unlessAbsent } from "../../store/presence.ts";
import { findSpecification, type Specification } from "../../store/specification.ts";

/** A finished instance as it was recorded. */
export interface RecordedInstance {
  readonly name: string;
  readonly paths: InstancePaths;
  readonly manifest: Manifest;
}

/** Results with all that it takes to make them again. */
export interface Recorded {
  /** Of the workflow, or the instance's key. */
  readonly name: string;
  /** The folder of the results that they are in. */
  readonly runs: string;
  readonly specification: Specification;
  /** The file in which the specification stands: its paths start beside it. */
  readonly file: string;
  /** What is to be made again, inputs first. */
  readonly instances: readonly RecordedInstance[];
  /** Names of instances that were not finished, and cannot be compared. */
  readonly unfinished: readonly string[];
}

/**
 * Finds a record by a manifest, an instance's folder, a workflow's folder among the results, or the name or the file of a
 * workflow that has one in `runs`. Throws WorkflowError when there is nothing that can be made again, and RunError when it is
 * damaged.
 */
export async function findRecorded(text: string, runs: string): Promise<Recorded> {
  const found = await unlessAbsent(text, () => Deno.realPath(text));
  if (found !== undefined && basename(found) === "manifest.json") return await ofInstance(found, text);
  if (found !== undefined && await findManifest(join(found, "manifest.json")) !== undefined) {
    return await ofInstance(join(found, "manifest.json"), text);
  }
  const isFolder = found !== undefined && (await Deno.stat(found)).isDirectory;
  if (isFolder) return await ofWorkflow(dirname(found), basename(found), text);
  return await ofWorkflow(runs, basename(text).replace(/\.ya?ml$/, ""), text);
}

async function ofInstance(file: string, text: string): Promise<Recorded> {
  const manifest = await wholeManifest(file);
  if (manifest === undefined) throw new WorkflowError(`${text}: error: it is no manifest of this program`);
  const { specification, key, stage } = manifest;
  if (specification === undefined) {
    throw new WorkflowError(
      `${text}: error: it is of an earlier version, which did not record all that it takes to make it again`,
    );
  }
  const runs = dirname(dirname(dirname(file)));
  const instance = { name: stage.instance, paths: instancePaths(runs, key), manifest };
  return { name: key, runs, specification, file, instances: [instance], unfinished: [] };
}

async function ofWorkflow(runs: string, name: string, text: string): Promise<Recorded> {
  const { specification: file } = workflowPaths(runs, name);
  const { content: specification, problem } = await findSpecification(file) ?? {};
  if (problem !== undefined) throw damagedRecord(file, problem);
  if (specification === undefined) {
    throw new WorkflowError(
      `${text}: error: it is neither a manifest nor a workflow with results in ${resolve(runs)}; ` +
        `reproduce takes runs/store/KEY/manifest.json, runs/NAME, or the name or file of a workflow that was run`,
    );
  }
  const instances: RecordedInstance[] = [];
  const unfinished: string[] = [];
  for (const [name, { key }] of Object.entries(specification.instances)) {
    if (key === undefined) continue;
    const paths = instancePaths(runs, key);
    const manifest = await wholeManifest(paths.manifest);
    if (manifest === undefined) unfinished.push(name);
    else instances.push({ name, paths, manifest });
  }
  if (instances.length === 0) throw new WorkflowError(`${text}: error: nothing of it is finished`);
  return { name, runs, specification, file, instances, unfinished };
}

/** Undefined when there is none. Throws RunError when it is damaged: nothing can be compared with it. */
async function wholeManifest(path: string): Promise<Manifest | undefined> {
  const { content, problem } = await findManifest(path) ?? {};
  if (problem !== undefined) throw damagedRecord(path, problem);
  return content;
}

/** Throws MissingError that names each clip which is not where the record expects it, with the content that it should have. */
export async function requireClips({ specification, file }: Recorded): Promise<void> {
  const { clips, instances, workflow: { videos = {}, stages = {} } } = specification;
  const missing: string[] = [];
  for (const [name, { setting, sha256 }] of Object.entries(clips)) {
    const own = instances[name]?.written ?? name;
    const isWeights = setting === "weights";
    const written = (isWeights ? stages : videos)[own]?.[setting];
    if (typeof written !== "string" || written.includes("*")) continue;
    const path = resolve(dirname(file), written);
    if (await unlessAbsent(path, () => Deno.stat(path)) !== undefined) continue;
    const what = isWeights ? `the file of stages.${name}.weights` : `the clip of videos.${name}`;
    missing.push(`${what} is missing: expected at ${path}, sha256 ${sha256}`);
  }
  if (missing.length > 0) throw new MissingError(missing.join("\nerror: "));
}
