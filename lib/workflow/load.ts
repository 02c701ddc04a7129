/**
 * From the text of a workflow to instances that are known to be right, as far as that can be known without opening
 * a video: text -> document -> merged -> expanded -> checked.
 * @module
 */
import { dirname } from "node:path";
import { withoutUnknownStages, withoutUnusedVideos } from "./additions.ts";
import { type Collector, createCollector, type Problem } from "./collector.ts";
import { type ExpandedInstance, type ExpandedWorkflow, expandWorkflow } from "./expand.ts";
import { reportIdleVariables } from "./idle_variables.ts";
import { reportIssues } from "./issues.ts";
import { readLayers } from "./layers.ts";
import { entryOf, isReported, type MapNode, type Origin, plainValue, type ScalarNode } from "./located.ts";
import { finishLayers, mergeLayers, type Removed } from "./merge.ts";
import type { BuiltInModel } from "./names.ts";
import { type KnownModels, type OwnModel, withModelFiles } from "./model_files.ts";
import { applyAt, applySet } from "./options.ts";
import { inDependencyOrder } from "./order.ts";
import { type ReadFile, readRegularFile } from "./read_text.ts";
import { type Resolved, resolveReferences } from "./references.ts";
import { soundPart } from "./sound_part.ts";
import type { LanguageKind, ReadStage } from "./stage_schema.ts";
import { checkTopLevel } from "./check_top_level.ts";
import type { RunSettings, TopLevel } from "./top_level.ts";

/** What the language is made of, and what the command line adds. */
export interface LoadOptions<Stage extends ReadStage> {
  readonly kinds: readonly LanguageKind<Stage>[];
  /** What an entry of `videos` is. */
  readonly videoKind: LanguageKind<Stage>;
  readonly builtInModels: readonly BuiltInModel[];
  /** `--set`, in order: `path=value`. */
  readonly set?: readonly string[];
  /** `--frames`: of every stage that makes frames. */
  readonly frames?: number;
  readonly read?: ReadFile;
}

/** An instance whose settings are complete and whose references are resolved. */
export interface Instance<Stage> extends ExpandedInstance<Stage>, Resolved {
  readonly read: Stage;
  /** Instances that must be made before. */
  readonly needs: readonly string[];
}

/** A workflow that was read. */
export interface Workflow<Stage> {
  /** As the user named it. */
  readonly path: string;
  /** Where relative paths in settings start. */
  readonly folder: string;
  readonly title?: string;
  readonly run: RunSettings;
  /** Models that are not built in. */
  readonly models: readonly OwnModel[];
  /** Each after those that it needs. With problems: those instances that have none. */
  readonly instances: readonly Instance<Stage>[];
}

/** What became of the file. */
export interface Loaded<Stage> {
  /** Undefined when nothing of it could be read. */
  readonly workflow?: Workflow<Stage>;
  readonly collector: Collector;
  readonly problems: readonly Problem[];
}

/** Reads a workflow. All problems are reported at once; nothing is thrown on bad input. */
export async function loadWorkflow<Stage extends ReadStage>(
  path: string,
  options: LoadOptions<Stage>,
): Promise<Loaded<Stage>> {
  const collector = createCollector();
  const read = options.read ?? readRegularFile;
  const folder = dirname(path);
  const end = (workflow?: Workflow<Stage>): Loaded<Stage> => (
    { ...(workflow && { workflow }), collector, problems: collector.problems() }
  );

  // 1. Text, and 2. document: this file and those that it extends.
  const layers = await readLayers(path, read, collector);
  if (layers === undefined) return end();

  // 3. Merged: one map, then the options of the command line.
  const merged = mergeAll(layers, options, collector);

  // 4. Expanded: videos of clip tables, instances of matrices.
  const topLevel = checkTopLevel(merged.root, path, collector);
  const { kinds, videoKind, builtInModels } = options;
  const root = withoutUnknownStages(merged.root, collector);
  const expanded = await expandWorkflow(
    root,
    { kinds, videoKind, builtInModels, folder, read },
    collector,
  );

  // 5. Checked: settings complete, references resolved, instances in order.
  reportIdleVariables(root, expanded.instances, collector);
  const used = withoutUnusedVideos(expanded.instances, root, collector);
  const { title, run = {} } = topLevel ?? {};
  const models = ownModels(topLevel?.models ?? {}, merged.root);
  const { removed } = merged;
  const names = { ...expanded, instances: used, removed, builtInModels, models, folder };
  const instances = checkInstances(names, collector);
  return end({ ...{ path, folder, run, models, instances }, ...(title !== undefined && { title }) });
}

