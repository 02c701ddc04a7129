/**
 * A workflow with everything that was left out: all defaults, presets and clip tables written out, and each instance of a
 * matrix as a stage of its own. Read again, it gives the same instances.
 * @module
 */
import { isAbsolute, join } from "node:path";
import { stringify } from "yaml";
import type { Instance, Workflow } from "./load.ts";
import { relativeTo } from "./paths.ts";
import type { RunSettings } from "./top_level.ts";
import type { ReadStage, SettingPath } from "./stage_schema.ts";

/** A workflow in full, as data of the language. */
export interface ResolvedWorkflow {
  /** What stands in the file: `metamer`, `title`, `videos`, `models`, `stages`, `run`. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The name there of each instance. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The complete workflow as YAML.
 * @param folder where the text will stand: file paths are relative to it. Left out: the workflow's own folder.
 */
export function resolvedYaml<Stage extends ReadStage>(
  workflow: Workflow<Stage>,
  folder = workflow.folder,
): string {
  return stringify(resolveWorkflow(workflow, folder).document, { aliasDuplicateObjects: false });
}

/**
 * The complete workflow.
 * @param folder where it will stand: file paths are relative to it
 */
export function resolveWorkflow<Stage extends ReadStage>(
  workflow: Workflow<Stage>,
  folder: string,
): ResolvedWorkflow {
  const { title, instances } = workflow;
  const names = stageNames(instances);
  const isVideo = ({ section }: Instance<Stage>) => section === "videos";
  const move = (path: string) => relativeTo(folder, isAbsolute(path) ? path : join(workflow.folder, path));

  const videos = instances.filter(isVideo).map((instance) => [instance.name, written(instance, names, move)]);
  const stages = instances.filter((instance) => !isVideo(instance)).map((instance) => [
    names.get(instance.name),
    { kind: instance.kind.name, ...written(instance, names, move) },
  ]);
  const used = new Set(instances.flatMap(({ models }) => models.map(({ model }) => model)));
  const models = workflow.models.filter(({ name }) => used.has(name))
    .map(({ name, file }) => [name, { file: move(file) }]);
  const sections = { videos, models, stages, run: Object.entries(runWithNames(workflow, names)) };
  const document = {
    metamer: 1,
    ...(title !== undefined && { title }),
    ...Object.fromEntries(
      Object.entries(sections).filter(([, entries]) => entries.length > 0)
        .map(([section, entries]) => [section, Object.fromEntries(entries)]),
    ),
  };
  return { document, names };
}

/** What `run.slurm` says of a stage with a matrix, it says of each instance that is a stage then. */
function runWithNames<Stage>(
  { run, instances }: Workflow<Stage>,
  names: ReadonlyMap<string, string>,
): RunSettings {
  const { slurm } = run;
  if (slurm?.stages === undefined) return run;
  const stages = Object.fromEntries(instances.flatMap(({ name, stage }) => {
    const resources = slurm.stages?.[stage];
    return resources === undefined ? [] : [[names.get(name) ?? name, resources]];
  }));
  return { ...run, slurm: { ...slurm, stages } };
}

/** Names that the language takes: `metamer[clip=street,seed=2]` becomes `metamer-street-2`. */
function stageNames<Stage>(instances: readonly Instance<Stage>[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(instances.filter(({ name, stage }) => name === stage).map(({ name }) => name));
  for (const { name, stage, factors } of instances) {
    const labels = Object.values(factors).map((label) => label.replace(/[^A-Za-z0-9_-]/g, "_"));
    const wanted = [stage, ...labels].join("-");
    let free = wanted;
    for (let number = 2; labels.length > 0 && taken.has(free); number++) free = `${wanted}-${number}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

type Plain = Readonly<Record<string, unknown>>;

/** An instance's settings with the new names of what it refers to, and with moved paths. */
function written<Stage extends ReadStage>(
  { read, inputs, goals, kind }: Instance<Stage>,
  names: ReadonlyMap<string, string>,
  move: (path: string) => string,
): Plain {
  const settings = asPlain(read.written);
  const paths = [...kind.files, ...kind.models].flatMap((key) => {
    const path = settings[key];
    return typeof path === "string" ? [[key, move(path)]] : [];
  });
  // From the last to the first, since a name that stands for several moves what follows it in its list.
  const renamed = [...Map.groupBy([...inputs, ...goals], ({ reference }) => reference)].reduceRight<unknown>(
    (tree, [{ path }, found]) => {
      const instances = [...new Set(found.map(({ instance }) => instance))];
      return replaceAt(tree, path, instances.map((instance) => names.get(instance) ?? instance));
    },
    { ...settings, ...Object.fromEntries(paths) },
  );
  return asPlain(renamed);
}

function asPlain(value: unknown): Plain {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("settings that are no map");
  }
  return { ...value };
}

/** Puts names at a path of complete settings, of which shorthands may have left parts out; a list takes several. */
function replaceAt(tree: unknown, path: SettingPath, names: readonly string[]): unknown {
  const [part, ...rest] = path;
  if (part === undefined || typeof tree !== "object" || tree === null) return names[0];
  if (Array.isArray(tree)) {
    if (typeof part !== "number" || part >= tree.length) return replaceAt(tree, rest, names);
    return rest.length === 0
      ? tree.toSpliced(part, 1, ...names)
      : tree.with(part, replaceAt(tree[part], rest, names));
  }
  const entries = Object.entries(tree);
  if (!entries.some(([key]) => key === part)) return replaceAt(tree, rest, names);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === part ? replaceAt(value, rest, names) : value]),
  );
}
