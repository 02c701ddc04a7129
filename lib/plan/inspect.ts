/**
 * What has to be looked at before a workflow can be planned: files of the user, and models. The only step of planning
 * that is not pure.
 * @module
 */
import { MissingError } from "../errors.ts";
import type { ModelDigest } from "../models/stream_model.ts";
import type { Collector } from "../workflow/collector.ts";
import type { Instance, Workflow } from "../workflow/load.ts";
import { entryOf, follow, formatPath, type Origin, pointAt } from "../workflow/located.ts";
import { pathAsWritten } from "../workflow/paths.ts";
import type { OwnModel } from "../workflow/model_files.ts";
import type { ProblemFact } from "../workflow/problems.ts";
import type { BoundStage } from "./bound_kind.ts";
import { inspectFiles } from "./inspect_files.ts";
import { derivedRole, type Goal, goalAt, rolesOf } from "./goal.ts";
import type {
  ArtifactFacts,
  DigestFile,
  DigestModel,
  Facts,
  ModelFacts,
  PreviewScale,
  Recall,
  ReportProblem,
  SettingPath,
  VideoFacts,
} from "./stage_kind.ts";

/** What inspecting needs of its surroundings. */
export interface Surroundings {
  readonly digest: DigestFile;
  readonly recall: Recall;
  /** What is known of a built-in model; undefined when it is none. */
  modelFacts(name: string): ModelFacts | undefined;
  /** What is known of a model of the user's own, or the problem with its files. */
  inspectModel(model: Pick<OwnModel, "name" | "file">, folder: string): Promise<ModelFacts | ProblemFact>;
  /** Given for a quick look at the workflow. */
  readonly preview?: PreviewScale;
}

/** An instance of which is known what it reads and what it makes. */
export interface InspectedInstance {
  /** Its settings hold what follows from the facts, too. */
  readonly instance: Instance<BoundStage>;
  readonly facts: Facts;
  readonly artifact: ArtifactFacts;
  /** What is to be known of its settings, and of its preview, in sentences. */
  readonly notes: readonly string[];
  /** What it reads by role: also the targets of a stage that it names for them. */
  readonly inputs: readonly { readonly role: string; readonly instance: string }[];
  readonly models: readonly { readonly role: string; readonly model: string }[];
}

/**
 * Looks at files and models and has each kind check its instances. Instances with problems, and those that need them, are
 * left out; the problems are the collector's.
 */
export async function inspectWorkflow(
  workflow: Workflow<BoundStage>,
  surroundings: Surroundings,
  collector: Collector,
): Promise<readonly InspectedInstance[]> {
  const own = await inspectModels(workflow, surroundings, collector);
  const looks = await inspectFiles(workflow.instances, workflow.folder, surroundings);
  const inspected = new Map<string, InspectedInstance>();
  for (const instance of workflow.instances) {
    const reads = readBy(instance, inspected);
    const modelFacts = (name: string) => surroundings.modelFacts(name) ?? own.get(name);
    const known = reads && factsOf(reads, inspected, modelFacts, workflow.title);
    if (reads === undefined || known === undefined) continue;
    let good = true;
    const report: ReportProblem = (path, problem) => {
      good = false;
      const found = follow(
        instance.settings,
        instance.key,
        nearestToUser(placeOf(path, instance), problem, instance, workflow),
      );
      // A layer may be the key of its weight.
      const origin = inOwnRow(instance, problem.code === "unknown_layer" ? found.key : pointAt(found));
      const fact = asWritten(problem, instance, workflow.folder);
      collector.report(origin, fact, formatPath(found.path) || instance.stage);
    };
    const look = looks.get(instance.name);
    look?.problems.forEach(({ path, problem }) => report(path, problem));
    if (!good) continue;
    const whole: Facts = look?.inspected === undefined ? known : { ...known, inspected: look.inspected };
    const { preview } = surroundings;
    const { read, facts, notes } = preview === undefined
      ? { read: instance.read, facts: whole, notes: [] }
      : instance.read.preview(whole, preview);
    read.check(facts, report);
    if (!good) continue;
    const { inputs, models } = reads;
    const needs = [...new Set(inputs.map(({ instance }) => instance))];
    const complete = { ...instance, read: read.spelledOut(facts), needs };
    inspected.set(instance.name, {
      instance: complete,
      facts,
      artifact: read.makes(facts),
      inputs,
      models,
      // Of the workflow as it stands: a preview has fewer iterations than any rule was meant for.
      notes: [...instance.read.notes(whole), ...notes],
    });
  }
  return [...inspected.values()];
}

