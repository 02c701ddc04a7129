/**
 * One side of a comparison: a workflow file, a git revision of one, a workflow's folder among the results, a manifest, or a
 * frozen file.
 * @module
 */
import { join } from "node:path";
import { WorkflowError } from "../../errors.ts";
import { readManifest } from "../../store/manifest.ts";
import { unlessAbsent } from "../../store/presence.ts";
import { readSpecification, type Specification } from "../../store/specification.ts";
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

/** Finds out what a side is, and what it specifies. Throws WorkflowError when it is nothing that can be compared. */
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
  const specification = await readSpecification(join(folder, "specification.json"));
  if (specification !== undefined) return specification;
  throw new WorkflowError(
    `${folder}: error: it has no specification.json that can be read: it is no folder of a workflow among the results, or ` +
      `one of an earlier version; running its workflow again writes it`,
  );
}

async function inJsonFile(path: string): Promise<Specification> {
  const specification = (await readManifest(path))?.specification ?? await readSpecification(path) ??
    (await readFrozen(path))?.specification;
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
