/**
 * The specification of a planned workflow.
 * @module
 */
import type { BoundStage } from "../plan/bound_kind.ts";
import type { InspectedInstance } from "../plan/inspect.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { type Specification, specificationSchema, type SpecifiedInstance } from "../store/specification.ts";
import type { Workflow } from "../workflow/load.ts";
import { resolveWorkflow } from "../workflow/resolved.ts";

/** What a specification is made from. */
export interface Specified {
  readonly workflow: Workflow<BoundStage>;
  readonly inspected: readonly InspectedInstance[];
  readonly planned: readonly PlannedInstance[];
  /** Models whose weights are not here, and keys that depend on them. */
  readonly missingWeights: readonly string[];
  readonly unknownKeys: ReadonlySet<string>;
}

/**
 * Everything that the workflow says, with defaults, checksums and keys.
 * @param folder where it will stand: file paths are relative to it
 */
export function specify(
  { workflow, inspected, planned, missingWeights, unknownKeys }: Specified,
  folder: string,
): Specification {
  const { document, names } = resolveWorkflow(workflow, folder);
  const plans = new Map(planned.map((instance) => [instance.name, instance]));
  const instances = inspected.map(({ instance: { name, section, stage }, artifact }) => {
    const plan = plans.get(name);
    const isKnown = plan !== undefined && !unknownKeys.has(plan.key);
    const specified: SpecifiedInstance = {
      section,
      stage,
      written: names.get(name) ?? name,
      ...(isKnown && { key: plan.key }),
      ...(plan && { record: JSON.parse(plan.hashed) }),
      names: Object.fromEntries(
        [...plan?.inputs ?? [], ...plan?.models ?? []].map(({ role, name }) => [role, name]),
      ),
      ...(artifact.made === "video" && { video: sizeOf(artifact.video) }),
    };
    return [name, specified];
  });
  const clips = inspected.flatMap(({ instance: { name, section }, facts: { inspected } }) =>
    section === "stages"
      ? []
      : Object.entries(inspected?.digests ?? {}).map(([setting, sha256]) => [name, { setting, sha256 }])
  );
  const weights = planned.flatMap(({ models }) => models)
    .filter(({ name }) => !missingWeights.includes(name)).map(({ name, sha256 }) => [name, sha256]);
  const modelFiles = inspected.flatMap(({ instance: { stage, section }, facts: { inspected } }) =>
    section === "stages"
      ? Object.entries(inspected?.digests ?? {}).map(([file, sha256]) => [`${stage}, ${file}`, sha256])
      : []
  );
  return specificationSchema.parse({
    v: 1,
    // Without what JSON does not have: settings that are there and undefined.
    workflow: JSON.parse(JSON.stringify(document)),
    instances: Object.fromEntries(instances),
    clips: Object.fromEntries(clips),
    weights: Object.fromEntries([...weights, ...modelFiles]),
  });
}

/** The part of it that is about one instance: with all that this reads, and the stages that it names for their targets. */
export function specifyInstance(specified: Specified, name: string, folder: string): Specification {
  const { workflow: { title: _title, run: _run, ...workflow }, inspected, planned } = specified;
  const wanted = new Set([name]);
  const { instances } = workflow;
  for (const instance of instances.toReversed()) {
    if (!wanted.has(instance.name)) continue;
    for (const { instance: needed } of [...instance.inputs, ...instance.goals]) wanted.add(needed);
  }
  const part = specify({
    ...specified,
    workflow: { ...workflow, run: {}, instances: instances.filter(({ name }) => wanted.has(name)) },
    inspected: inspected.filter(({ instance }) => wanted.has(instance.name)),
    planned: planned.filter(({ name }) => wanted.has(name)),
  }, folder);
  return { ...part, of: name };
}

function sizeOf(
  { frames, height, width, fps }: NonNullable<SpecifiedInstance["video"]>,
): NonNullable<SpecifiedInstance["video"]> {
  return { frames, height, width, fps };
}
