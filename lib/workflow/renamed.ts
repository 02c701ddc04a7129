/**
 * Other names for the instances of a workflow: one that was resolved has no matrices, and its results the names that they gave.
 * @module
 */
import type { Workflow } from "./load.ts";

/** The workflow with its instances, and what they refer to, under other names; a name that is not in the map stays. */
export function renameInstances<Stage>(
  workflow: Workflow<Stage>,
  names: ReadonlyMap<string, string>,
): Workflow<Stage> {
  const renamed = (name: string) => names.get(name) ?? name;
  const read = <Read extends { readonly instance: string }>(reads: readonly Read[]) =>
    reads.map((one) => ({ ...one, instance: renamed(one.instance) }));
  const instances = workflow.instances.map((instance) => ({
    ...instance,
    name: renamed(instance.name),
    inputs: read(instance.inputs),
    goals: read(instance.goals),
    needs: instance.needs.map(renamed),
  }));
  return { ...workflow, instances };
}
