/**
 * What the names in settings stand for.
 * @module
 */
import type { Collector } from "./collector.ts";
import type { ExpandedInstance, ExpandedWorkflow } from "./expand.ts";
import { describeOrigin, follow, isReported } from "./located.ts";
import { agree } from "./matrix.ts";
import type { Removed } from "./merge.ts";
import type { BuiltInModel, Named } from "./names.ts";
import type { Reference } from "./stage_schema.ts";

/** A reference to instances. */
export interface ResolvedInput {
  /**
   * Where the name stands, joined by dots; where several instances may stand, their list's place and a number that counts all
   * instances of the list. So a stage of a matrix has the roles that its instances have when each is named.
   */
  readonly role: string;
  /** The instance's name. */
  readonly instance: string;
  readonly reference: Reference;
}

/** A reference to a model. */
export interface ResolvedModel {
  readonly role: string;
  readonly model: string;
  readonly reference: Reference;
}

/** All that an instance refers to. */
export interface Resolved {
  readonly inputs: readonly ResolvedInput[];
  readonly models: readonly ResolvedModel[];
  /** Stages that are named for what their frames are to match. */
  readonly goals: readonly ResolvedInput[];
}

/** Finds what an instance refers to. Undefined when something is missing. */
export function resolveReferences<Stage>(
  instance: ExpandedInstance<Stage>,
  references: readonly Reference[],
  workflow: ExpandedWorkflow<Stage> & {
    readonly removed: Removed;
    readonly builtInModels: readonly BuiltInModel[];
  },
  collector: Collector,
): Resolved | undefined {
  const inputs: ResolvedInput[] = [];
  const models: ResolvedModel[] = [];
  const goals: ResolvedInput[] = [];
  const counted = new Map<string, number>();
  let good = true;
  for (const reference of references) {
    const role = reference.path.join(".");
    const found = reference.wants === "model" || reference.wants === "predictor"
      ? findModel(reference, workflow)
      : findInstances(instance, reference, workflow);
    if ("problem" in found) {
      good = false;
      const { node, path } = follow(instance.settings, instance.key, reference.path);
      // A default that repeats a name has the problem of the place where the name stands.
      const repeats = path.length === 0 && references.some(({ name }) => name === reference.name);
      if (!repeats && !isReported(node)) collector.report(node.origin, found.problem);
    } else if ("model" in found) {
      models.push({ role, model: found.model, reference });
    } else {
      // A stage that has problems of its own has no instances; they are reported already.
      if (found.instances.length === 0) good = false;
      for (const { name } of found.instances) {
        const numbered = numberedRole(reference, counted);
        const input = { role: numbered, instance: name, reference };
        if (reference.wants !== "goal") inputs.push(input);
        if (reference.wants === "goal" || reference.wants === "result") goals.push(input);
      }
    }
  }
  return good ? { inputs, models, goals } : undefined;
}

/** The role of the next instance that a reference stands for. */
function numberedRole({ path, wants }: Reference, counted: Map<string, number>): string {
  const isItem = typeof path.at(-1) === "number";
  if (!isItem && wants === "video") return path.join(".");
  const list = (isItem ? path.slice(0, -1) : path).join(".");
  const number = counted.get(list) ?? 0;
  counted.set(list, number + 1);
  return `${list}.${number}`;
}

/** What a reference needs, in words. */
const things = {
  model: "model",
  predictor: "model",
  video: "video",
  videos: "video",
  stage: "stage",
  goal: "stage with targets",
  result: "stage with targets",
  record: "stage that makes a video or a table",
} as const;

/** What a stage lacks that can't stand where such a thing is wanted. */
const lacks: Readonly<Record<string, string>> = {
  video: "that makes no video",
  "stage with targets": "without targets",
  "stage that makes a video or a table": "that makes a report",
};

type Workflow<Stage> = ExpandedWorkflow<Stage> & {
  readonly removed: Removed;
  readonly builtInModels: readonly BuiltInModel[];
};

function findModel<Stage>({ name, wants }: Reference, workflow: Workflow<Stage>) {
  const named = workflow.namespace.kindOf(name);
  if (named === "model" || named === "built-in model") return { model: name };
  const needed = wants === "predictor" ? "prediction" : "stream";
  const known = workflow.builtInModels.filter(({ serves }) => serves === needed).map(({ name }) => name);
  return { problem: notFound(name, "model", named, known, workflow.removed) };
}

function findInstances<Stage>(
  instance: ExpandedInstance<Stage>,
  reference: Reference,
  workflow: Workflow<Stage>,
) {
  const { name, wants } = reference;
  const thing = things[wants];
  const usable = (candidate: ExpandedInstance<Stage>) => {
    switch (thing) {
      case "stage":
        return workflow.namespace.kindOf(candidate.stage) === "stage";
      case "stage that makes a video or a table":
        return workflow.namespace.kindOf(candidate.stage) === "stage" && candidate.kind.artifact !== "report";
      case "stage with targets":
        return candidate.kind.hasTargets;
      case "video":
        return candidate.kind.artifact === "video";
      case "model":
        return false;
    }
  };

  const table = wants === "videos" ? workflow.tables.get(name) : undefined;
  if (table !== undefined) {
    return { instances: workflow.instances.filter(({ stage }) => table.includes(stage)) };
  }

  const all = workflow.instances.filter(({ stage }) => stage === name);
  const named = workflow.namespace.kindOf(name);
  if (all.length === 0 && (named === "stage" || named === "video")) return { instances: [] };
  if (all.length === 0 || !all.every(usable)) {
    const known = [...new Set(workflow.instances.filter(usable).map(({ stage }) => stage))];
    return { problem: notFound(name, thing, named, known, workflow.removed) };
  }
  const agreeing = all.filter(({ factors }) => agree(instance.factors, factors));
  if (agreeing.length === 0) return { problem: { code: "no_instance", name, of: instance.name } as const };
  if (wants === "video" && agreeing.length > 1) {
    const instances = agreeing.map(({ name }) => name);
    return { problem: { code: "several_instances", name, instances } as const };
  }
  return { instances: agreeing };
}

/** The problem with a name where another thing, or none, is behind it. */
export function notFound(
  name: string,
  wants: string,
  named: Named | undefined,
  known: readonly string[],
  removed: Removed,
) {
  if (named !== undefined) {
    const lacking = named === "stage" ? lacks[wants] : undefined;
    const is = lacking === undefined ? `a ${named}` : `a stage ${lacking}`;
    return { code: "wrong_reference", name, is, wants } as const;
  }
  const where = removed.get(name);
  if (where !== undefined) return { code: "removed_reference", name, where: describeOrigin(where) } as const;
  // What it has to make is no news about a name that is not there.
  const [thing = wants] = wants.split(" that ");
  return { code: "unknown_reference", name, wants: thing, known } as const;
}