/** Where the name stands of which a kind knows the role alone. */
function placeOf(path: SettingPath, { inputs, goals }: Instance<BoundStage>): SettingPath {
  const [role, ...inside] = path;
  const named = [...inputs, ...goals].find((input) => input.role === role);
  return named === undefined ? path : [...named.reference.path, ...inside];
}

/** Looks at the models that some instance names; problems are reported where their files are named. */
async function inspectModels(
  { models, instances, folder }: Workflow<BoundStage>,
  { inspectModel }: Surroundings,
  collector: Collector,
): Promise<ReadonlyMap<string, ModelFacts>> {
  const used = new Set(instances.flatMap(({ models }) => models.map(({ model }) => model)));
  const found = new Map<string, ModelFacts>();
  for (const { name, file, origin } of models) {
    if (!used.has(name)) continue;
    const facts = await inspectModel({ name, file }, folder);
    if ("code" in facts) {
      const problem = "file" in facts ? { ...facts, file: pathAsWritten(facts.file, origin, folder) } : facts;
      collector.report(origin, problem, `models.${name}.file`);
    } else found.set(name, facts);
  }
  return found;
}

/**
 * Of the settings that together go beyond a video's end the one that can be changed where the workflow itself or an option
 * says it; a file that this one extends may be somebody else's.
 */
function nearestToUser(
  path: SettingPath,
  { code }: ProblemFact,
  { settings, table }: Instance<BoundStage>,
  workflow: Workflow<BoundStage>,
): SettingPath {
  if (code !== "beyond_the_end" || table !== undefined) return path;
  const isOwn = (key: string | number) => {
    const origin = entryOf(settings, String(key))?.value.origin;
    return origin !== undefined && ("option" in origin || origin.source.path === workflow.path);
  };
  const [own] = [...path, "start", "step"].filter(isOwn);
  return own === undefined ? path : [own];
}

/** Of a row of a clip table the place in the row, also when what all rows have in common does not fit it. */
function inOwnRow({ table, settings, key }: Instance<BoundStage>, origin: Origin): Origin {
  if (table === undefined || "option" in origin || "option" in key || origin.source === key.source) {
    return origin;
  }
  return pointAt(follow(settings, key, ["file"]));
}

/** The problem with the file's path as the user wrote it, and with the place of the setting that would mend it. */
function asWritten(
  problem: ProblemFact,
  { settings, key, stage, table }: Instance<BoundStage>,
  folder: string,
): ProblemFact {
  if (!("file" in problem)) return problem;
  const { node } = follow(settings, key, [settings.entries.has("files") ? "files" : "file"]);
  const file = pathAsWritten(problem.file, node.origin, folder);
  const isMended = problem.code === "beyond_the_end" || problem.code === "cut_short";
  if (!isMended || table !== undefined) return { ...problem, file };
  return { ...problem, file, setting: `videos.${stage}.frames` };
}

/** Everything that an instance refers to, by role. */
interface Reads extends Pick<InspectedInstance, "inputs" | "models"> {
  readonly goals: Facts["goals"];
  readonly names: Facts["names"];
  readonly factors: Facts["factors"];
}