function ownModels(models: NonNullable<TopLevel["models"]>, root: MapNode): readonly OwnModel[] {
  const section = root.entries.get("models")?.value ?? root;
  return Object.entries(models).map(([name, { file }]) => {
    const entry = entryOf(section, name)?.value ?? section;
    return { name, file, origin: entryOf(entry, "file")?.value.origin ?? entry.origin };
  });
}

function mergeAll<Stage extends ReadStage>(
  [first, ...others]: readonly MapNode[],
  { set = [], frames, kinds }: LoadOptions<Stage>,
  collector: Collector,
): { readonly root: MapNode; readonly removed: Removed } {
  if (first === undefined) throw new Error("a workflow without a document");
  const files = others.reduce(mergeLayers, first);
  const limited = frames === undefined ? files : limitFrames(files, frames, kinds, collector);
  return finishLayers(set.reduce((root, option) => applySet(root, option, collector), limited));
}

/** `--frames` as one more layer: of each stage whose kind makes frames. */
function limitFrames<Stage>(
  root: MapNode,
  frames: number,
  kinds: readonly LanguageKind<Stage>[],
  collector: Collector,
): MapNode {
  const origin: Origin = { option: `--frames ${frames}` };
  const value: ScalarNode = { kind: "scalar", origin, value: frames };
  const stages = root.entries.get("stages")?.value;
  const names = stages?.kind === "map" ? [...stages.entries] : [];
  return names.reduce((changed, [name, { value: stage }]) => {
    const kind = entryOf(stage, "kind")?.value;
    const takes = kinds.some(({ name, takesFrames }) =>
      takesFrames && kind?.kind === "scalar" && kind.value === name
    );
    return takes ? applyAt(changed, ["stages", name, "frames"], value, origin, collector) : changed;
  }, root);
}

function checkInstances<Stage extends ReadStage>(
  workflow: ExpandedWorkflow<Stage> & KnownModels & { readonly builtInModels: readonly BuiltInModel[] },
  collector: Collector,
): readonly Instance<Stage>[] {
  const instances = workflow.instances.flatMap((expanded): Instance<Stage>[] => {
    const instance = { ...expanded, settings: withModelFiles(expanded, workflow, collector) };
    const { settings, key, stage, kind } = instance;
    const configured = kind.configure(plainValue(settings));
    if ("issues" in configured) {
      const problems = reportIssues(configured.issues, { node: settings, key, name: stage }, collector);
      const sound = soundPart(instance, problems);
      if (sound !== undefined) {
        const part = { ...instance, settings: sound.settings };
        resolveReferences(part, sound.stage.references, workflow, collector);
      }
      return [];
    }
    const read = configured.stage;
    const resolved = resolveReferences(instance, read.references, workflow, collector);
    const isModel = (name: string) => !isReported(entryOf(settings, name)?.value ?? settings);
    if (resolved === undefined || !kind.models.every(isModel)) return [];
    const needs = [...new Set(resolved.inputs.map(({ instance }) => instance))];
    return [{ ...instance, ...resolved, read, needs }];
  });
  const order = inDependencyOrder(instances.map((instance) => {
    const goals = instance.goals.map(({ instance }) => instance);
    return { name: instance.name, needs: [...instance.needs, ...goals], instance };
  }));
  if ("ordered" in order) return order.ordered.map(({ instance }) => instance);
  const [first] = order.cycle;
  const circle = instances.find(({ name }) => name === first);
  if (circle === undefined) throw new Error("a circle without an instance");
  collector.report(circle.key, { code: "reference_cycle", names: order.cycle });
  return [];
}
