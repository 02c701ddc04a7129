/**
 * From a file to a workflow that is known to be right. Here the language meets the table of kinds and the catalog of models.
 * @module
 */
import { basename, extname, join } from "node:path";
import { WorkflowError } from "../errors.ts";
import { catalog, predictors } from "../models/catalog.ts";
import type { PredictorDeclaration } from "../models/stream_model.ts";
import type { BoundStage } from "../plan/bound_kind.ts";
import { type InspectedInstance, inspectWorkflow } from "../plan/inspect.ts";
import { previewName, previewScale } from "../plan/preview.ts";
import type { DigestFile, ModelFacts } from "../plan/stage_kind.ts";
import { stageKinds, videoEntryKind } from "../stages/table.ts";
import { type Digests, openDigests } from "../store/digests.ts";
import { type Findings, openFindings } from "../store/findings.ts";
import { digestsPath, findingsPath } from "../store/layout.ts";
import { checkRunName } from "../store/run_name.ts";
import { formatProblem } from "../workflow/collector.ts";
import { loadWorkflow as readWorkflow, type Workflow } from "../workflow/load.ts";
import { renameInstances } from "../workflow/renamed.ts";
import type { ReadFile } from "../workflow/read_text.ts";
import { modelInspector } from "./own_models.ts";
import { runsFolder } from "./runs_folder.ts";
import { otherRuns, requireUsable } from "./usable_folder.ts";

/** What the command line may add to a workflow. */
export interface LoadOptions {
  /** `path=value`, in order. */
  readonly set?: readonly string[];
  /** Frames of every stage that makes frames. */
  readonly frames?: number;
  /** Folder of the results; left out: `METAMER_RUNS`, else the workflow's `run.out`, else `runs`. */
  readonly out?: string;
  /** Name of the workflow's own folder there; left out: the file's stem. */
  readonly name?: string;
  /** A quick look: quarter size, five frames, a tenth of the iterations; the results have a name of their own. */
  readonly preview?: boolean;
  /** Width of the terminal, for quoted lines. */
  readonly columns?: number;
}

/** Where texts and clips come from, when that is not the folder as it is. */
export interface Sources {
  /** Reads workflows and clip tables. */
  readonly read?: ReadFile;
  /** Tells the content of clips, given how that is told of the folder as it is. */
  readonly digestWith?: (digest: DigestFile) => DigestFile;
  /** What instances are called, by the names that the text gives them, where that is not the same. */
  readonly names?: ReadonlyMap<string, string>;
}

/** A workflow without problems. */
export interface LoadedWorkflow {
  /** The file, as it was named. */
  readonly path: string;
  /** Name of its own folder among the results. */
  readonly name: string;
  /** Folder of the results. */
  readonly runs: string;
  /** True for a quick look. */
  readonly preview: boolean;
  /** What is allowed and is hardly meant, and what a preview left out, in sentences. */
  readonly notes: readonly string[];
  /** @internal */
  readonly workflow: Workflow<BoundStage>;
  /** @internal */
  readonly inspected: readonly InspectedInstance[];
  /** @internal */
  readonly digests: Digests;
  /** @internal */
  readonly findings: Findings;
}

/**
 * Reads a workflow and looks at the files that it names. Throws WorkflowError with all its problems, each with its place,
 * or when the folder of the results cannot be one; MissingError when ffprobe is needed and not there.
 */
export async function loadWorkflow(path: string, options: LoadOptions = {}): Promise<LoadedWorkflow> {
  return await loadWorkflowFrom({}, path, options);
}

/** The same from other sources. */
export async function loadWorkflowFrom(
  { read, digestWith = (digest) => digest, names = new Map() }: Sources,
  path: string,
  options: LoadOptions,
): Promise<LoadedWorkflow> {
  const { preview = false } = options;
  const fullName = options.name ?? basename(path, extname(path));
  const name = preview ? previewName(fullName) : fullName;
  checkRunName(name);
  const builtInModels = [
    ...catalog.keys().map((name) => ({ name, serves: "stream" } as const)),
    ...predictors.keys().map((name) => ({ name, serves: "prediction" } as const)),
  ];
  const { set = [], frames } = options;
  const { workflow: found, collector } = await readWorkflow(path, {
    kinds: stageKinds,
    videoKind: videoEntryKind,
    builtInModels,
    set,
    ...(frames !== undefined && { frames }),
    ...(read && { read }),
  });
  const workflow = found && renameInstances(found, names);
  const own = workflow?.run.out;
  const runs = runsFolder(options.out, own && join(workflow.folder, own));
  await requireUsable(runs, otherRuns);
  const digests = await openDigests(digestsPath(runs));
  const findings = await openFindings(findingsPath(runs));
  const surroundings = {
    digest: digestWith(digests.sha256),
    recall: findings.recall,
    modelFacts,
    inspectModel: modelInspector(digestWith(digests.sha256), findings.recall),
    ...(preview && { preview: previewScale }),
  };
  const inspected = workflow === undefined ? [] : await inspectWorkflow(workflow, surroundings, collector);
  const problems = collector.problems();
  if (workflow === undefined || problems.length > 0) {
    throw new WorkflowError(problems.map((problem) => formatProblem(problem, options.columns)).join("\n"));
  }
  const instances = inspected.map(({ instance }) => instance);
  const notes = inspected.flatMap(({ instance, notes }) => notes.map((note) => `${instance.stage}: ${note}`));
  return {
    path,
    name,
    runs,
    preview,
    notes: [...new Set(notes)],
    workflow: { ...workflow, instances },
    inspected,
    digests,
    findings,
  };
}

function modelFacts(name: string): ModelFacts | undefined {
  const predictor = predictors.get(name)?.declaration;
  if (predictor !== undefined) return predictorFacts(predictor);
  const declaration = catalog.get(name)?.declaration;
  if (declaration === undefined) return undefined;
  const { stream, layers, defaultTextureLayers, defaultContentLayers, smallestSide, cites, repeatsBelow } =
    declaration;
  return {
    ...{ name, stream, layers, defaultTextureLayers, defaultContentLayers, smallestSide, cites },
    ...(repeatsBelow && { repeatsBelow }),
  };
}

/** It serves as no stream, so that it has no default layers. */
function predictorFacts({ name, stream, layers, sideMultiple }: PredictorDeclaration): ModelFacts {
  return {
    ...{ name, stream, layers, smallestSide: sideMultiple },
    defaultTextureLayers: [],
    defaultContentLayers: [],
  };
}
