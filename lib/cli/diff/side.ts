/**
 * One side of a comparison: a workflow file, a git revision of one, the folder of a workflow or an instance among the results,
 * a manifest, or a frozen file.
 * @module
 */
import { basename, join } from "node:path";
import { WorkflowError } from "../../errors.ts";
import { damagedRecord } from "../../store/checked_json.ts";
import { findManifest } from "../../store/manifest.ts";
import { sizeIfThere, unlessAbsent } from "../../store/presence.ts";
import { findSpecification, type Specification } from "../../store/specification.ts";
import { readFrozen } from "../../versions/frozen.ts";
import { specify } from "../../versions/specify.ts";
import { type LoadOptions, loadWorkflowFrom, type Sources } from "../load_workflow.ts";
import { specified } from "../plan/specified.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { openRevision } from "./revision.ts";

/** How sides are read. */
export type SideOptions = Pick<LoadOptions, "out" | "columns"> & Pick<PlanOptions, "weights">;

/** What stands on one side. */
export interface Side {
  readonly specification: Specification;
  /** Models whose weights are not here: what depends on them cannot be told. */
  readonly missingWeights: readonly string[];
}

/** Finds out what a side is, and what it specifies. Throws WorkflowError when it is nothing that can be compared, RunError when it is damaged. */
export async function readSide(text: string, options: SideOptions): Promise<Side> {
  const found = await unlessAbsent(text, () => Deno.stat(text));
  if (found?.isDirectory) return recorded(await inRunFolder(text));
  if (found !== undefined && text.endsWith(".json")) return recorded(await inJsonFile(text));
  if (found === undefined && /^[^/\\]+:/.test(text)) {
    const { path, sources } = await openRevision(text);
    try {
      return await specifyWorkflow(path, sources, options);
    } catch (error) {
      if (!(error instanceof WorkflowError)) throw error;
      throw new WorkflowError(`in ${text}:\n${error.message}`, { cause: error });
    }
  }
  return await specifyWorkflow(text, {}, options);
}

function recorded(specification: Specification): Side {
  return { specification, missingWeights: [] };
}

async function inRunFolder(folder: string): Promise<Specification> {
  const file = join(folder, "specification.json");
  const { content: specification, problem } = await findSpecification(file) ?? {};
  if (specification !== undefined) return specification;
  if (problem !== undefined) throw damagedRecord(file, problem);
  const manifest = join(folder, "manifest.json");
  if (await sizeIfThere(manifest) !== undefined) return await inJsonFile(manifest);
  throw new WorkflowError(
    `${folder}: error: it has no specification.json: it is no folder of a workflow or an instance among the results, or ` +
      `one of an earlier version; running its workflow again writes it`,
  );
}

/** Names of what a run has written: no frozen file is called like that. */
const records = ["manifest.json", "specification.json"];

async function inJsonFile(path: string): Promise<Specification> {
  const manifest = await findManifest(path);
  const found = manifest?.content?.specification ?? (await findSpecification(path))?.content;
  if (found !== undefined) return found;
  if (manifest?.problem !== undefined && records.includes(basename(path))) {
    throw damagedRecord(path, manifest.problem);
  }
  const specification = manifest?.content === undefined ? (await readFrozen(path))?.specification : undefined;
  if (specification !== undefined) return specification;
  throw new WorkflowError(
    `${path}: error: it is neither a frozen file nor a manifest that holds a specification (those of earlier versions do not)`,
  );
}

async function specifyWorkflow(path: string, sources: Sources, options: SideOptions): Promise<Side> {
  const loaded = await loadWorkflowFrom(sources, path, options);
  const plan = await planWorkflow(loaded, options);
  return {
    specification: specify(specified(plan), loaded.workflow.folder),
    missingWeights: plan.missingWeights,
  };
}