/** What the instance names, and what the goals of the stages name that it names for them. Undefined when one has problems. */
function readBy(
  instance: Instance<BoundStage>,
  inspected: ReadonlyMap<string, InspectedInstance>,
): Reads | undefined {
  const inputs = instance.inputs.map(({ role, instance }) => ({ role, instance }));
  inputs.push(...madeFrom(instance, inspected));
  const models = instance.models.map(({ role, model }) => ({ role, model }));
  const goals: Record<string, Goal & { readonly video: VideoFacts }> = {};
  for (const { role, instance: name } of instance.goals) {
    const found = inspected.get(name);
    const goal = found?.instance.read.goal(found.facts);
    if (found === undefined || goal === undefined || found.artifact.made !== "video") return undefined;
    const here = goalAt(role, goal);
    const wanted = rolesOf(here);
    goals[role] = { ...here, video: found.artifact.video };
    const derived = <Read extends { readonly role: string }>(reads: readonly Read[]) =>
      reads.map((read) => ({ ...read, role: derivedRole(role, read.role) })).filter(({ role }) =>
        wanted.has(role)
      );
    inputs.push(...derived(found.inputs));
    models.push(...derived(found.models));
  }
  const names = [...inputs, ...instance.goals].map(({ role, instance }) => [role, instance]);
  const factors = inputs.map(({ role, instance }) => [role, inspected.get(instance)?.instance.factors ?? {}]);
  return {
    inputs,
    models,
    goals,
    names: Object.fromEntries(names),
    factors: Object.fromEntries(factors),
  };
}

/** All that those were made from of which the instance wants the record, each once. */
function madeFrom(
  { inputs }: Instance<BoundStage>,
  inspected: ReadonlyMap<string, InspectedInstance>,
): InspectedInstance["inputs"] {
  const known = new Set(inputs.map(({ instance }) => instance));
  const found = inputs.filter(({ reference }) => reference.wants === "record");
  const derived: { role: string; instance: string }[] = [];
  // What is found is looked into as well.
  const left: { role: string; instance: string }[] = [...found];
  for (const { role, instance } of left) {
    for (const input of inspected.get(instance)?.inputs ?? []) {
      if (known.has(input.instance)) continue;
      known.add(input.instance);
      const read = { role: derivedRole(role, input.role), instance: input.instance };
      derived.push(read);
      left.push(read);
    }
  }
  return derived;
}

function factsOf(
  { inputs, models: named, goals, names, factors }: Reads,
  inspected: ReadonlyMap<string, InspectedInstance>,
  modelFacts: Surroundings["modelFacts"],
  title: string | undefined,
): Facts | undefined {
  const videos: Record<string, VideoFacts> = {};
  const kinds: Record<string, string> = {};
  for (const { role, instance: name } of inputs) {
    const found = inspected.get(name);
    if (found === undefined) return undefined;
    const { artifact, instance } = found;
    if (artifact.made === "video") videos[role] = artifact.video;
    kinds[role] = instance.read.kind;
  }
  const models: Record<string, ModelFacts> = {};
  for (const { role, model } of named) {
    const facts = modelFacts(model);
    // Its files have problems, which are reported already.
    if (facts === undefined) return undefined;
    models[role] = facts;
  }
  return {
    videos,
    models,
    goals: goals ?? {},
    names: names ?? {},
    factors: factors ?? {},
    kinds,
    ...(title !== undefined && { title }),
  };
}

/** Digests of the models' weights, by name. Rejects with a MissingError that names all weights that can be neither found nor fetched. */
export async function digestModels(
  inspected: readonly Pick<InspectedInstance, "models">[],
  digest: DigestModel,
): Promise<ReadonlyMap<string, ModelDigest>> {
  const names = new Set(inspected.flatMap(({ models }) => models.map(({ model }) => model)));
  const digests = new Map<string, ModelDigest>();
  const missing: MissingError[] = [];
  for (const name of names) {
    try {
      digests.set(name, await digest(name));
    } catch (error) {
      if (!(error instanceof MissingError)) throw error;
      missing.push(error);
    }
  }
  const [first, ...others] = missing;
  if (first === undefined) return digests;
  throw others.length === 0 ? first : new MissingError(missing.map(({ message }) => message).join("\n"));
}
